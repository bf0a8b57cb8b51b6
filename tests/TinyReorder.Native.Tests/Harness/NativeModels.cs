using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Harness;

/// <summary>Small models for builds.</summary>
public static class NativeModels
{
    /// <summary>Two wide branches, which the file opens both before it closes one; fits an STM32F103 with few <paramref name="channels"/>.</summary>
    public static byte[] Branched(int channels = 8)
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("input", [1, 8, 8, 4]);
        ModelTensor left = model.Conv2D(input, filters: channels, kernel: 3), right = model.Conv2D(input, filters: channels, kernel: 3);
        ModelTensor narrowLeft = model.MaxPool(left, kernel: 4, stride: 4), narrowRight = model.MaxPool(right, kernel: 4, stride: 4);
        model.Output(model.Add(narrowLeft, narrowRight));
        return model.Build();
    }

    /// <summary>The model of the samples.</summary>
    public static byte[] Keyword => File.ReadAllBytes(RepositoryFiles.PathOf("samples", "models", "keyword.tflite"));
}
