using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>NASNet-A mobile (Zoph et al. 2018), 4 @ 1056, 224 x 224, float, with the activations before convolutions as operators of their own.</summary>
internal static class NasNetMobile
{
    private const int CellsPerStage = 4, FirstFilters = 44;

    public static ModelBuilder Build()
    {
        ModelBuilder b = NetworkZoo.NewModel("nasnet_mobile");
        ModelTensor before = b.Conv2D(b.Input("image", [1, 224, 224, 3], TensorType.Float32), filters: 32, kernel: 3, stride: 2, Padding.Valid), x = before;
        (before, x) = (x, Reduction(b, x, before, FirstFilters / 4));
        (before, x) = (x, Reduction(b, x, before, FirstFilters / 2));
        for (int filters = FirstFilters; ; filters *= 2)
        {
            for (int cell = 0; cell < CellsPerStage; cell++)
                (before, x) = (x, Normal(b, x, before, filters));
            if (filters == 4 * FirstFilters)
                break;
            (before, x) = (x, Reduction(b, x, before, 2 * filters));
        }
        x = b.Reshape(b.GlobalAveragePool(b.Relu(x)), 1, x.Size(3));
        b.Output(b.Softmax(b.FullyConnected(x, units: 1000)));
        return b;
    }

    private static ModelTensor Normal(ModelBuilder b, ModelTensor input, ModelTensor previous, int filters)
    {
        ModelTensor p = Adjust(b, previous, input, filters), h = b.Conv2D(b.Relu(input), filters);
        return b.Concat(
            3,
            p,
            b.Add(Separable(b, h, filters, 5), Separable(b, p, filters, 3)),
            b.Add(Separable(b, p, filters, 5), Separable(b, p, filters, 3)),
            b.Add(b.AveragePool(h, 3, 1), p),
            b.Add(b.AveragePool(p, 3, 1), b.AveragePool(p, 3, 1)),
            b.Add(Separable(b, h, filters, 3), h));
    }

    private static ModelTensor Reduction(ModelBuilder b, ModelTensor input, ModelTensor previous, int filters)
    {
        ModelTensor p = Adjust(b, previous, input, filters), h = b.Conv2D(b.Relu(input), filters);
        ModelTensor first = b.Add(Separable(b, h, filters, 5, stride: 2), Separable(b, p, filters, 7, stride: 2));
        ModelTensor pooled = b.MaxPool(h, 3, 2);
        ModelTensor second = b.Add(pooled, Separable(b, p, filters, 7, stride: 2));
        ModelTensor third = b.Add(b.AveragePool(h, 3, 2), Separable(b, p, filters, 5, stride: 2));
        ModelTensor fourth = b.Add(b.AveragePool(first, 3, 1), second);
        ModelTensor fifth = b.Add(Separable(b, first, filters, 3), pooled);
        return b.Concat(3, second, third, fourth, fifth);
    }

    private static ModelTensor Separable(ModelBuilder b, ModelTensor x, int filters, int kernel, int stride = 1)
    {
        x = b.Conv2D(b.DepthwiseConv2D(b.Relu(x), kernel, stride), filters, fused: Fused.Relu);
        return b.Conv2D(b.DepthwiseConv2D(x, kernel), filters);
    }

    /// <summary>Gives the output of the cell before the last the size and the filters of this cell.</summary>
    private static ModelTensor Adjust(ModelBuilder b, ModelTensor previous, ModelTensor like, int filters)
    {
        ModelTensor x = b.Relu(previous);
        if (previous.Size(1) == like.Size(1))
            return previous.Size(3) == filters ? previous : b.Conv2D(x, filters);
        ModelTensor even = b.Conv2D(b.AveragePool(x, 1, 2), filters / 2);
        ModelTensor shifted = b.StridedSlice(b.Pad(x, (0, 0), (0, 1), (0, 1), (0, 0)), [0, 1, 1, 0], [1, x.Size(1) + 1, x.Size(2) + 1, x.Size(3)]);
        return b.Concat(3, even, b.Conv2D(b.AveragePool(shifted, 1, 2), filters - (filters / 2)));
    }
}
