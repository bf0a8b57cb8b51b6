namespace TinyReorder.Reports;

/// <summary>The memory of one subgraph.</summary>
internal sealed record SubgraphReport
{
    /// <summary>Its index in the model.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>The loop of a streamed model that it belongs to; null where it is no part of one.</summary>
    public LoopReport? Loop { get; init; }

    /// <summary>Whether it is the main subgraph of a streamed model: its WHILE operators stand for regions of the original.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>How often it runs in an inference, as far as the rewrite knows.</summary>
    public int Runs => Loop?.Runs ?? 1;

    /// <summary>The activation tensors, by their index in the file.</summary>
    public required IReadOnlyList<TensorRow> Tensors { get; init; }

    /// <summary>The memory of the file's order.</summary>
    public required OrderReport Default { get; init; }

    /// <summary>The memory of the chosen order.</summary>
    public required OrderReport Chosen { get; init; }

    /// <summary>Whether the chosen order differs from the file's.</summary>
    public bool IsReordered => !Default.Steps.Select(step => step.Operator).SequenceEqual(Chosen.Steps.Select(step => step.Operator));

    /// <summary>Whether the plan lets tensors share memory that the file as it is keeps apart, or the other way round.</summary>
    public bool SharesOtherwise =>
        !IsReordered && !Default.Steps.Select(step => step.SharedBytes).SequenceEqual(Chosen.Steps.Select(step => step.SharedBytes));

    /// <summary>What the memory of <see cref="Default"/> is called.</summary>
    public string DefaultTitle => IsRewritten || Loop is not null ? OrderReport.RewrittenTitle : OrderReport.DefaultTitle;

    /// <summary>What the memory of <see cref="Chosen"/> is called.</summary>
    public string ChosenTitle => SharesOtherwise ? OrderReport.OverlapTitle : OrderReport.ChosenTitle;
}
