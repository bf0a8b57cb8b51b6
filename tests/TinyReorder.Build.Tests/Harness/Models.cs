using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Harness;

/// <summary>Models that scenarios build.</summary>
public static class Models
{
    /// <summary>Two branches that widen before they narrow, written so that both are wide at once: another order needs about half.</summary>
    /// <param name="channels">What the branches widen to; 16 x 16 bytes for each.</param>
    public static byte[] Branched(int channels = 16)
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("audio", [1, 16, 16, 4]);
        ModelTensor left = model.Conv2D(input, filters: channels, kernel: 1), right = model.Conv2D(input, filters: channels, kernel: 1);
        ModelTensor narrowLeft = model.Conv2D(left, filters: 2, kernel: 1), narrowRight = model.Conv2D(right, filters: 2, kernel: 1);
        model.Output(model.Add(narrowLeft, narrowRight));
        return model.Build();
    }

    /// <summary>As many operators in a row.</summary>
    public static byte[] Chain(int operators)
    {
        var model = new ModelBuilder();
        ModelTensor last = model.Input("audio", [1, 16]);
        for (int i = 0; i < operators; i++)
            last = model.Relu(last);
        model.Output(last);
        return model.Build();
    }

    /// <summary>One whose wide tensors alone exceed what an STM32F103 has.</summary>
    public static byte[] TooWideForBluePill => Branched(channels: 128);

    /// <summary>One with an operator that no runtime profile knows.</summary>
    public static byte[] WithCustomOperator
    {
        get
        {
            var model = new ModelBuilder();
            ModelTensor input = model.Input("audio", [1, 64]), output = model.Tensor("filtered", [1, 64]);
            model.Custom("MyFilter", [input], [output], []);
            model.Output(output);
            return model.Build();
        }
    }
}
