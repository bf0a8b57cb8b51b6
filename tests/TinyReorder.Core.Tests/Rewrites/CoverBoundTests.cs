using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Rewrites;

/// <summary>What is said to be below every choice of regions is below all of them that can be planned.</summary>
public class CoverBoundTests(ITestOutputHelper output)
{
    private const int RegionsOfNetwork = 40, Networks = 8;

    [Theory]
    [InlineData("diagonal", 1_024)] // The image of 32 x 32, over which the 8 x 8 x 4 of the output may lie.
    [InlineData("in-place", 1_280)]
    [InlineData("none", 1_280)]
    public void A_region_over_the_whole_model_holds_input_and_output(string overlap, long bytes) =>
        Assert.Equal(bytes, BoundOf(TfliteModel.Load(BuiltModels.Streamable().Build(), "streamable"), overlap));

    [Fact]
    public void No_plan_of_a_region_is_below_the_bound()
    {
        int planned = 0, met = 0;
        IEnumerable<TfliteModel> models = HandMadeNetworks.All.Select(pair => TfliteModel.Load(pair.Value.Build().Build(), pair.Key))
            .Concat(Enumerable.Range(1, Networks).Select(seed => TfliteModel.Load(RandomNetworks.Create((ulong)seed, TensorType.Int8), $"random {seed}")));
        foreach (TfliteModel model in models.Where(StreamSearch.CanSearch))
        {
            var random = new Pcg32((ulong)model.Bytes.Length);
            long? diagonal = BoundOf(model, "diagonal"), none = BoundOf(model, "none");
            List<(Region Region, RowSchedule Schedule)> regions = [.. StreamableRegions.Of(model), .. StreamableRegions.InBands(model, 16)];
            random.Shuffle(regions);
            foreach ((Region, RowSchedule) region in regions.Take(RegionsOfNetwork))
            {
                bool isDiagonal = random.OneIn(2);
                if (PlannedStream.Find(Rewriter.Stream(model, [region]), isDiagonal ? OverlapChoice.Diagonal : OverlapChoice.None) is not { } plan)
                    continue;
                long bound = (isDiagonal ? diagonal : none)!.Value;
                Assert.InRange(plan.Plan.HeightBytes, bound, long.MaxValue);
                planned++;
                met += plan.Plan.HeightBytes == bound ? 1 : 0;
            }
        }
        output.WriteLine($"{planned} plans, {met} of them at the bound");
        Assert.True(planned > 300 && met > 0, "there is little to see");
    }

    private static long? BoundOf(TfliteModel model, string overlap)
    {
        PlanningSettings settings = OptimizationSettings.Resolve(new OptimizationRequest { Kernels = "reference", Overlap = overlap }).Planning;
        return new StreamSearch(model, settings, new RewriteSettings(RewriteChoice.Stream, 1.1, 65_536)).LowerBoundBytes;
    }
}
