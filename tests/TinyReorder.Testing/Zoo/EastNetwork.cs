namespace TinyReorder.Tests.Shared;

/// <summary>
/// EAST (Zhou et al. 2017) as github.com/argman/EAST wires it, 320 x 320, int8. The paper names neither backbone nor size nor type: they are chosen so that
/// the peak is the published one. The stages of this ResNet-50 stride in their last unit, so that the features of stride 4 are those right behind the first
/// pooling: they wait, 80 x 80 x 64, while the whole trunk runs.
/// </summary>
internal static class EastNetwork
{
    public static ModelBuilder Build()
    {
        ModelBuilder b = NetworkZoo.NewModel("east_resnet50_320");
        ModelTensor x = b.Conv2D(Pad(b, b.Input("image", [1, 320, 320, 3]), 3), filters: 64, kernel: 7, stride: 2, Padding.Valid, Fused.Relu);
        var features = new Stack<ModelTensor>();
        features.Push(x = b.MaxPool(x, kernel: 3, stride: 2));
        foreach ((int filters, int units, int lastStride) in new[] { (64, 3, 2), (128, 4, 2), (256, 6, 2), (512, 3, 1) })
        {
            for (int unit = 1; unit <= units; unit++)
                x = Bottleneck(b, x, filters, unit == units ? lastStride : 1);
            features.Push(x);
        }
        // The last two stages end at the same stride; of the four scales that are merged, the third stage's output is none.
        ModelTensor merged = features.Pop();
        features.Pop();
        foreach (int filters in new[] { 128, 64, 32 })
        {
            ModelTensor enlarged = b.ResizeBilinear(merged, 2 * merged.Size(1), 2 * merged.Size(2));
            merged = b.Conv2D(b.Concat(3, enlarged, features.Pop()), filters, fused: Fused.Relu);
            merged = b.Conv2D(merged, filters, kernel: 3, fused: Fused.Relu);
        }
        merged = b.Conv2D(merged, filters: 32, kernel: 3, fused: Fused.Relu);
        ModelTensor score = b.Logistic(b.Conv2D(merged, filters: 1));
        ModelTensor distances = b.Mul(b.Logistic(b.Conv2D(merged, filters: 4)), Scalar(b));
        ModelTensor angle = b.Mul(b.Add(b.Logistic(b.Conv2D(merged, filters: 1)), Scalar(b)), Scalar(b));
        b.Output(score, b.Concat(3, distances, angle));
        return b;
    }

    private static ModelTensor Bottleneck(ModelBuilder b, ModelTensor x, int filters, int stride)
    {
        ModelTensor shortcut = x.Size(3) != 4 * filters ? b.Conv2D(x, 4 * filters, stride: stride)
            : stride == 1 ? x
            : b.MaxPool(x, kernel: 1, stride);
        ModelTensor narrow = b.Conv2D(x, filters, fused: Fused.Relu);
        narrow = stride == 1
            ? b.Conv2D(narrow, filters, kernel: 3, fused: Fused.Relu)
            : b.Conv2D(Pad(b, narrow, 1), filters, kernel: 3, stride, Padding.Valid, Fused.Relu);
        return b.Add(shortcut, b.Conv2D(narrow, 4 * filters), Fused.Relu);
    }

    private static ModelTensor Pad(ModelBuilder b, ModelTensor x, int by) => b.Pad(x, (0, 0), (by, by), (by, by), (0, 0));

    private static ModelTensor Scalar(ModelBuilder b) => b.Constant("scalar", [1], TinyReorder.Tflite.TensorType.Int8, new byte[1], Quantization.Activation);
}
