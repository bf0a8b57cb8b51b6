using TinyReorder.Graphs;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>Closed forms against the replayed loops of the kernels, over random shapes.</summary>
public class OverlapFormTests
{
    private const int Samples = 600;

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (string kind in SampleOperators.Images.Concat(SampleOperators.Elementwise).Concat(SampleOperators.Copies))
                kinds.Add("reference", kind);
            foreach (string kernels in (string[])["reference", "cmsis-nn-c", "cmsis-nn-dsp", "cmsis-nn-mve", "esp-nn"])
            {
                foreach (string kind in SampleOperators.Windows)
                    kinds.Add(kernels, kind);
            }
            foreach (string kernels in (string[])["cmsis-nn-c", "cmsis-nn-mve"])
            {
                foreach (string kind in (string[])["ADD", "MAXIMUM", "SOFTMAX", "PAD"])
                    kinds.Add(kernels, kind);
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_rule_allows_is_safe_where_the_kernels_loop_is_replayed(string kernels, string kind)
    {
        RuntimeProfile profile = RuntimeProfile.Find(kernels);
        var random = new Pcg32(7);
        int shared = 0;
        for (int i = 0; i < Samples; i++)
        {
            (TfliteSubgraph subgraph, TfliteOperator operation) = Load(kind, random);
            foreach (TensorShare share in OverlapRules.SharesOf(profile, subgraph, operation,
                random.OneIn(4) ? OverlapChoice.InPlace : OverlapChoice.Diagonal))
            {
                shared++;
                long more = share.IsExact ? 0 : random.Below(40);
                foreach (long distance in new[] { share.DistanceBytes, share.DistanceBytes + more })
                    Assert.Null(Conflict(profile, subgraph, operation, share, distance));
            }
        }

        Assert.True(shared > Samples / 20, $"only {shared} of {Samples} operators may share");
    }

    [Theory]
    [InlineData("reference", "CONV_2D", 1)]
    [InlineData("reference", "DEPTHWISE_CONV_2D", 1)]
    [InlineData("reference", "MAX_POOL_2D", 1)]
    [InlineData("reference", "AVERAGE_POOL_2D", 1)]
    [InlineData("reference", "PAD", 1)]
    [InlineData("esp-nn", "CONV_2D", 1)]
    [InlineData("esp-nn", "DEPTHWISE_CONV_2D", 1)]
    [InlineData("cmsis-nn-c", "DEPTHWISE_CONV_2D", 1)]
    public void Forms_by_element_are_tight(string kernels, string kind, int less)
    {
        RuntimeProfile profile = RuntimeProfile.Find(kernels);
        var random = new Pcg32(11);
        int tight = 0;
        for (int i = 0; i < Samples; i++)
        {
            (TfliteSubgraph subgraph, TfliteOperator operation) = Load(kind, random);
            foreach (TensorShare share in OverlapRules.SharesOf(profile, subgraph, operation, OverlapChoice.Diagonal).Where(share => share.DistanceBytes > 0))
            {
                tight++;
                Assert.NotNull(Conflict(profile, subgraph, operation, share, share.DistanceBytes - less));
            }
        }

        Assert.True(tight > Samples / 20, $"only {tight} of {Samples} operators have a distance");
    }

    private static (TfliteSubgraph Subgraph, TfliteOperator Operator) Load(string kind, Pcg32 random)
    {
        TfliteSubgraph subgraph = TfliteModel.Load(SampleOperators.Create(kind, random).Build(), "m.tflite").Subgraphs[0];
        return (subgraph, subgraph.Operators.Single());
    }

    private static string? Conflict(RuntimeProfile profile, TfliteSubgraph subgraph, TfliteOperator operation, TensorShare share, long distance) =>
        OverlapSimulator.FirstConflict(profile, subgraph, operation, share.Input, share.Output, 1_000_000 + distance, 1_000_000);
}
