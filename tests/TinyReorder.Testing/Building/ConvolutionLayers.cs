using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Layers with weights. Activations are int8 (weights int8 with a scale for each output channel, bias int32), int16 (weights int8, bias int64) or float32;
/// weights are scaled by the fan-in so that activations neither vanish nor saturate.
/// </summary>
public static class ConvolutionLayers
{
    private const float WeightDeviation = 73f; // of whole numbers drawn evenly from -127 to 127

    public static ModelTensor Conv2D(
        this SubgraphBuilder b, ModelTensor input, int filters, int kernel = 1, int stride = 1, Padding padding = Padding.Same, Fused fused = Fused.None,
            int dilation = 1) =>
        b.Conv2D(input, filters, (kernel, kernel), (stride, stride), padding, fused, dilation);

    public static ModelTensor Conv2D(
        this SubgraphBuilder b, ModelTensor input, int filters, (int Height, int Width) kernel, (int Height, int Width) stride, Padding padding = Padding.Same,
            Fused fused = Fused.None, int dilation = 1)
    {
        int[] filterShape = [filters, kernel.Height, kernel.Width, input.Size(3)];
        (ModelTensor filter, ModelTensor bias) = Weights(b, input, "CONV_2D", filterShape, channelDimension: 0);
        int[] shape = [input.Size(0), Sliding(input.Size(1), kernel.Height, stride.Height, padding, dilation),
            Sliding(input.Size(2), kernel.Width, stride.Width, padding, dilation), filters];
        FlatTableNode options = new FlatTableNode()
            .Byte(0, (int)padding).Int32(1, stride.Width).Int32(2, stride.Height).Byte(3, (int)fused).Int32(4, dilation, absent: 1)
                .Int32(5, dilation, absent: 1);
        return b.Operator("CONV_2D", [input, filter, bias], shape, new OptionsTable(1, options), version: 3);
    }

    public static ModelTensor DepthwiseConv2D(
        this SubgraphBuilder b, ModelTensor input, int kernel, int stride = 1, Padding padding = Padding.Same, Fused fused = Fused.None, int multiplier = 1,
            int dilation = 1) =>
        b.DepthwiseConv2D(input, (kernel, kernel), (stride, stride), padding, fused, multiplier, dilation);

    public static ModelTensor DepthwiseConv2D(
        this SubgraphBuilder b, ModelTensor input, (int Height, int Width) kernel, (int Height, int Width) stride, Padding padding = Padding.Same,
            Fused fused = Fused.None, int multiplier = 1, int dilation = 1)
    {
        int channels = input.Size(3) * multiplier;
        int[] filterShape = [1, kernel.Height, kernel.Width, channels];
        (ModelTensor filter, ModelTensor bias) = Weights(b, input, "DEPTHWISE_CONV_2D", filterShape, channelDimension: 3);
        int[] shape = [input.Size(0), Sliding(input.Size(1), kernel.Height, stride.Height, padding, dilation),
            Sliding(input.Size(2), kernel.Width, stride.Width, padding, dilation), channels];
        FlatTableNode options = new FlatTableNode()
            .Byte(0, (int)padding).Int32(1, stride.Width).Int32(2, stride.Height).Int32(3, multiplier).Byte(4, (int)fused).Int32(5, dilation, absent: 1)
                .Int32(6, dilation, absent: 1);
        return b.Operator("DEPTHWISE_CONV_2D", [input, filter, bias], shape, new OptionsTable(2, options), version: 3);
    }

    /// <summary>The last dimension of the filter is the product of all dimensions of <paramref name="input"/> but the first.</summary>
    public static ModelTensor FullyConnected(this SubgraphBuilder b, ModelTensor input, int units, Fused fused = Fused.None)
    {
        (ModelTensor filter, ModelTensor bias) = Weights(b, input, "FULLY_CONNECTED", [units, input.Elements / input.Size(0)], channelDimension: -1);
        return b.Operator("FULLY_CONNECTED", [input, filter, bias], [input.Size(0), units], new OptionsTable(8, new FlatTableNode().Byte(0, (int)fused)),
            version: 4);
    }

    /// <summary>The transposed convolution; the output is <paramref name="stride"/> times as large.</summary>
    public static ModelTensor TransposeConv(this SubgraphBuilder b, ModelTensor input, int filters, int kernel, int stride = 2)
    {
        int[] shape = [input.Size(0), input.Size(1) * stride, input.Size(2) * stride, filters];
        ModelTensor outputShape = b.Int32s(b.NextName("TRANSPOSE_CONV") + "/shape", shape);
        (ModelTensor filter, ModelTensor bias) = Weights(b, input, "TRANSPOSE_CONV", [filters, kernel, kernel, input.Size(3)], channelDimension: 0);
        ModelTensor output = b.Tensor(b.NextName("TRANSPOSE_CONV"), shape, input.Type, input.Quantization);
        FlatTableNode options = new FlatTableNode().Byte(0, (int)Padding.Same).Int32(1, stride).Int32(2, stride);
        return b.Operator("TRANSPOSE_CONV", [outputShape, filter, input, bias], [output], new OptionsTable(49, options), version: 3).Output;
    }

    /// <summary>The size of the output of a window that slides along <paramref name="size"/> positions.</summary>
    internal static int Sliding(int size, int kernel, int stride, Padding padding, int dilation = 1)
    {
        int covered = padding == Padding.Same ? size : size - ((kernel - 1) * dilation);
        return (covered + stride - 1) / stride;
    }

    /// <summary>
    /// The filter with a scale for each index of <paramref name="channelDimension"/> (-1: one scale in all), and the bias in the scale of the products.
    /// </summary>
    private static (ModelTensor Filter, ModelTensor Bias) Weights(SubgraphBuilder b, ModelTensor input, string kind, int[] shape, int channelDimension)
    {
        string name = b.NextName(kind);
        int count = shape.Aggregate(1, (product, size) => product * size), channels = shape[Math.Max(channelDimension, 0)], fanIn = count / channels;
        WeightSource weights = b.Model.Weights;
        if (input.Type == TensorType.Float32)
        {
            byte[] values = weights.Single(count, 1.7f / MathF.Sqrt(fanIn));
            return (b.Constant(name + "/filter", shape, TensorType.Float32, values),
                b.Constant(name + "/bias", [channels], TensorType.Float32, weights.Single(channels, 0.5f)));
        }
        float[] scales = new float[channelDimension < 0 ? 1 : channels];
        for (int channel = 0; channel < scales.Length; channel++)
            scales[channel] = (1 + (channel % 4 / 8f)) / (WeightDeviation * MathF.Sqrt(fanIn));
        int dimension = Math.Max(channelDimension, 0);
        ModelTensor filter = b.Constant(name + "/filter", shape, TensorType.Int8, weights.Int8(count), Quantization.PerChannel(scales, dimension));
        float inputScale = input.Quantization!.Scales[0];
        // The bias reaches half of the deviation that the products have.
        int most = (int)(WeightDeviation * MathF.Sqrt(fanIn) / inputScale / 2);
        bool wide = input.Type == TensorType.Int16;
        ModelTensor bias = b.Constant(
            name + "/bias",
            [channels],
            wide ? TensorType.Int64 : TensorType.Int32,
            wide ? weights.Int64(channels, most) : weights.Int32(channels, most),
            Quantization.PerChannel(scales.Select(scale => scale * inputScale).ToArray()));
        return (filter, bias);
    }
}
