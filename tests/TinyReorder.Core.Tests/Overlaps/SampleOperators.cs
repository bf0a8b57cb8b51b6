using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>Models of one operator of a kind with random shapes, options and types, which an interpreter can run.</summary>
internal static class SampleOperators
{
    public static IReadOnlyList<string> Windows { get; } = ["CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D"];

    public static IReadOnlyList<string> Images { get; } = ["PAD", "RESIZE_NEAREST_NEIGHBOR", "RESIZE_BILINEAR"];

    public static IReadOnlyList<string> Elementwise { get; } =
    [
        "ADD", "SUB", "MUL", "DIV", "MINIMUM", "MAXIMUM", "SQUARED_DIFFERENCE", "PRELU", "RELU", "RELU6", "LEAKY_RELU", "LOGISTIC", "TANH", "HARD_SWISH",
        "ELU", "SOFTMAX", "ABS", "NEG",
        "EXP", "SQRT", "RSQRT", "SQUARE", "SIN", "COS", "LOG", "FLOOR", "CEIL", "ROUND", "LOGICAL_NOT", "QUANTIZE", "DEQUANTIZE", "CAST",
    ];

    public static IReadOnlyList<string> Copies { get; } = ["RESHAPE", "SQUEEZE", "EXPAND_DIMS", "CONCATENATION", "PACK", "SPLIT", "SPLIT_V", "UNPACK", "SLICE",
        "STRIDED_SLICE"];

    /// <summary>A model whose only operator is of <paramref name="kind"/>; its first input and its outputs are those of the model.</summary>
    public static ModelBuilder Create(string kind, Pcg32 random)
    {
        var b = new ModelBuilder(random.Next());
        b.Output(Windows.Contains(kind) ? [Window(b, kind, random)] : Images.Contains(kind) ? [Image(b, kind, random)] : Copies.Contains(kind)
            ? Copy(b, kind, random) : [Element(b, kind, random)]);
        return b;
    }

    private static ModelTensor Window(ModelBuilder b, string kind, Pcg32 random)
    {
        bool isOneRow = random.OneIn(6), isPointwise = random.OneIn(4);
        (int Height, int Width) kernel = isPointwise ? (1, 1) : (isOneRow ? 1 : random.Between(1, 4), random.Between(1, 4));
        (int Height, int Width) stride = random.OneIn(2) ? (1, 1) : (random.Between(1, 3), random.Between(1, 3));
        int dilation = random.OneIn(5) && !isPointwise ? random.Between(2, 3) : 1;
        bool isPool = kind.Contains("POOL", StringComparison.Ordinal);
        Padding padding = random.OneIn(2) ? Padding.Same : Padding.Valid;
        int height = isOneRow ? 1 : random.Between(((kernel.Height - 1) * dilation) + 1, 14), width = random.Between(((kernel.Width - 1) * dilation) + 1, 14);
        TensorType type = Number(random);
        ModelTensor x = b.Input("x", [random.OneIn(4) ? random.Between(2, 3) : 1, height, width, Channels(random)], type, Scale(type));
        if (isPool)
        {
            return kernel.Height > height || kernel.Width > width || random.OneIn(6)
                ? Pool(b, kind, x, (height, width), 1, Padding.Valid)
                : Pool(b, kind, x, kernel, random.Between(1, 3), padding);
        }
        return kind == "CONV_2D"
            ? b.Conv2D(x, random.OneIn(8) ? 1 : random.Between(1, 12), kernel, stride, padding, Fused.None, dilation)
            : b.DepthwiseConv2D(x, kernel, stride, padding, Fused.None, random.OneIn(3) ? random.Between(2, 5) : 1, dilation);
    }

    private static ModelTensor Pool(ModelBuilder b, string kind, ModelTensor x, (int Height, int Width) kernel, int stride, Padding padding)
    {
        FlatTableNode options = new FlatTableNode().Byte(0, (int)padding).Int32(1, stride).Int32(2, stride).Int32(3, kernel.Width).Int32(4, kernel.Height);
        int height = Sliding(x.Size(1), kernel.Height, stride, padding), width = Sliding(x.Size(2), kernel.Width, stride, padding);
        return b.Operator(kind, [x], [x.Size(0), height, width, x.Size(3)], new OptionsTable(5, options), version: 2);
    }

    private static int Sliding(int size, int kernel, int stride, Padding padding) =>
        ((padding == Padding.Same ? size : size - kernel + 1) + stride - 1) / stride;

