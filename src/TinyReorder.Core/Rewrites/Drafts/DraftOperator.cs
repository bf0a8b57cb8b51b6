using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Drafts;

/// <summary>An operator of a draft.</summary>
internal sealed record DraftOperator
{
    /// <summary>The operator of the file's first subgraph whose kind, version and, without <see cref="Options"/>, options it has; null for a new one.</summary>
    public TfliteOperator? Like { get; init; }

    /// <summary>The number of its kind in <see cref="BuiltinOperators"/>, for a new one.</summary>
    public int Code { get; init; }

    /// <summary>The version of its kind, for a new one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Options of its own; null for those of <see cref="Like"/>, or none.</summary>
    public NewOptions? Options { get; init; }

    /// <summary>The operator of the file's first subgraph that a new one moves rows for; null for none.</summary>
    public int? For { get; init; }

    /// <summary>What it reads; null for an input that is left out.</summary>
    public required IReadOnlyList<DraftTensor?> Inputs { get; init; }

    /// <summary>What it writes.</summary>
    public required IReadOnlyList<DraftTensor> Outputs { get; init; }

    /// <summary>The same operator as it stands in the file.</summary>
    public static DraftOperator Of(TfliteOperator op, IReadOnlyList<DraftTensor> tensors) => new()
    {
        Like = op,
        Inputs = [.. op.Inputs.Select(t => t < 0 ? null : tensors[t])],
        Outputs = [.. op.Outputs.Select(t => tensors[t])],
    };
}
