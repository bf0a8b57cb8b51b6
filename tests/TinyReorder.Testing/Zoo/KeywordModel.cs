namespace TinyReorder.Tests.Shared;

/// <summary>
/// The keyword-spotting model of the samples: 49 frames of 10 MFCC in int8, 12 classes. A stem, a reduction block of three branches and two inception-like
/// blocks with residuals. The weights are random (fixed seed) and untrained: it shows what order and arena do, not what a microphone hears. Operators stand
/// level by level, as exporters write them, so all branches of a block are open at once; to finish one before the next begins takes more than a fifth less
/// memory. The stem's output alone is 23,520 bytes.
/// </summary>
public static class KeywordModel
{
    public const int Classes = 12;

    public static ModelBuilder Build()
    {
        var b = new ModelBuilder(seed: 2021) { Name = "keyword", Description = "TinyReorder sample: keyword spotting, untrained weights" };
        ModelTensor input = b.Input("mfcc", [1, 49, 10, 1], quantization: new Quantization(0.0625f, 0));
        ModelTensor stem = b.Conv2D(input, filters: 48, kernel: (10, 4), stride: (1, 1), fused: Fused.Relu);
        ModelTensor reduced = Reduction(b, stem);
        ModelTensor trunk = b.Conv2D(reduced, filters: 64, fused: Fused.Relu);
        for (int block = 0; block < 2; block++)
            trunk = Inception(b, trunk);
        ModelTensor pooled = b.Reshape(b.GlobalAveragePool(trunk), 1, 64);
        b.Output(b.Softmax(b.FullyConnected(pooled, Classes)));
        return b;
    }

    private static ModelTensor Reduction(ModelBuilder b, ModelTensor stem)
    {
        ModelTensor pooled = b.MaxPool(stem, kernel: 3, stride: 2);
        ModelTensor left = b.Conv2D(stem, filters: 24, fused: Fused.Relu);
        ModelTensor right = b.Conv2D(stem, filters: 24, fused: Fused.Relu);
        left = b.DepthwiseConv2D(left, kernel: 3, stride: 2);
        right = b.DepthwiseConv2D(right, kernel: 5, stride: 2);
        return b.Concat(3, pooled, left, right);
    }

    private static ModelTensor Inception(ModelBuilder b, ModelTensor trunk)
    {
        ModelTensor direct = b.Conv2D(trunk, filters: 16, fused: Fused.Relu);
        ModelTensor small = b.Conv2D(trunk, filters: 32, fused: Fused.Relu);
        ModelTensor large = b.Conv2D(trunk, filters: 16, fused: Fused.Relu);
        ModelTensor pooled = b.AveragePool(trunk, kernel: 3, stride: 1);
        small = b.DepthwiseConv2D(small, kernel: 3, fused: Fused.Relu);
        large = b.Conv2D(large, filters: 16, kernel: 3, fused: Fused.Relu);
        pooled = b.Conv2D(pooled, filters: 16, fused: Fused.Relu);
        small = b.Conv2D(small, filters: 16);
        return b.Add(b.Concat(3, direct, small, large, pooled), trunk, Fused.Relu);
    }
}
