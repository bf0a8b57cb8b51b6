using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>The simulator over ranges against loops that are run element by element.</summary>
public class LoopTrackerTests
{
    private const int Samples = 1500;

    [Theory]
    [InlineData("CONV_2D")]
    [InlineData("DEPTHWISE_CONV_2D")]
    public void The_simulator_agrees_with_every_single_read_and_write(string kind)
    {
        RuntimeProfile profile = RuntimeProfile.Find("reference");
        var random = new Pcg32(13);
        int safe = 0;
        for (int i = 0; i < Samples; i++)
        {
            bool mixes = kind == "CONV_2D";
            int kernel = random.Between(1, 3), stride = random.Between(1, 2), dilation = random.Between(1, 2), channels = random.Between(1, 4);
            int outputs = mixes ? random.Between(1, 5) : channels * random.Between(1, 3), least = ((kernel - 1) * dilation) + 1;
            (int Height, int Width, int Channels) input = (random.Between(least, 7), random.Between(least, 7), channels);
            Padding padding = random.OneIn(2) ? Padding.Same : Padding.Valid;
            var b = new ModelBuilder();
            ModelTensor x = b.Input("x", [1, input.Height, input.Width, channels], random.Pick([TensorType.Int8, TensorType.Float32]));
            b.Output(mixes
                ? b.Conv2D(x, outputs, kernel, stride, padding, Fused.None, dilation)
                : b.DepthwiseConv2D(x, kernel, stride, padding, Fused.None, outputs / channels, dilation));
            TfliteSubgraph subgraph = TfliteModel.Load(b.Build(), "m.tflite").Subgraphs[0];
            TfliteOperator operation = subgraph.Operators[0];
            int elementBytes = x.Type.ElementBytes(), around = (int)OverlapRules.SharesOf(profile, subgraph, operation, OverlapChoice.Diagonal)
                .Sum(share => share.DistanceBytes);

            for (int distance = around - 4; distance < around + 4; distance += random.Between(1, 3))
            {
                string? conflict = OverlapSimulator.FirstConflict(profile, subgraph, operation, operation.Inputs[0], operation.Outputs[0], 10_000 + distance,
                    10_000);
                bool isSafe = LoopTracker.Convolves(input, outputs, kernel, stride, dilation, padding, mixes, elementBytes, distance);
                Assert.Equal(isSafe, conflict is null);
                safe += isSafe ? 1 : 0;
            }
        }

        Assert.InRange(safe, Samples / 2, Samples * 3);
    }
}
