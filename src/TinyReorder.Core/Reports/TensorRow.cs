namespace TinyReorder.Reports;

/// <summary>An activation tensor.</summary>
internal sealed record TensorRow
{
    /// <summary>Its index in the subgraph of the file.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type as the schema calls it, such as <c>Int8</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its dimensions.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Its exact bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>What it is to the subgraph.</summary>
    public required TensorRole Role { get; init; }

    /// <summary>The operator that writes it; -1 for an input of the subgraph.</summary>
    public required int Producer { get; init; }

    /// <summary>The operators that read it.</summary>
    public required IReadOnlyList<int> Consumers { get; init; }

    /// <summary>First and last step in which it is held in the file's order.</summary>
    public required (int First, int Last) DefaultLife { get; init; }

    /// <summary>First and last step in which it is held in the chosen order.</summary>
    public required (int First, int Last) ChosenLife { get; init; }
}
