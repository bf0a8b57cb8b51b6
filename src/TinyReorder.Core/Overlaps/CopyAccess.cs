using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>The loops of kernels that take their elements one after the other or copy whole pieces.</summary>
internal sealed class CopyAccess(TfliteSubgraph subgraph, TfliteOperator operation, TfliteTensor input, TfliteTensor output, AccessReplay replay, long distanceBytes)
{
    /// <summary>One copy of everything.</summary>
    public void Copy()
    {
        replay.Read(0, input.Bytes);
        replay.Write(0, output.Bytes, WriteOrder.Copy);
    }

    /// <summary>Element i of the input is read, then element i of the output is written.</summary>
    public void Elements()
    {
        long read = input.Type.ElementBytes(), write = output.Type.ElementBytes();
        // The output is written from its start on, so what is written before element i are i of its elements; the first element has nothing before it.
        for (long i = 1; i < input.ElementCount; i++)
        {
            long start = distanceBytes + (i * read);
            if (start < i * write && start + read > 0)
            {
                replay.Fail($"element {i} of the input has been written over before it is read");
                return;
            }
        }
    }

    /// <summary>One input after the other is copied behind the one before it.</summary>
    public void Join()
    {
        if (SlicedTensor.OfOutput(subgraph, operation) is not { } whole)
        {
            Unknown();
            return;
        }
        for (int i = 0; i < whole.Starts.Count && replay.Conflict is null; i++)
        {
            long bytes = (i + 1 < whole.Starts.Count ? whole.Starts[i + 1] : output.Bytes) - whole.Starts[i];
            if (operation.Inputs[i] == input.Index)
                replay.Read(0, input.Bytes);
            replay.Write(whole.Starts[i], bytes, WriteOrder.Copy);
        }
    }

    /// <summary>One output after the other is copied from its part of the input.</summary>
    public void Part()
    {
        if (SlicedTensor.OfInput(subgraph, operation) is not { } whole)
        {
            Unknown();
            return;
        }
        for (int i = 0; i < whole.Starts.Count; i++)
        {
            replay.Read(whole.Starts[i], (i + 1 < whole.Starts.Count ? whole.Starts[i + 1] : input.Bytes) - whole.Starts[i]);
            if (operation.Outputs[i] == output.Index)
                replay.Write(0, output.Bytes, WriteOrder.Copy);
            else
                replay.EndStep();
        }
    }

    /// <summary>Element k of the output comes from element k of the input or one behind it, and later ones from behind that; where exactly is not asked.</summary>
    public void ForwardSlice()
    {
        if (!SliceShape.CopiesForward(subgraph, operation) || distanceBytes < 0)
        {
            Unknown();
            return;
        }
        int bytes = output.Type.ElementBytes();
        for (long k = 1; k < output.ElementCount && replay.Conflict is null; k++)
        {
            // The earliest byte that element k may come from, against the elements before it.
            if (distanceBytes + (k * bytes) < k * bytes)
                replay.Fail($"element {k} of the output comes from bytes that may have been written over");
        }
    }

    private void Unknown() => replay.Fail("the kernel's way through these shapes is not known");
}
