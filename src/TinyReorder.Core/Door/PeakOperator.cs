using TinyReorder.Fitting;

namespace TinyReorder;

/// <summary>An operator at or near the peak of a model.</summary>
public sealed class PeakOperator
{
    internal PeakOperator(FitOperator op, long excessBytes)
    {
        Subgraph = op.Subgraph;
        Operator = op.Operator < 0 ? null : op.Operator;
        Kind = op.Kind;
        LiveBytes = op.Bytes;
        ExcessBytes = excessBytes;
    }

    /// <summary>The index of its subgraph.</summary>
    public int Subgraph { get; }

    /// <summary>Its index in the order of the given file; null for the moment before the first operator, in which the inputs are held.</summary>
    public int? Operator { get; }

    /// <summary>What it is called, such as <c>CONV_2D</c>.</summary>
    public string Kind { get; }

    /// <summary>The bytes that are live while it runs, scratch buffers included.</summary>
    public long LiveBytes { get; }

    /// <summary>By how many bytes it has to shrink (<see cref="ModelPeak.ToShrink"/>); 0 among the operators that hold the peak.</summary>
    public long ExcessBytes { get; }
}
