namespace TinyReorder.Graphs;

/// <summary>
/// An input and an output of one operator of a <see cref="Graph"/> that may lie on common bytes where the input dies there (<see cref="TensorShare"/>).
/// </summary>
/// <param name="Input">The position of a tensor that the operator reads.</param>
/// <param name="Output">The position of a tensor that it writes.</param>
/// <param name="DistanceBytes">How far the input starts above the output, at least.</param>
/// <param name="IsExact">Whether it is exactly that distance.</param>
internal sealed record GraphShare(int Input, int Output, long DistanceBytes, bool IsExact)
{
    /// <summary>The most bytes that both can lie on together, given their sizes.</summary>
    public long CommonBytes(long inputBytes, long outputBytes)
    {
        long start = Math.Max(0, DistanceBytes), end = Math.Min(outputBytes, DistanceBytes + inputBytes);
        return Math.Max(0, end - start);
    }

    /// <summary>Whether it spares anything: the input has to die there, and some bytes have to be common.</summary>
    public bool CanBeUsed(GraphTensor input, GraphTensor output) => !input.IsOutput && CommonBytes(input.Bytes, output.Bytes) > 0;
}
