using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>The layers of <see cref="RandomNetworks"/>, each with random sizes and, where the kernel rescales, a random quantization of its output.</summary>
internal sealed class RandomNetworkLayers(ModelBuilder b, Pcg32 random, TensorType type)
{
    private const float ByteScale = 0.05f, ShortScale = ByteScale / 256;
    private const int MostChannels = 12;

    private static readonly Fused[] Activations = [Fused.None, Fused.None, Fused.None, Fused.Relu, Fused.Relu, Fused.Relu6, Fused.Relu6, Fused.ReluN1To1];
    private static readonly Fused[] PoolActivations = [Fused.None, Fused.None, Fused.None, Fused.Relu6];

    public ModelTensor Input(int height, int width, int channels) => b.Input("x", [1, height, width, channels], type, NewQuantization(ByteScale));

    public (int Height, int Width) Stride() => (Distance(), Distance());

    /// <summary>A window of 1 to 5 rows and columns, every other one a square.</summary>
    public (int Height, int Width) Kernel()
    {
        int height = random.Between(1, 5);
        return (height, random.OneIn(2) ? height : random.Between(1, 5));
    }

    /// <summary>Any layer that takes windows, or an activation.</summary>
    public ModelTensor Any(ModelTensor x) => random.Below(8) switch
    {
        0 or 1 or 2 => Convolution(x, Stride()),
        3 or 4 => Depthwise(x, Stride()),
        5 => b.MaxPool(x, Kernel(), Stride(), Padding.Same, random.Pick(PoolActivations)),
        6 => b.AveragePool(x, Kernel(), Stride(), Padding.Same, random.Pick(PoolActivations)),
        _ => Activation(x),
    };

    /// <summary>A layer that leaves the shape as it is.</summary>
    public ModelTensor SameShape(ModelTensor x) => random.Below(4) switch
    {
        0 => b.AveragePool(x, Kernel(), (1, 1)),
        1 => Rescaled(b.DepthwiseConv2D(x, Kernel(), (1, 1), Padding.Same, random.Pick(Activations), dilation: random.Between(1, 2))),
        _ => Rescaled(b.Conv2D(x, x.Size(3), Kernel(), (1, 1), Padding.Same, random.Pick(Activations), random.OneIn(4) ? 2 : 1)),
    };

    public ModelTensor Convolution(ModelTensor x) => Convolution(x, (1, 1));

    /// <summary>A convolution with SAME padding.</summary>
    public ModelTensor Convolution(ModelTensor x, (int Height, int Width) stride, Quantization? quantization = null) =>
        Rescaled(b.Conv2D(x, random.Between(1, 8), Kernel(), stride, Padding.Same, random.Pick(Activations), Dilation(stride)), quantization);

    /// <summary>A convolution behind an operator that pads, or one without any padding.</summary>
    public ModelTensor Padded(ModelTensor x)
    {
        (int Height, int Width) kernel = Kernel(), stride = Stride();
        int dilation = Dilation(stride), height = ((kernel.Height - 1) * dilation) + 1, width = ((kernel.Width - 1) * dilation) + 1;
        if (random.OneIn(3) && height <= x.Size(1) && width <= x.Size(2))
            return Rescaled(b.Conv2D(x, random.Between(1, 8), kernel, stride, Padding.Valid, random.Pick(Activations), dilation));
        (int, int) rows = Around(height, x.Size(1)), columns = Around(width, x.Size(2));
        ModelTensor padded = b.Pad(x, (0, 0), rows, columns, (0, 0));
        return random.OneIn(2)
            ? Rescaled(b.Conv2D(padded, random.Between(1, 8), kernel, stride, Padding.Valid, random.Pick(Activations), dilation))
            : Rescaled(b.DepthwiseConv2D(padded, kernel, stride, Padding.Valid, random.Pick(Activations), 1, dilation));
    }

    public ModelTensor Activation(ModelTensor x) => random.Below(type == TensorType.Int16 ? 3 : 4) switch
    {
        0 => Rescaled(b.Relu(x)),
        1 => b.Relu6(x),
        2 => Rescaled(b.LeakyRelu(x, random.Between(1, 7) / 16f)),
        _ => Rescaled(b.HardSwish(x)),
    };

