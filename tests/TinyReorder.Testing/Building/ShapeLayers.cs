using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Layers that gather, cut, move or reduce elements.</summary>
public static class ShapeLayers
{
    public static ModelTensor MaxPool(this SubgraphBuilder b, ModelTensor input, int kernel, int stride, Padding padding = Padding.Same) =>
        b.MaxPool(input, (kernel, kernel), (stride, stride), padding);

    public static ModelTensor MaxPool(this SubgraphBuilder b, ModelTensor input, (int Height, int Width) kernel, (int Height, int Width) stride,
        Padding padding = Padding.Same, Fused fused = Fused.None) => Pool(b, "MAX_POOL_2D", input, kernel, stride, padding, fused);

    public static ModelTensor AveragePool(this SubgraphBuilder b, ModelTensor input, int kernel, int stride, Padding padding = Padding.Same) =>
        b.AveragePool(input, (kernel, kernel), (stride, stride), padding);

    public static ModelTensor AveragePool(this SubgraphBuilder b, ModelTensor input, (int Height, int Width) kernel, (int Height, int Width) stride,
        Padding padding = Padding.Same, Fused fused = Fused.None) => Pool(b, "AVERAGE_POOL_2D", input, kernel, stride, padding, fused);

    /// <summary>The average over height and width, each of which becomes 1.</summary>
    public static ModelTensor GlobalAveragePool(this SubgraphBuilder b, ModelTensor input) =>
        b.AveragePool(input, (input.Size(1), input.Size(2)), (1, 1), Padding.Valid);

    /// <summary>The average over <paramref name="axes"/>.</summary>
    public static ModelTensor Mean(this SubgraphBuilder b, ModelTensor input, bool keepDimensions, params int[] axes)
    {
        int[] shape = input.Shape
            .Select((size, dimension) => axes.Contains(dimension) ? (keepDimensions ? 1 : -1) : size)
            .Where(size => size >= 0)
            .ToArray();
        ModelTensor axis = b.Int32s(b.NextName("MEAN") + "/axis", axes);
        return b.Operator("MEAN", [input, axis], shape, new OptionsTable(27, new FlatTableNode().Bool(0, keepDimensions)), version: 2);
    }

    public static ModelTensor Concat(this SubgraphBuilder b, int axis, params ModelTensor[] inputs)
    {
        int[] shape = (int[])inputs[0].Shape.Clone();
        int dimension = axis < 0 ? shape.Length + axis : axis;
        shape[dimension] = inputs.Sum(input => input.Size(dimension));
        return b.Operator("CONCATENATION", inputs, shape, new OptionsTable(10, new FlatTableNode().Int32(0, axis)), version: 2);
    }

    public static ModelTensor Reshape(this SubgraphBuilder b, ModelTensor input, params int[] shape)
    {
        ModelTensor newShape = b.Int32s(b.NextName("RESHAPE") + "/shape", shape);
        return b.Operator("RESHAPE", [input, newShape], shape, new OptionsTable(17, new FlatTableNode().Int32s(0, shape)));
    }

    /// <summary>Cuts into <paramref name="parts"/> equal pieces along <paramref name="axis"/>.</summary>
    public static ModelTensor[] Split(this SubgraphBuilder b, ModelTensor input, int axis, int parts)
    {
        string name = b.NextName("SPLIT");
        ModelTensor axisTensor = b.Constant(name + "/axis", [], TensorType.Int32, ModelData.Int32s(axis));
        int[] shape = (int[])input.Shape.Clone();
        int dimension = axis < 0 ? shape.Length + axis : axis;
        shape[dimension] /= parts;
        ModelTensor[] outputs = Enumerable.Range(0, parts).Select(part => b.Tensor($"{name}:{part}", shape, input.Type, input.Quantization)).ToArray();
        b.Operator("SPLIT", [axisTensor, input], outputs, new OptionsTable(35, new FlatTableNode().Int32(0, parts)), version: 2);
        return outputs;
    }

