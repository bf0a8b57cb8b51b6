using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Networks of Sudharsan et al. (2021), table 1, in topology and shapes, for benchmarks and comparisons. Weights are placeholders
/// (<see cref="WeightSource.OnlyPlaceholders"/>): no interpreter can run these models. The paper does not say which backbone, size and type its EAST has;
/// <see cref="EastNetwork"/> was chosen by its peak.
/// </summary>
public static class NetworkZoo
{
    /// <summary>
    /// The networks, the peaks before and after reordering that table 1 gives in bytes, and the peak in their order here. First and last are equal but for
    /// NASNet-A: its published peak shows that the cells of the stem are interleaved in the measured file, in an order that is not published; here they stand
    /// one after the other.
    /// </summary>
    public static IReadOnlyList<ZooNetwork> Networks { get; } =
    [
        new("MobileNetV1 0.25 128", MobileNetworks.MobileNetV1, 98_304, 65_536, 98_304),
        new("SqueezeNet 1.0", ConvolutionNetworks.SqueezeNet, 6_195_200, 4_816_896, 6_195_200),
        new("Inception V1", ConvolutionNetworks.InceptionV1, 1_003_520, 802_816, 1_003_520),
        new("MnasNet 0.5", MobileNetworks.MnasNet, 1_605_632, 1_204_224, 1_605_632),
        new("NASNet-A mobile", NasNetMobile.Build, 4_511_660, 3_834_284, 4_238_424),
        new("DenseNet-121", ConvolutionNetworks.DenseNet121, 8_429_568, 5_221_264, 8_429_568),
        new("DeepLabv3 257", MobileNetworks.DeepLabV3, 5_639_592, 5_548_116, 5_639_592),
        new("PoseNet 353x257 0.75", MobileNetworks.PoseNet, 6_575_904, 4_383_936, 6_575_904),
        new("EAST ResNet-50 320", EastNetwork.Build, 5_324_800, 3_686_400, 5_324_800),
    ];

    /// <summary>The bytes of the widest row that an operator of <paramref name="model"/> writes: height is the first dimension behind the batch.</summary>
    internal static long WidestRowBytes(TfliteModel model) => model.Subgraphs[0].Operators
        .SelectMany(op => op.Outputs)
        .Select(t => model.Subgraphs[0].Tensors[t])
        .Where(tensor => tensor.Shape.Count == 4)
        .Max(tensor => tensor.Bytes / tensor.Shape[1]);

    internal static ModelBuilder NewModel(string name)
    {
        var b = new ModelBuilder { Name = name };
        b.Weights.OnlyPlaceholders = true;
        return b;
    }
}
