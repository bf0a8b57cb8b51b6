using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>The loops of kernels that take their elements one after the other or copy whole pieces.</summary>
internal sealed class CopyAccess(TfliteSubgraph subgraph, TfliteOperator operation, TfliteTensor input, TfliteTensor output, AccessReplay replay,
    long distanceBytes)
{
    /// <summary>One copy of everything.</summary>
    public void Copy()
    {
        replay.Read(0, input.Bytes);
        replay.Write(0, output.Bytes, WriteOrder.Copy);
    }

    /// <summary>
    /// Element i of the input is read, then element i of the output is written. When element i is read, i elements of the output stand from its start on.
    /// Both ends of what stands there and of what is read move evenly with i, so that the first and the last element that can meet decide.
    /// </summary>
    public void Elements()
    {
        long read = input.Type.ElementBytes(), write = output.Type.ElementBytes();
        long first = Math.Max(1, distanceBytes >= 0 ? 1 : -distanceBytes / read), last = input.ElementCount - 1;
        foreach (long i in new[] { first, last })
        {
            long start = distanceBytes + (i * read);
            if (i <= last && start < i * write && start + read > 0)
                replay.Fail($"element {i} of the input has been written over before it is read");
        }
    }

    /// <summary>One input after the other is copied behind the one before it, in each round a piece.</summary>
    public void Join()
    {
        if (SlicedTensor.OfOutput(subgraph, operation) is not { } whole)
        {
            Unknown();
            return;
        }
        for (long round = 0; round < whole.Rounds && replay.Conflict is null; round++)
        {
            for (int i = 0; i < whole.Starts.Count; i++)
            {
                long bytes = whole.PieceBytes(i);
                if (operation.Inputs[i] == input.Index)
                    replay.Read(round * bytes, bytes);
                replay.Write((round * whole.RoundBytes) + whole.Starts[i], bytes, WriteOrder.Copy);
            }
        }
    }

    /// <summary>One output after the other is copied from its part of the input, in each round a piece.</summary>
    public void Part()
    {
        if (SlicedTensor.OfInput(subgraph, operation) is not { } whole)
        {
            Unknown();
            return;
        }
        for (long round = 0; round < whole.Rounds && replay.Conflict is null; round++)
        {
            for (int i = 0; i < whole.Starts.Count; i++)
            {
                long from = (round * whole.RoundBytes) + whole.Starts[i], bytes = whole.PieceBytes(i), to = round * bytes;
                replay.Read(from, bytes);
                // Element by element: what is written at or before the place of the element that was just read harms none that follows.
                if (operation.Outputs[i] == output.Index)
                    replay.Write(to, bytes, to <= distanceBytes + from ? WriteOrder.Last : WriteOrder.Copy);
                else
                    replay.EndStep();
            }
        }
    }

    /// <summary>
    /// Element k of the output comes from element k of the input or one behind it, and later ones from behind that; where exactly is not asked. Before
    /// element k is read, k elements of the output stand from its start on: they end at the earliest byte that it may come from, or before.
    /// </summary>
    public void ForwardSlice()
    {
        if (!SliceShape.CopiesForward(subgraph, operation))
            Unknown();
        else if (distanceBytes < 0)
            replay.Fail("the output lies above the start of the input, so that its first elements may fall on bytes that are read later");
        else if (SliceShape.Runs(subgraph, operation) is var (runBytes, starts) && IsCopiedOntoAPartOfItself(runBytes, starts))
            replay.Fail("a run is copied in one piece onto a part of itself");
    }

    private bool IsCopiedOntoAPartOfItself(long runBytes, long[]? starts)
    {
        bool IsApart(long bytes) => bytes == 0 || bytes >= runBytes;
        return starts is null ? distanceBytes < runBytes : !starts.Select((start, i) => distanceBytes + start - (i * runBytes)).All(IsApart);
    }

    private void Unknown() => replay.Fail("the kernel's way through these shapes is not known");
}