    /// <summary>Adds zeros: for each dimension before and behind.</summary>
    public static ModelTensor Pad(this SubgraphBuilder b, ModelTensor input, params (int Before, int Behind)[] paddings)
    {
        ModelTensor amounts = b.Constant(
            b.NextName("PAD") + "/paddings", [paddings.Length, 2], TensorType.Int32,
                ModelData.Int32s(paddings.SelectMany(padding => new[] { padding.Before, padding.Behind }).ToArray()));
        int[] shape = input.Shape.Select((size, dimension) => size + paddings[dimension].Before + paddings[dimension].Behind).ToArray();
        return b.Operator("PAD", [input, amounts], shape, new OptionsTable(22, new FlatTableNode()), version: 2);
    }

    /// <summary>The elements from <paramref name="begin"/> up to but without <paramref name="end"/>.</summary>
    public static ModelTensor StridedSlice(this SubgraphBuilder b, ModelTensor input, int[] begin, int[] end) =>
        b.StridedSlice(input, begin, end, begin.Select(_ => 1).ToArray());

    /// <summary>The same in steps above 0.</summary>
    public static ModelTensor StridedSlice(this SubgraphBuilder b, ModelTensor input, int[] begin, int[] end, int[] strides)
    {
        string name = b.NextName("STRIDED_SLICE");
        ModelTensor from = b.Int32s(name + "/begin", begin), to = b.Int32s(name + "/end", end), steps = b.Int32s(name + "/strides", strides);
        int[] shape = begin.Select((first, dimension) => (end[dimension] - first + strides[dimension] - 1) / strides[dimension]).ToArray();
        return b.Operator("STRIDED_SLICE", [input, from, to, steps], shape, new OptionsTable(32, new FlatTableNode()), version: 2);
    }

    public static ModelTensor Transpose(this SubgraphBuilder b, ModelTensor input, params int[] order)
    {
        ModelTensor permutation = b.Int32s(b.NextName("TRANSPOSE") + "/permutation", order);
        return b.Operator("TRANSPOSE", [input, permutation], order.Select(dimension => input.Size(dimension)).ToArray(),
            new OptionsTable(26, new FlatTableNode()), version: 2);
    }

    public static ModelTensor ResizeBilinear(this SubgraphBuilder b, ModelTensor input, int height, int width) =>
        Resize(b, "RESIZE_BILINEAR", 15, 2, input, height, width);

    public static ModelTensor ResizeNearestNeighbor(this SubgraphBuilder b, ModelTensor input, int height, int width) =>
        Resize(b, "RESIZE_NEAREST_NEIGHBOR", 74, 0, input, height, width);

    private static ModelTensor Resize(SubgraphBuilder b, string kind, int union, int alignCornersSlot, ModelTensor input, int height, int width)
    {
        ModelTensor size = b.Int32s(b.NextName(kind) + "/size", height, width);
        FlatTableNode options = new FlatTableNode().Bool(alignCornersSlot, false).Bool(alignCornersSlot + 1, true);
        return b.Operator(kind, [input, size], [input.Size(0), height, width, input.Size(3)], new OptionsTable(union, options), version: 2);
    }

    private static ModelTensor Pool(SubgraphBuilder b, string kind, ModelTensor input, (int Height, int Width) kernel, (int Height, int Width) stride,
        Padding padding, Fused fused)
    {
        int height = ConvolutionLayers.Sliding(input.Size(1), kernel.Height, stride.Height, padding),
            width = ConvolutionLayers.Sliding(input.Size(2), kernel.Width, stride.Width, padding);
        FlatTableNode options = new FlatTableNode()
            .Byte(0, (int)padding).Int32(1, stride.Width).Int32(2, stride.Height).Int32(3, kernel.Width).Int32(4, kernel.Height).Byte(5, (int)fused);
        return b.Operator(kind, [input], [input.Size(0), height, width, input.Size(3)], new OptionsTable(5, options), version: 2);
    }
}