    private static ModelTensor Image(ModelBuilder b, string kind, Pcg32 random)
    {
        // The bilinear kernels of TensorFlow Lite Micro know two types.
        TensorType type = kind == "RESIZE_BILINEAR" ? random.Pick([TensorType.Int8, TensorType.Float32]) : Number(random);
        int rank = kind == "PAD" ? random.Between(2, 4) : 4;
        int[] shape = [random.OneIn(4) ? 2 : 1, random.Between(1, 12), random.Between(1, 12), Channels(random)];
        ModelTensor x = b.Input("x", shape.Skip(4 - rank).ToArray(), type, Scale(type));
        if (kind == "PAD")
        {
            return b.Pad(x, Enumerable.Range(0, rank).Select(i =>
                (i == 0 && rank == 4 && !random.OneIn(10)) || (i == rank - 1 && !random.OneIn(5)) ? (0, 0) : (random.Below(4), random.Below(4))).ToArray());
        }
        int height = random.Between(1, 24), width = random.Between(1, 24), corners = random.Below(3), slot = kind == "RESIZE_BILINEAR" ? 2 : 0;
        FlatTableNode options = new FlatTableNode().Bool(slot, corners == 1).Bool(slot + 1, corners == 2);
        ModelTensor size = b.Int32s("size", height, width);
        return b.Operator(kind, [x, size], [shape[0], height, width, shape[3]], new OptionsTable(kind == "RESIZE_BILINEAR" ? 15 : 74, options), version: 3);
    }

    private static ModelTensor Element(ModelBuilder b, string kind, Pcg32 random)
    {
        int[] shape = [random.OneIn(4) ? 2 : 1, random.Between(1, 9), random.Between(1, 9), random.Between(1, 40)];
        TensorType type = kind switch
        {
            "EXP" or "SQRT" or "SQUARE" or "SIN" or "COS" or "LOG" or "FLOOR" or "CEIL" or "ROUND" or "NEG" => TensorType.Float32,
            "LOGICAL_NOT" => TensorType.Bool,
            "ABS" or "RSQRT" or "RELU" or "RELU6" or "HARD_SWISH" or "ELU" or "PRELU" or "DIV" or "SQUARED_DIFFERENCE" =>
                random.Pick([TensorType.Int8, TensorType.Float32]),
            "DEQUANTIZE" => random.Pick([TensorType.Int8, TensorType.Int16]),
            _ => Number(random),
        };
        ModelTensor x = b.Input("x", shape, type, Scale(type));
        switch (kind)
        {
            case "ADD" or "SUB" or "MUL" or "DIV" or "MINIMUM" or "MAXIMUM" or "SQUARED_DIFFERENCE":
                return Binary(b, kind, x, random);
            case "PRELU":
                ModelTensor alpha = b.Constant("alpha", [1, 1, shape[3]], type,
                    Enumerable.Range(0, shape[3] * Bytes(type)).Select(i => (byte)(type == TensorType.Float32 && i % 4 == 3 ? 0x3E : i))
                    .ToArray(), Scale(type));
                return b.Operator(kind, [x, alpha], shape, null);
            case "LEAKY_RELU": return b.LeakyRelu(x);
            case "HARD_SWISH": return b.HardSwish(x);
            case "LOGISTIC":
                return b.Operator(kind, [x], shape,
                quantization: type switch { TensorType.Int8 => Quantization.Probability, TensorType.Int16 => new Quantization(1f / 32768, 0), _ => null },
                version: 2);
            case "TANH":
                return b.Operator(kind, [x], shape,
                quantization: type switch { TensorType.Int8 => new Quantization(1f / 128, 0), TensorType.Int16 => new Quantization(1f / 32768, 0), _ => null },
                version: 2);
            case "SOFTMAX":
                return b.Operator(kind, [x], shape, new OptionsTable(9, new FlatTableNode().Single(0, 1)), 2,
                type switch { TensorType.Int8 => Quantization.Probability, TensorType.Int16 => new Quantization(1f / 32768, 0), _ => null });
            case "QUANTIZE":
                TensorType to = random.Pick([TensorType.Int8, TensorType.Int16]);
                return b.Quantize(x, to, Scale(to) with { Scales = [0.05f] });
            case "DEQUANTIZE": return b.Dequantize(x);
            case "CAST":
                TensorType other = random.Pick([TensorType.Int8, TensorType.Int16, TensorType.Int32, TensorType.Float32]);
                ModelTensor cast = b.Tensor("cast", shape, other);
                b.Operator(kind, [x], [cast], new OptionsTable(37, new FlatTableNode().Byte(0, (int)type).Byte(1, (int)other)));
                return cast;
            default: return b.Operator(kind, [x], shape, version: 2);
        }
    }

    private static ModelTensor Binary(ModelBuilder b, string kind, ModelTensor x, Pcg32 random)
    {
        int union = kind switch { "ADD" => 11, "SUB" => 28, "MUL" => 21, "DIV" => 29, "SQUARED_DIFFERENCE" => 66, _ => 39 };
        int[] shape = random.OneIn(3)
            ? random.Pick<int[]>([[1, 1, 1, x.Size(3)], [1, 1, 1, 1], [x.Size(0), 1, 1, x.Size(3)], [1, x.Size(1), x.Size(2), 1]]) : x.Shape;
        ModelTensor y = random.OneIn(6) ? x : b.Input("y", shape, x.Type, x.Quantization);
        ModelTensor[] operands = random.OneIn(2) ? [x, y] : [y, x];
        return b.Operator(kind, operands, x.Shape, new OptionsTable(union, new FlatTableNode()), version: 2, quantization: x.Quantization);
    }

