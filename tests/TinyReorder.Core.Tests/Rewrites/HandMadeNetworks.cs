using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Small networks, each with one thing that a loop over rows could get wrong.</summary>
internal static class HandMadeNetworks
{
    /// <summary>Each with the kind of operator that has to be in some region of it.</summary>
    public static IReadOnlyDictionary<string, (string Kind, Func<ModelBuilder> Build)> All { get; } =
        new Dictionary<string, (string, Func<ModelBuilder>)>(StringComparer.Ordinal)
        {
            ["one row"] = ("CONV_2D", () => Chain([1, 1, 9, 3], (b, x) => b.DepthwiseConv2D(b.Conv2D(x, 4, (1, 3), (1, 1)), (1, 3), (1, 1)))),
            ["one row in steps"] = ("CONV_2D", () => Chain([1, 1, 17, 2], (b, x) => b.Conv2D(b.Conv2D(x, 3, (1, 4), (1, 2)), 2, (1, 3), (1, 1)))),
            ["one row with padding above"] = ("DEPTHWISE_CONV_2D", () => Chain([1, 1, 17, 2],
                (b, x) => b.Conv2D(b.DepthwiseConv2D(b.DepthwiseConv2D(x, (1, 3), (1, 1)), (1, 5), (1, 1)), 2, (3, 3), (1, 1)))),
            ["nothing beside"] = ("CONV_2D", Nothing),
            ["one column"] = ("DEPTHWISE_CONV_2D", () => Chain([1, 9, 1, 3], (b, x) => b.DepthwiseConv2D(b.Conv2D(x, 4, 3), 3))),
            ["one channel"] = ("CONV_2D", () => Chain([1, 10, 7, 1], (b, x) => b.Conv2D(b.Conv2D(b.Conv2D(x, 1, 3), 1, 3), 1, 3))),
            ["one channel in one row"] = ("CONV_2D", () => Chain([1, 1, 12, 1], (b, x) => b.Conv2D(b.Conv2D(x, 1, (1, 3), (1, 1)), 1, (1, 5), (1, 1)))),
            ["odd sizes in steps"] = ("CONV_2D", () => Chain([1, 15, 13, 2],
                (b, x) => b.DepthwiseConv2D(b.Conv2D(b.Conv2D(x, 4, 3, 2), 3, 3, 2), 3))),
            ["even sizes in steps"] = ("DEPTHWISE_CONV_2D", () => Chain([1, 16, 14, 2],
                (b, x) => b.Conv2D(b.DepthwiseConv2D(b.Conv2D(x, 4, 3, 2), 3, 2), 3, 1))),
            ["no padding"] = ("CONV_2D", () => Chain([1, 14, 9, 2],
                (b, x) => b.Conv2D(b.DepthwiseConv2D(x, 3, 1, Padding.Valid), 3, 3, 2, Padding.Valid, Fused.Relu6))),
            ["explicit padding"] = ("PAD", () => Chain([1, 11, 8, 3],
                (b, x) => b.Conv2D(b.Pad(b.Conv2D(x, 2, 1), (0, 0), (1, 2), (2, 1), (0, 0)), 3, 3, 2, Padding.Valid))),
            ["padding of the input"] = ("PAD", () => Chain([1, 11, 8, 3],
                (b, x) => b.Conv2D(b.Pad(x, (0, 0), (2, 1), (0, 3), (0, 0)), 3, (4, 3), (1, 2), Padding.Valid))),
            ["dilation"] = ("CONV_2D", () => Chain([1, 16, 9, 2],
                (b, x) => b.Conv2D(b.Conv2D(x, 3, 3, dilation: 2), 2, 3, padding: Padding.Valid, dilation: 3))),
            ["pools"] = ("MAX_POOL_2D", () => Chain([1, 16, 6, 2],
                (b, x) => b.AveragePool(b.MaxPool(b.Conv2D(x, 3, 3), 2, 2, Padding.Valid), 2, 1, Padding.Valid))),
            ["pools with padding"] = ("AVERAGE_POOL_2D", () => Chain([1, 15, 6, 2],
                (b, x) => b.AveragePool(b.MaxPool(b.Conv2D(x, 3, 3), 3, 2, Padding.Same), 3, 1, Padding.Same))),
            ["a pool of one row with padding"] = ("MAX_POOL_2D", () => Chain([1, 1, 19, 2],
                (b, x) => b.Conv2D(b.MaxPool(x, (1, 4), (1, 2), Padding.Same), 3, (1, 3), (1, 1)))),
            ["rows that are taken out"] = ("STRIDED_SLICE", () => Chain([1, 16, 7, 2],
                (b, x) => b.Conv2D(b.StridedSlice(b.Conv2D(x, 3, 3), [0, 1, 1, 0], [1, 16, 7, 3], [1, 2, 3, 1]), 2, 3))),
            ["rows taken from the input"] = ("STRIDED_SLICE", () => Chain([1, 17, 7, 4],
                (b, x) => b.Conv2D(b.StridedSlice(x, [0, 2, 0, 1], [1, 15, 7, 3], [1, 1, 1, 1]), 2, 3, 2))),
            ["every fourth pixel"] = ("STRIDED_SLICE", Fourths),
            ["residual"] = ("ADD", Residual),
            ["residual with an input from outside"] = ("ADD", Outside),
            ["two outputs"] = ("CONV_2D", TwoOutputs),
            ["an output that is read inside"] = ("CONV_2D", ReadInside),
            ["concatenation"] = ("CONCATENATION", Concatenation),
            ["enlarged rows"] = ("RESIZE_NEAREST_NEIGHBOR", () => Chain([1, 8, 5, 2], (b, x) => b.Conv2D(Enlarged(b, b.Conv2D(x, 3, 3), 2), 2, 3))),
            ["enlarged input"] = ("RESIZE_NEAREST_NEIGHBOR", () => Chain([1, 8, 5, 2], (b, x) => b.Conv2D(Enlarged(b, x, 2), 2, 3))),
            ["enlarged thrice and in steps"] = ("RESIZE_NEAREST_NEIGHBOR",
                () => Chain([1, 6, 5, 2], (b, x) => b.Conv2D(Enlarged(b, b.Conv2D(x, 2, 3), 3), 2, 3, 2))),
            ["factors from outside"] = ("MUL", () => Factors(isPooledBefore: true)),
            ["factors that are made of all rows"] = ("MUL", () => Factors(isPooledBefore: false)),
            ["several channels of one"] = ("DEPTHWISE_CONV_2D", () => Chain([1, 10, 6, 2],
                (b, x) => b.Conv2D(b.DepthwiseConv2D(x, 3, multiplier: 3), 2, 3, 2))),
            ["other scales"] = ("QUANTIZE", () => Chain([1, 10, 6, 2],
                (b, x) => b.Conv2D(b.Relu(b.Quantize(b.Conv2D(x, 3, 3), quantization: new Quantization(0.11f, 17))), 2, 3))),
        };

