using TinyReorder.Planning.Streaming;
using TinyReorder.Work;

namespace TinyReorder;

/// <summary>What a rewrite brought and what it costs (docs/streaming.md).</summary>
public sealed class RewriteFigures
{
    internal RewriteFigures(RewriteOutcome rewrite)
    {
        Loops = [.. rewrite.Regions.Select(region => new StreamedLoop(region))];
        DilatedOperators = rewrite.Dilated;
        Simplifications = [.. rewrite.Simplified.Select(step => new Simplification(step))];
        WorkRatio = rewrite.WorkRatio;
        IsWorkMeasured = rewrite.WorkAfter is { Measure: WorkMeasure.Instructions };
        MacsBefore = rewrite.MacsBefore;
        MacsAfter = rewrite.MacsAfter;
        AddedFlashBytes = rewrite.AddedFlashBytes;
        Reason = rewrite.Reason;
    }

    /// <summary>The loops, in the order in which they run; empty where the model stays as it is.</summary>
    public IReadOnlyList<StreamedLoop> Loops { get; }

    /// <summary>1x1 convolutions that got a dilation of 2, by their index in the given file's order.</summary>
    public IReadOnlyList<int> DilatedOperators { get; }

    /// <summary>What was simplified; empty where nothing was.</summary>
    public IReadOnlyList<Simplification> Simplifications { get; }

    /// <summary>Predicted work of an inference in parts of the given file's; 1 where the model stays as it is.</summary>
    public double WorkRatio { get; }

    /// <summary>Whether <see cref="WorkRatio"/> counts instructions, predicted by measured rates; else it counts multiplications, or nothing was rewritten.</summary>
    public bool IsWorkMeasured { get; }

    /// <summary>Multiplications with an addition of the given file; 0 where the model stays as it is.</summary>
    public long MacsBefore { get; }

    /// <summary>Multiplications with an addition of the rewritten file, all turns counted; 0 where the model stays as it is.</summary>
    public long MacsAfter { get; }

    /// <summary>How many bytes longer the file is, offsets of the tensors included; 0 where the model stays as it is.</summary>
    public long AddedFlashBytes { get; }

    /// <summary>
    /// Why the model stays as it is, or was simplified and has no loops where those were asked for, in words; null where it has what was asked for.
    /// </summary>
    public string? Reason { get; }
}
