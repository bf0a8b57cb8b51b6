namespace TinyReorder.Tests.Shared;

/// <summary>
/// Networks of Sudharsan et al. (2021), table 1, in topology and shapes, for benchmarks and comparisons. Weights are placeholders (<see cref="WeightSource.OnlyPlaceholders"/>):
/// no interpreter can run these models. EAST is left out: which of its many backbones the paper measured is not said, and none that is published has the peak it gives.
/// </summary>
public static class NetworkZoo
{
    /// <summary>
    /// The networks, the peak before reordering that table 1 gives in bytes, and the peak in their order here. They are equal but for NASNet-A: its published peak shows that the
    /// cells of the stem are interleaved in the measured file, in an order that is not published; here they stand one after the other.
    /// </summary>
    public static IReadOnlyList<ZooNetwork> Networks { get; } =
    [
        new("MobileNetV1 0.25 128", MobileNetworks.MobileNetV1, 98_304, 98_304),
        new("SqueezeNet 1.0", ConvolutionNetworks.SqueezeNet, 6_195_200, 6_195_200),
        new("Inception V1", ConvolutionNetworks.InceptionV1, 1_003_520, 1_003_520),
        new("MnasNet 0.5", MobileNetworks.MnasNet, 1_605_632, 1_605_632),
        new("NASNet-A mobile", NasNetMobile.Build, 4_511_660, 4_238_424),
        new("DenseNet-121", ConvolutionNetworks.DenseNet121, 8_429_568, 8_429_568),
        new("DeepLabv3 257", MobileNetworks.DeepLabV3, 5_639_592, 5_639_592),
        new("PoseNet 353x257 0.75", MobileNetworks.PoseNet, 6_575_904, 6_575_904),
    ];

    internal static ModelBuilder NewModel(string name)
    {
        var b = new ModelBuilder { Name = name };
        b.Weights.OnlyPlaceholders = true;
        return b;
    }
}