    private static ModelBuilder Chain(int[] shape, Func<ModelBuilder, ModelTensor, ModelTensor> layers)
    {
        var b = new ModelBuilder(7);
        b.Output(layers(b, b.Input("x", shape, TensorType.Int8, new Quantization(0.05f, 3))));
        return b;
    }

    /// <summary>Space to depth, as networks that begin with a focus layer have it.</summary>
    private static ModelBuilder Fourths() => Chain([1, 16, 12, 2], (b, x) =>
    {
        ModelTensor[] fourths = [.. new[] { (0, 0), (1, 0), (0, 1), (1, 1) }
            .Select(from => b.StridedSlice(x, [0, from.Item1, from.Item2, 0], [1, 16, 12, 2], [1, 2, 2, 1]))];
        return b.Conv2D(b.Conv2D(b.Concat(3, fourths), 4, 3), 3, 3);
    });

    private static ModelBuilder Residual() => Chain([1, 9, 7, 3], (b, x) =>
    {
        ModelTensor y = b.Conv2D(x, 3, 3);
        return b.Add(b.Conv2D(b.Conv2D(y, 2, 3), 3, 3), y, Fused.Relu);
    });

    private static ModelBuilder Outside()
    {
        var b = new ModelBuilder(8);
        ModelTensor x = b.Input("x", [1, 9, 7, 3]), y = b.Input("y", [1, 9, 7, 3]);
        b.Output(b.Add(y, b.Conv2D(b.DepthwiseConv2D(x, 3), 3, 5)));
        return b;
    }

    private static ModelBuilder TwoOutputs()
    {
        var b = new ModelBuilder(9);
        ModelTensor y = b.Conv2D(b.Input("x", [1, 12, 7, 3]), 4, 3);
        b.Output(b.Conv2D(y, 2, 5), b.DepthwiseConv2D(y, 3, 2));
        return b;
    }

    private static ModelBuilder ReadInside()
    {
        var b = new ModelBuilder(10);
        ModelTensor y = b.Conv2D(b.Input("x", [1, 12, 7, 3]), 4, 3);
        b.Output(y, b.Relu(b.Conv2D(y, 2, 1)));
        return b;
    }

    /// <summary>An operator outside of all regions makes a tensor without elements.</summary>
    private static ModelBuilder Nothing()
    {
        var b = new ModelBuilder(11);
        ModelTensor y = b.Conv2D(b.Conv2D(b.Input("x", [1, 12, 7, 3]), 4, 3), 2, 3);
        b.Output(y, b.StridedSlice(y, [0, 0, 3, 0], [1, 12, 3, 2]));
        return b;
    }

    private static ModelBuilder Concatenation() => Chain([1, 12, 7, 3], (b, x) =>
    {
        ModelTensor y = b.Conv2D(x, 4, 1);
        return b.Conv2D(b.Concat(3, b.Conv2D(y, 2, 5), y, b.DepthwiseConv2D(y, 3)), 3, 3, 2);
    });

    private static ModelBuilder Factors(bool isPooledBefore) => Chain([1, 12, 7, 3], (b, x) =>
    {
        ModelTensor y = isPooledBefore ? x : b.Conv2D(x, 3, 3);
        ModelTensor factors = b.Logistic(b.Conv2D(b.GlobalAveragePool(y), 3, 1));
        return b.Conv2D(b.Mul(y, factors), 4, 3);
    });

    /// <summary>Each row and column several times; corners and centers count as in the oldest version of the operator.</summary>
    private static ModelTensor Enlarged(ModelBuilder b, ModelTensor x, int times)
    {
        int height = x.Size(1) * times, width = x.Size(2) * times;
        return b.Operator("RESIZE_NEAREST_NEIGHBOR", [x, b.Int32s(b.NextName("size"), height, width)], [1, height, width, x.Size(3)],
            new OptionsTable(74, new FlatTableNode()), version: 2);
    }
}