    private static ModelTensor[] Copy(ModelBuilder b, string kind, Pcg32 random)
    {
        TensorType type = random.Pick([TensorType.Int8, TensorType.Float32, TensorType.Int16]);
        int leading = random.OneIn(5) ? 2 : 1, parts = random.Between(2, 4), rows = random.Between(1, 5), columns = random.Between(1, 6),
            channels = random.Between(1, 20);
        switch (kind)
        {
            case "RESHAPE":
                return [b.Reshape(b.Input("x", [rows, columns, channels], type, Scale(type)), rows * columns, channels)];
            case "SQUEEZE":
                return [b.Operator(kind, [b.Input("x", [1, rows, 1, channels], type, Scale(type))], [rows, channels],
                    new OptionsTable(30, new FlatTableNode().Int32s(0, [0, 2])))];
            case "EXPAND_DIMS":
                ModelTensor narrow = b.Input("x", [rows, columns], type, Scale(type));
                return [b.Operator(kind, [narrow, b.Int32s("axis", 0)], [1, rows, columns], new OptionsTable(52, new FlatTableNode()))];
            case "CONCATENATION":
                return [b.Concat(random.Pick([1, 1, -3, 2, 3]),
                    Enumerable.Range(0, parts).Select(i => b.Input($"x{i}", [leading, rows, columns, channels], type, Scale(type))).ToArray())];
            case "PACK":
                ModelTensor[] packed = Enumerable.Range(0, parts).Select(i => b.Input($"x{i}", [leading, rows, channels], type, Scale(type))).ToArray();
                return [b.Operator(kind, packed, [leading, parts, rows, channels], new OptionsTable(59, new FlatTableNode().Int32(0, parts).Int32(1, 1)),
                    version: 2)];
            case "SPLIT":
                return b.Split(b.Input("x", [leading, rows * parts, columns, channels], type, Scale(type)), random.Pick([1, -3]), parts);
            case "SPLIT_V":
                int[] sizes = Enumerable.Range(0, parts).Select(_ => random.Between(1, 4)).ToArray();
                ModelTensor whole = b.Input("x", [leading, sizes.Sum(), columns, channels], type, Scale(type));
                ModelTensor[] outputs = sizes.Select((size, i) => b.Tensor($"part{i}", [leading, size, columns, channels], type, Scale(type))).ToArray();
                b.Operator(kind, [whole, b.Int32s("sizes", sizes), b.Constant("axis", [1], TensorType.Int32, ModelData.Int32s(1))], outputs,
                    new OptionsTable(79, new FlatTableNode().Int32(0, parts)), version: 2);
                return outputs;
            case "UNPACK":
                ModelTensor stacked = b.Input("x", [leading, parts, columns, channels], type, Scale(type));
                ModelTensor[] layers = Enumerable.Range(0, parts).Select(i => b.Tensor($"layer{i}", [leading, columns, channels], type, Scale(type)))
                    .ToArray();
                b.Operator(kind, [stacked], layers, new OptionsTable(64, new FlatTableNode().Int32(0, parts).Int32(1, 1)), version: 2);
                return layers;
            default:
                int[] shape = [leading, rows + 3, columns + 2, channels], begin = shape.Select(size => random.Below(Math.Min(size, 3))).ToArray();
                int[] end = shape.Select((size, i) => random.Between(begin[i] + 1, size)).ToArray();
                ModelTensor x = b.Input("x", shape, type, Scale(type));
                if (kind == "STRIDED_SLICE")
                    return [b.StridedSlice(x, begin, end)];
                int[] size = end.Select((last, i) => last - begin[i]).ToArray();
                return [b.Operator(kind, [x, b.Int32s("begin", begin), b.Int32s("size", size)], size, new OptionsTable(48, new FlatTableNode()), version: 3)];
        }
    }

    private static TensorType Number(Pcg32 random) => random.Pick([TensorType.Int8, TensorType.Int8, TensorType.Int16, TensorType.Float32]);

    private static int Channels(Pcg32 random) => random.OneIn(12) ? random.Between(120, 130) : random.OneIn(6) ? 1 : random.Between(1, 17);

    private static int Bytes(TensorType type) => type.ElementBytes();

    private static Quantization? ScaleOf(TensorType type) => type switch
    {
        TensorType.Int8 => Quantization.Activation,
        TensorType.Int16 => new Quantization(1f / 4096, 0),
        _ => null,
    };

    private static Quantization Scale(TensorType type) => ScaleOf(type)!;
}
