using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Products of matrices.</summary>
internal static class MatrixChecks
{
    private const int FirstIsTransposedSlot = 0;
    private const int SecondIsTransposedSlot = 1;

    // Of the output's scale (kernels/kernel_util.cc, GetQuantizedConvolutionMultipler).
    private const double MostBiasScaleError = 0.02;

    /// <summary>FULLY_CONNECTED: rows of the filter, length of the input, bias and scales (fully_connected_common.cc, reference/fully_connected.h).</summary>
    public static SupportProblem? FullyConnected(SupportContext op)
    {
        if (op.Input(0) is not { } input || op.Input(1) is not { } filter || op.Output(0) is not { } output)
            return null;
        if (filter.Shape.Count < 2 || output.Shape.Count < 1)
            return new SupportProblem($"has a filter of rank {filter.Shape.Count} and an output of rank {output.Shape.Count}", Cures.Again);
        int outputs = output.Shape[output.Shape.Count - 1], rows = filter.Shape[filter.Shape.Count - 2], length = filter.Shape[filter.Shape.Count - 1];
        if (outputs > rows || (outputs < rows && input.Type == TensorType.Float32))
            return SupportProblem.Shapes($"has a filter of {rows} rows for an output of {outputs}");
        long batches = outputs == 0 ? 0 : output.ElementCount / outputs;
        if (input.ElementCount / Math.Max(1, length) < batches)
            return SupportProblem.Shapes($"reads {Quantity.Count(batches)} times {length} elements of an input that has {Quantity.Count(input.ElementCount)}");
        TfliteTensor? bias = op.Input(2);
        if (bias is not null && bias.ElementCount < outputs)
            return SupportProblem.Shapes($"has {Quantity.Count(bias.ElementCount)} biases for {outputs} outputs");
        return input.Type == TensorType.Float32 ? null : Scales(input, filter, bias, output);
    }

    /// <summary>FULLY_CONNECTED of kernels that know one scale for the whole filter (fully_connected_common.cc).</summary>
    public static SupportProblem? OneScale(SupportContext op) =>
        op.Input(1) is { } filter && filter.Scales.Count > 1
            ? new SupportProblem(
                $"has {filter.Scales.Count} scales in its filter, where the kernel of this version takes one",
                "convert with _experimental_disable_per_channel_quantization_for_dense_layers = True")
            : null;

    /// <summary>BATCH_MATMUL: inner dimensions that meet, batches that broadcast, an output as large as the product (batch_matmul_common.cc).</summary>
    public static SupportProblem? BatchMatmul(SupportContext op)
    {
        if (op.Input(0) is not { } first || op.Input(1) is not { } second || op.Output(0) is not { } output || first.Shape.Count < 2 || second.Shape.Count < 2)
            return null;
        int rank = Math.Max(first.Shape.Count, second.Shape.Count);
        int[] a = Extended(first, rank), b = Extended(second, rank);
        bool transposesA = op.Options.Bool(FirstIsTransposedSlot), transposesB = op.Options.Bool(SecondIsTransposedSlot);
        int innerA = a[transposesA ? rank - 2 : rank - 1], innerB = b[transposesB ? rank - 1 : rank - 2];
        bool meet = innerA == innerB && Enumerable.Range(0, rank - 2).All(i => a[i] == b[i] || a[i] == 1 || b[i] == 1);
        if (!meet)
            return SupportProblem.Shapes($"multiplies the shapes {Quote.List(first.Shape)} and {Quote.List(second.Shape)}, which do not meet");
        long matrix = (long)a[transposesA ? rank - 1 : rank - 2] * b[transposesB ? rank - 2 : rank - 1];
        long size = Enumerable.Range(0, rank - 2).Aggregate(matrix, (product, i) => product * Math.Max(a[i], b[i]));
        return output.Shape.Count >= rank && size == output.ElementCount
            ? null
            : SupportProblem.Shapes($"makes {Quantity.Count(size)} elements of rank {rank} where its output has the shape {Quote.List(output.Shape)}");
    }

    private static SupportProblem? Scales(TfliteTensor input, TfliteTensor filter, TfliteTensor? bias, TfliteTensor output)
    {
        if (SupportContext.IsQuantized(filter) && filter.Scales.Count > 1)
        {
            bool fits = filter.Type != TensorType.Int4 && filter.QuantizedDimension >= 0 && filter.QuantizedDimension < filter.Shape.Count
                && filter.Scales.Count == filter.Shape[filter.QuantizedDimension];
            return fits
                ? null : new SupportProblem($"has {filter.Scales.Count} scales for a filter of the shape {Quote.List(filter.Shape)}", Cures.Quantization);
        }
        double scale = (double)SupportContext.Scale(input) * SupportContext.Scale(filter), of = SupportContext.Scale(output);
        bool isOff = bias is not null && !(Math.Abs(scale - SupportContext.Scale(bias)) / of <= MostBiasScaleError);
        return isOff ? new SupportProblem("has a bias whose scale is not that of input and filter together", Cures.Quantization) : null;
    }

    private static int[] Extended(TfliteTensor tensor, int rank) => [.. Enumerable.Repeat(1, rank - tensor.Shape.Count), .. tensor.Shape];
}