    /// <summary>Some rows and columns of a tensor, in steps or without its edges.</summary>
    public ModelTensor Taken(ModelTensor x)
    {
        int top = random.Below(Math.Min(3, x.Size(1))), left = random.Below(Math.Min(3, x.Size(2)));
        return b.StridedSlice(x, [0, top, left, 0], [1, x.Size(1), x.Size(2), x.Size(3)], [1, Distance(), Distance(), 1]);
    }

    public ModelTensor Enlarged(ModelTensor x) => random.OneIn(2)
        ? b.ResizeNearestNeighbor(x, x.Size(1) * 2, x.Size(2) * 2)
        : b.ResizeNearestNeighbor(x, x.Size(1) + random.Below(4), x.Size(2) + random.Below(4));

    /// <summary>The sum or the product of two tensors of one shape, or of the second and a factor for each channel as well.</summary>
    public ModelTensor Joined(ModelTensor x, ModelTensor y)
    {
        Fused fused = random.Pick(Activations);
        if (random.OneIn(3))
            return Rescaled(b.Mul(x, y, fused), Product(x, y));
        if (random.OneIn(4))
            y = Rescaled(b.Mul(y, ChannelFactors(y)));
        return Rescaled(random.OneIn(2) ? b.Add(x, y, fused) : b.Add(y, x, fused));
    }

    /// <summary>Gives an output the quantization, or one that is near to that of the input of its operator.</summary>
    public ModelTensor Rescaled(ModelTensor output, Quantization? quantization = null)
    {
        if (type == TensorType.Float32)
            return output;
        float scale = output.Quantization!.Scales[0] * (type == TensorType.Int16 ? 256 : 1) * random.Between(90, 160) / 128;
        output.Quantization = quantization ?? NewQuantization(Math.Clamp(scale, ByteScale / 2, ByteScale * 4));
        return output;
    }

    private ModelTensor Depthwise(ModelTensor x, (int Height, int Width) stride)
    {
        int multiplier = x.Size(3) * 3 <= MostChannels ? random.Between(1, 3) : 1;
        return Rescaled(b.DepthwiseConv2D(x, Kernel(), stride, Padding.Same, random.Pick(Activations), multiplier, Dilation(stride)));
    }

    private ModelTensor ChannelFactors(ModelTensor like)
    {
        int count = like.Size(3);
        string name = b.NextName("factors");
        return type switch
        {
            TensorType.Float32 => b.Constant(name, [1, 1, 1, count], type, b.Model.Weights.Single(count, 1)),
            TensorType.Int16 => b.Constant(
                name,
                [1, 1, 1, count],
                type,
                Enumerable.Range(0, count).SelectMany(_ => BitConverter.GetBytes((short)random.Between(-32767, 32767))).ToArray(),
                new Quantization(1f / 32768, 0)),
            _ => b.Constant(name, [1, 1, 1, count], type, b.Model.Weights.Int8(count), new Quantization(1f / 100, 5)),
        };
    }

    private Quantization? Product(ModelTensor x, ModelTensor y) => type switch
    {
        TensorType.Int8 => NewQuantization(Math.Clamp(x.Quantization!.Scales[0] * y.Quantization!.Scales[0] * 32, ByteScale / 2, ByteScale * 8)),
        TensorType.Int16 => NewQuantization(Math.Clamp(x.Quantization!.Scales[0] * y.Quantization!.Scales[0] * 65536 * 32, ByteScale / 2, ByteScale * 8)),
        _ => null,
    };

    private Quantization? NewQuantization(float byteScale) => type switch
    {
        TensorType.Int8 => new Quantization(byteScale, random.Between(-40, 40)),
        TensorType.Int16 => new Quantization(byteScale * ShortScale / ByteScale, 0),
        _ => null,
    };

    /// <summary>1 mostly, 2 or 3 sometimes.</summary>
    private int Distance() => random.OneIn(3) ? random.Between(2, 3) : 1;

    /// <summary>Strides and dilations do not come together in one layer.</summary>
    private int Dilation((int Height, int Width) stride) => stride == (1, 1) && random.OneIn(3) ? random.Between(2, 3) : 1;

    /// <summary>Padding before and behind an axis, which a window fits into.</summary>
    private (int Before, int Behind) Around(int reach, int size)
    {
        int least = Math.Max(0, reach - size), before = random.Between(0, 3);
        return (before, Math.Max(least - before, random.Between(0, 3)));
    }
}
