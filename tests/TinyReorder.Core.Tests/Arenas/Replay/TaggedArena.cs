using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>
/// An arena in which each byte carries a tag: whose it is, and of which writing. A reader finds its own tag of the last writing on every byte, or the plan is
/// wrong. Where all places and sizes are multiples of 16, one tag stands for 16 bytes.
/// </summary>
internal sealed class TaggedArena : TensorMemory
{
    private readonly TfliteModel model;
    private readonly ulong[] tags;
    private readonly long cellBytes;
    private readonly Dictionary<(int Subgraph, int Tensor), TflmBuffer> places = [];
    private readonly Dictionary<(int Subgraph, int Operator), List<TflmBuffer>> scratch = [];
    private readonly Dictionary<object, ulong> lastTag = [];
    private ulong writings;

    /// <exception cref="ReplayFaultException">A buffer lies outside of the arena.</exception>
    public TaggedArena(TfliteModel model, IReadOnlyList<TflmBuffer> buffers, long heightBytes)
    {
        this.model = model;
        cellBytes = buffers.SelectMany(buffer => new[] { buffer.Offset, buffer.Bytes }).Append(heightBytes).All(bytes => bytes % 16 == 0) ? 16 : 1;
        tags = new ulong[heightBytes / cellBytes];
        foreach (TflmBuffer buffer in buffers)
        {
            if (buffer.Offset < 0 || buffer.Offset + buffer.Bytes > heightBytes)
                throw new ReplayFaultException($"{buffer} lies outside of {heightBytes} bytes");
            if (buffer.Tensor >= 0)
                places.Add((buffer.Subgraph, buffer.Tensor), buffer);
            else if (scratch.TryGetValue((buffer.Subgraph, buffer.Operator), out List<TflmBuffer>? more))
                more.Add(buffer);
            else
                scratch.Add((buffer.Subgraph, buffer.Operator), [buffer]);
        }
    }

    public override void Write(int subgraph, int tensor, ulong value)
    {
        base.Write(subgraph, tensor, value);
        if (places.TryGetValue((subgraph, tensor), out TflmBuffer? place))
            Tag((subgraph, tensor), place);
    }

    public override ulong Read(int subgraph, int tensor)
    {
        ulong value = base.Read(subgraph, tensor);
        TfliteTensor read = model.Subgraphs[subgraph].Tensors[tensor];
        // What no operator has written yet holds anything; that it then was the wrong value, the result tells.
        if (value == Symbol.Garbage || read.Bytes == 0)
            return value;
        if (!places.TryGetValue((subgraph, tensor), out TflmBuffer? place))
            return read.Type == TensorType.Resource ? value : throw new ReplayFaultException($"tensor {tensor} of subgraph {subgraph} has no place");
        if (place.Bytes < read.Bytes)
            throw new ReplayFaultException($"tensor {tensor} of subgraph {subgraph} has {place.Bytes} of {read.Bytes} bytes");
        Check((subgraph, tensor), place);
        return value;
    }

    public override void WriteScratch(int subgraph, int op)
    {
        List<TflmBuffer> own = scratch.GetValueOrDefault((subgraph, op), []);
        for (int i = 0; i < own.Count; i++)
            Tag((subgraph, op, i), own[i]);
    }

    public override void ReadScratch(int subgraph, int op)
    {
        List<TflmBuffer> own = scratch.GetValueOrDefault((subgraph, op), []);
        for (int i = 0; i < own.Count; i++)
            Check((subgraph, op, i), own[i]);
    }

    public override void Clear()
    {
        base.Clear();
        Array.Clear(tags);
    }

    private Span<ulong> Cells(TflmBuffer place) => tags.AsSpan((int)(place.Offset / cellBytes), (int)(place.Bytes / cellBytes));

    private void Tag(object owner, TflmBuffer place) => Cells(place).Fill(lastTag[owner] = ++writings);

    private void Check(object owner, TflmBuffer place)
    {
        if (Cells(place).IndexOfAnyExcept(lastTag[owner]) is var at and >= 0)
            throw new ReplayFaultException($"byte {place.Offset + (at * cellBytes)} is no longer that of {place}");
    }
}
