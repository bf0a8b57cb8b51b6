using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>A PAD of at most four dimensions whose paddings stand in the file: what it adds before each dimension, the shapes filled up with ones.</summary>
internal sealed record PadShape(long[] Input, long[] Output, long[] Before, int ElementBytes)
{
    private const int Rank = 4;
    private const int Batch = 0;
    private const int Height = 1;
    private const int Width = 2;
    private const int Channels = 3;

    /// <summary>Whether whole images are added.</summary>
    public bool PadsBatch => Input[Batch] != Output[Batch];

    /// <summary>Whether channels are added.</summary>
    public bool PadsChannels => Input[Channels] != Output[Channels];

    /// <summary>The shape of an operator, or null where it is none such.</summary>
    public static PadShape? Of(TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (OperatorTensors.Find(subgraph, operation.Inputs, 0) is not { Shape.Count: > 0 and <= Rank } input
            || OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { } output)
            return null;
        int rank = input.Shape.Count, missing = Rank - rank;
        long[]? paddings = OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, operation.Inputs, 1), 2 * rank);
        if (paddings is null || output.Shape.Count != rank || output.Type != input.Type || paddings.Any(padding => padding is < 0 or > int.MaxValue))
            return null;
        var shape = new PadShape(new long[Rank], new long[Rank], new long[Rank], input.Type.ElementBytes());
        for (int i = 0; i < Rank; i++)
        {
            bool isGiven = i >= missing;
            shape.Input[i] = isGiven ? input.Shape[i - missing] : 1;
            shape.Output[i] = isGiven ? output.Shape[i - missing] : 1;
            shape.Before[i] = isGiven ? paddings[2 * (i - missing)] : 0;
            if (shape.Output[i] != shape.Input[i] + shape.Before[i] + (isGiven ? paddings[(2 * (i - missing)) + 1] : 0))
                return null;
        }
        return shape;
    }

    /// <summary>The least distance, by rows, by pixels or by the elements of a pixel.</summary>
    public long Distance(string rule)
    {
        long pixel = Input[Channels] * ElementBytes;
        var grid = new PixelGrid
        {
            Batches = (int)Input[Batch],
            FirstRows = Firsts(Height),
            FirstColumns = Firsts(Width),
            InputPixelBytes = pixel,
            InputRowBytes = Input[Width] * pixel,
            InputImageBytes = Input[Height] * Input[Width] * pixel,
            OutputPixelBytes = Output[Channels] * ElementBytes,
        };
        // Element by element, channel c is read when all before it are written, with the padding before the first one.
        long early = rule == "pixel-safe" ? grid.OutputPixelBytes : Input[Channels] > 1 || Before[Channels] > 0 ? Before[Channels] * ElementBytes : -1;
        return rule == "row-safe" ? grid.RowDistance() : grid.PixelDistance(early);
    }

    private long[] Firsts(int axis)
    {
        long[] firsts = new long[Output[axis]];
        for (long i = 0; i < firsts.Length; i++)
            firsts[i] = i >= Before[axis] && i < Before[axis] + Input[axis] ? i - Before[axis] : PixelGrid.Nothing;
        return firsts;
    }
}
