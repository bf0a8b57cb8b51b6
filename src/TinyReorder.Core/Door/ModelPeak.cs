using TinyReorder.Fitting;

namespace TinyReorder;

/// <summary>Where a model holds its peak in the order that was found, and what a board asks of it.</summary>
public sealed class ModelPeak
{
    internal ModelPeak(string name, FitPeak peak, IReadOnlyList<(FitOperator Operator, long Bytes)> toShrink)
    {
        Name = name;
        Bytes = peak.Bytes;
        NextBytes = peak.NextBytes > 0 ? peak.NextBytes : null;
        Operators = [.. peak.AtPeak.Select(op => new PeakOperator(op, 0))];
        ToShrink = [.. toShrink.Select(part => new PeakOperator(part.Operator, part.Bytes))];
    }

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The peak in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The peak of all operators but those at the peak, in bytes; null where there are no others.</summary>
    public long? NextBytes { get; }

    /// <summary>The operators that hold the peak.</summary>
    public IReadOnlyList<PeakOperator> Operators { get; }

    /// <summary>
    /// The operators that would have to shrink, and by how much, if this model alone is to free the SRAM that the board lacks; empty where nothing is
    /// missing, and where that is more than the peak. It is the least that has to go.
    /// </summary>
    public IReadOnlyList<PeakOperator> ToShrink { get; }
}
