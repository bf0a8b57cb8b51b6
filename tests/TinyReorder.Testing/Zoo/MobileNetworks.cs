using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Networks of depthwise separable convolutions and inverted bottlenecks.</summary>
internal static class MobileNetworks
{
    private static readonly (int Stride, int Filters)[] MobileNetV1Blocks =
        [(1, 64), (2, 128), (1, 128), (2, 256), (1, 256), (2, 512), (1, 512), (1, 512), (1, 512), (1, 512), (1, 512), (2, 1024), (1, 1024)];

    /// <summary>Howard et al. 2017, width 0.25, 128 x 128, int8.</summary>
    public static ModelBuilder MobileNetV1()
    {
        ModelBuilder b = NetworkZoo.NewModel("mobilenet_v1_025_128");
        ModelTensor x = SeparableTrunk(b, b.Input("image", [1, 128, 128, 3]), width: 0.25, mostStrides: 5);
        x = b.Conv2D(b.GlobalAveragePool(x), filters: 1001);
        b.Output(b.Softmax(b.Reshape(x, 1, 1001)));
        return b;
    }

    /// <summary>Papandreou et al. 2018 on MobileNetV1, width 0.75, output stride 16, float.</summary>
    public static ModelBuilder PoseNet()
    {
        ModelBuilder b = NetworkZoo.NewModel("posenet_353_257_075");
        ModelTensor x = SeparableTrunk(b, b.Input("image", [1, 353, 257, 3], TensorType.Float32), width: 0.75, mostStrides: 4);
        b.Output(b.Conv2D(x, filters: 17), b.Conv2D(x, filters: 34), b.Conv2D(x, filters: 32), b.Conv2D(x, filters: 32));
        return b;
    }

    /// <summary>Tan et al. 2019, MnasNet-B1, width 0.5, 224 x 224, float.</summary>
    public static ModelBuilder MnasNet()
    {
        ModelBuilder b = NetworkZoo.NewModel("mnasnet_05_224");
        ModelTensor x = b.Conv2D(b.Input("image", [1, 224, 224, 3], TensorType.Float32), filters: 16, kernel: 3, stride: 2, fused: Fused.Relu);
        x = b.Conv2D(b.DepthwiseConv2D(x, kernel: 3, fused: Fused.Relu), filters: 8);
        foreach ((int expansion, int filters, int repeats, int stride, int kernel) in new[] { (3, 16, 3, 2, 3), (3, 24, 3, 2, 5), (6, 40, 3, 2, 5),
            (6, 48, 2, 1, 3), (6, 96, 4, 2, 5), (6, 160, 1, 1, 3) })
        {
            for (int i = 0; i < repeats; i++)
                x = Bottleneck(b, x, expansion, filters, kernel, i == 0 ? stride : 1);
        }
        x = b.GlobalAveragePool(b.Conv2D(x, filters: 1280, fused: Fused.Relu));
        b.Output(b.Softmax(b.FullyConnected(b.Reshape(x, 1, 1280), units: 1000)));
        return b;
    }

    /// <summary>Chen et al. 2017 on MobileNetV2, width 0.5, 257 x 257, 21 classes, float.</summary>
    public static ModelBuilder DeepLabV3()
    {
        ModelBuilder b = NetworkZoo.NewModel("deeplabv3_257");
        ModelTensor x = b.Conv2D(b.Input("image", [1, 257, 257, 3], TensorType.Float32), filters: 16, kernel: 3, stride: 2, fused: Fused.Relu6);
        x = b.Conv2D(b.DepthwiseConv2D(x, kernel: 3, fused: Fused.Relu6), filters: 8);
        foreach ((int filters, int repeats, int stride, int dilation) in new[] { (12, 2, 2, 1), (16, 3, 2, 1), (32, 1, 1, 1), (32, 3, 1, 2), (48, 3, 1, 2),
            (80, 1, 1, 2), (80, 2, 1, 4), (160, 1, 1, 4) })
        {
            for (int i = 0; i < repeats; i++)
                x = Bottleneck(b, x, expansion: 6, filters, kernel: 3, i == 0 ? stride : 1, dilation);
        }
        ModelTensor image = b.ResizeBilinear(b.Conv2D(b.GlobalAveragePool(x), filters: 256, fused: Fused.Relu), 33, 33);
        ModelTensor local = b.Conv2D(x, filters: 256, fused: Fused.Relu);
        x = b.Conv2D(b.Concat(3, image, local), filters: 256, fused: Fused.Relu);
        x = b.ResizeBilinear(b.Conv2D(x, filters: 21), 33, 33);
        b.Output(b.ResizeBilinear(x, 257, 257));
        return b;
    }

    private static ModelTensor SeparableTrunk(ModelBuilder b, ModelTensor image, double width, int mostStrides)
    {
        ModelTensor x = b.Conv2D(image, filters: (int)(32 * width), kernel: 3, stride: 2, fused: Fused.Relu6);
        int strides = 1, dilation = 1;
        foreach ((int stride, int filters) in MobileNetV1Blocks)
        {
            // Where the output stride is bounded, dilation takes the place of further strides.
            bool strided = stride == 2 && strides < mostStrides;
            strides += strided ? 1 : 0;
            x = b.DepthwiseConv2D(x, kernel: 3, stride: strided ? 2 : 1, fused: Fused.Relu6, dilation: dilation);
            dilation *= stride == 2 && !strided ? 2 : 1;
            x = b.Conv2D(x, filters: (int)(filters * width), fused: Fused.Relu6);
        }
        return x;
    }

    private static ModelTensor Bottleneck(ModelBuilder b, ModelTensor x, int expansion, int filters, int kernel, int stride, int dilation = 1)
    {
        ModelTensor wide = b.Conv2D(x, filters: expansion * x.Size(3), fused: Fused.Relu6);
        ModelTensor narrow = b.Conv2D(b.DepthwiseConv2D(wide, kernel, stride, fused: Fused.Relu6, dilation: dilation), filters);
        return stride == 1 && x.Size(3) == filters ? b.Add(narrow, x) : narrow;
    }
}
