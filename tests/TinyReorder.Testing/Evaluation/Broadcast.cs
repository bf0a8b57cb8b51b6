namespace TinyReorder.Tests.Shared;

/// <summary>Which element of an input belongs to an element of the output, where dimensions of size 1 are repeated.</summary>
internal sealed class Broadcast
{
    private readonly int[] sizes;
    private readonly int[] steps;
    private readonly bool isRepeated;

    public Broadcast(TensorView input, TensorView output)
    {
        sizes = [.. output.Shape];
        steps = new int[sizes.Length];
        isRepeated = !input.Shape.SequenceEqual(output.Shape);
        int step = 1, missing = sizes.Length - input.Shape.Count;
        for (int i = sizes.Length - 1; i >= Math.Max(0, missing); i--)
        {
            int size = input.Size(i - missing);
            steps[i] = size == 1 ? 0 : step;
            step *= size;
        }
    }

    /// <summary>The index in the input that belongs to an index in the output, both row by row.</summary>
    public int this[int output]
    {
        get
        {
            if (!isRepeated)
                return output;
            int index = 0;
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                index += output % sizes[i] * steps[i];
                output /= sizes[i];
            }
            return index;
        }
    }
}
