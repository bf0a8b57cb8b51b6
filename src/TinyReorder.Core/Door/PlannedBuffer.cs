using TinyReorder.Runtimes.Tflm;

namespace TinyReorder;

/// <summary>A tensor or scratch buffer with its place in the arena.</summary>
public sealed class PlannedBuffer
{
    internal PlannedBuffer(TflmBuffer buffer)
    {
        Subgraph = buffer.Subgraph;
        Tensor = buffer.IsScratch ? null : buffer.Tensor;
        Operator = buffer.IsScratch ? buffer.Operator : null;
        Bytes = buffer.Bytes;
        OffsetBytes = buffer.Offset;
        FirstStep = buffer.First;
        LastStep = buffer.Last;
        IsInModel = buffer.OfflineOffset is >= 0;
    }

    /// <summary>The index of the subgraph.</summary>
    public int Subgraph { get; }

    /// <summary>The tensor's index in its subgraph; null for scratch.</summary>
    public int? Tensor { get; }

    /// <summary>The operator that asked for the scratch, by its index in the file's order; null for a tensor.</summary>
    public int? Operator { get; }

    /// <summary>Bytes in the plan, a multiple of the alignment.</summary>
    public long Bytes { get; }

    /// <summary>Bytes from the start of the arena.</summary>
    public long OffsetBytes { get; }

    /// <summary>The step at which it comes to life; steps count operators over all calls of subgraphs. -1 where nothing writes it.</summary>
    public int FirstStep { get; }

    /// <summary>The last step at which it is live; -1 where nothing uses it.</summary>
    public int LastStep { get; }

    /// <summary>Whether the model's metadata carries the offset; else the interpreter's planner gives it.</summary>
    public bool IsInModel { get; }
}
