using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Networks of plain convolutions with branches and concatenations.</summary>
internal static class ConvolutionNetworks
{
    /// <summary>Iandola et al. 2016, 224 x 224, float.</summary>
    public static ModelBuilder SqueezeNet()
    {
        ModelBuilder b = NetworkZoo.NewModel("squeezenet_10");
        ModelTensor x = b.Conv2D(b.Input("image", [1, 224, 224, 3], TensorType.Float32), filters: 96, kernel: 7, stride: 2, fused: Fused.Relu);
        x = b.MaxPool(x, kernel: 3, stride: 2, Padding.Valid);
        x = Fire(b, Fire(b, Fire(b, x, 16, 64), 16, 64), 32, 128);
        x = b.MaxPool(x, kernel: 3, stride: 2, Padding.Valid);
        x = Fire(b, Fire(b, Fire(b, Fire(b, x, 32, 128), 48, 192), 48, 192), 64, 256);
        x = b.MaxPool(x, kernel: 3, stride: 2, Padding.Valid);
        x = b.Conv2D(Fire(b, x, 64, 256), filters: 1000, fused: Fused.Relu);
        b.Output(b.Softmax(b.Reshape(b.GlobalAveragePool(x), 1, 1000)));
        return b;
    }

    /// <summary>Szegedy et al. 2015 (GoogLeNet), 224 x 224, int8.</summary>
    public static ModelBuilder InceptionV1()
    {
        ModelBuilder b = NetworkZoo.NewModel("inception_v1");
        ModelTensor x = b.Conv2D(b.Input("image", [1, 224, 224, 3]), filters: 64, kernel: 7, stride: 2, fused: Fused.Relu);
        x = b.MaxPool(x, kernel: 3, stride: 2);
        x = b.Conv2D(b.Conv2D(x, filters: 64, fused: Fused.Relu), filters: 192, kernel: 3, fused: Fused.Relu);
        x = b.MaxPool(x, kernel: 3, stride: 2);
        x = Inception(b, x, 64, 96, 128, 16, 32, 32);
        x = Inception(b, x, 128, 128, 192, 32, 96, 64);
        x = b.MaxPool(x, kernel: 3, stride: 2);
        x = Inception(b, x, 192, 96, 208, 16, 48, 64);
        x = Inception(b, x, 160, 112, 224, 24, 64, 64);
        x = Inception(b, x, 128, 128, 256, 24, 64, 64);
        x = Inception(b, x, 112, 144, 288, 32, 64, 64);
        x = Inception(b, x, 256, 160, 320, 32, 128, 128);
        x = b.MaxPool(x, kernel: 2, stride: 2);
        x = Inception(b, x, 256, 160, 320, 32, 128, 128);
        x = Inception(b, x, 384, 192, 384, 48, 128, 128);
        x = b.Conv2D(b.GlobalAveragePool(x), filters: 1001);
        b.Output(b.Softmax(b.Reshape(x, 1, 1001)));
        return b;
    }

    /// <summary>
    /// Huang et al. 2017, growth 32, 224 x 224, float; batch normalisation before a convolution cannot be folded into one and stays as MUL and ADD.
    /// </summary>
    public static ModelBuilder DenseNet121()
    {
        const int growth = 32;
        ModelBuilder b = NetworkZoo.NewModel("densenet_121");
        ModelTensor x = b.Conv2D(b.Input("image", [1, 224, 224, 3], TensorType.Float32), filters: 64, kernel: 7, stride: 2, fused: Fused.Relu);
        x = b.MaxPool(x, kernel: 3, stride: 2);
        foreach (int layers in new[] { 6, 12, 24, 16 })
        {
            for (int layer = 0; layer < layers; layer++)
            {
                ModelTensor bottleneck = b.Conv2D(Normalise(b, x), filters: 4 * growth, fused: Fused.Relu);
                x = b.Concat(3, x, b.Conv2D(bottleneck, filters: growth, kernel: 3));
            }
            x = Normalise(b, x);
            if (layers != 16)
                x = b.AveragePool(b.Conv2D(x, filters: x.Size(3) / 2), kernel: 2, stride: 2);
        }
        b.Output(b.Softmax(b.FullyConnected(b.Reshape(b.GlobalAveragePool(x), 1, x.Size(3)), units: 1000)));
        return b;
    }

    private static ModelTensor Normalise(ModelBuilder b, ModelTensor x)
    {
        ModelTensor scale = b.Constant("scale", [x.Size(3)], TensorType.Float32, new byte[16]),
            shift = b.Constant("shift", [x.Size(3)], TensorType.Float32, new byte[16]);
        return b.Add(b.Mul(x, scale), shift, Fused.Relu);
    }

    private static ModelTensor Fire(ModelBuilder b, ModelTensor x, int squeeze, int expand)
    {
        ModelTensor squeezed = b.Conv2D(x, filters: squeeze, fused: Fused.Relu);
        return b.Concat(3, b.Conv2D(squeezed, filters: expand, fused: Fused.Relu), b.Conv2D(squeezed, filters: expand, kernel: 3, fused: Fused.Relu));
    }

    private static ModelTensor Inception(ModelBuilder b, ModelTensor x, int direct, int reduce3, int filters3, int reduce5, int filters5, int pooled)
    {
        ModelTensor one = b.Conv2D(x, filters: direct, fused: Fused.Relu);
        ModelTensor three = b.Conv2D(b.Conv2D(x, filters: reduce3, fused: Fused.Relu), filters: filters3, kernel: 3, fused: Fused.Relu);
        ModelTensor five = b.Conv2D(b.Conv2D(x, filters: reduce5, fused: Fused.Relu), filters: filters5, kernel: 3, fused: Fused.Relu);
        ModelTensor pool = b.Conv2D(b.MaxPool(x, kernel: 3, stride: 1), filters: pooled, fused: Fused.Relu);
        return b.Concat(3, one, three, five, pool);
    }
}
