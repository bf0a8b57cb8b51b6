using TinyReorder.Graphs;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Who allows more work or flash than by default never gets a larger arena for it.</summary>
public class WorkLimitTests
{
    [Fact]
    public void More_work_is_never_a_larger_arena()
    {
        int smaller = 0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var model = TfliteModel.Load(BuiltModels.Streamable(seed, (int)(24 + (8 * seed))).Build(), $"streamable {seed}");
            long byDefault = ArenaOf(model, "reference", "1.1");
            foreach (string work in new[] { "1.2", "1.5" })
            {
                long more = ArenaOf(model, "reference", work);
                Assert.InRange(more, 1, byDefault);
                smaller += more < byDefault ? 1 : 0;
            }
        }
        Assert.NotEqual(0, smaller);
    }

    /// <summary>Its search goes other ways with more work, and ended 1,200 B higher there.</summary>
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void More_work_is_no_larger_arena_for_a_shared_model()
    {
        TfliteModel model = SharedModels.Load("nxp_shufflenetv2.tflite");

        Assert.InRange(ArenaOf(model, "cmsis-nn-dsp", "1.25"), 1, 208_320);
    }

    /// <summary>With a little more flash its search ended 224 B higher.</summary>
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void More_flash_is_no_larger_arena_for_a_shared_model()
    {
        TfliteModel model = SharedModels.Load("tflm_person_detect.tflite");
        long byDefault = ArenaOf(model, "reference", "1.1", "8192");

        Assert.InRange(ArenaOf(model, "reference", "1.1", "8600"), 1, byDefault);
    }

    /// <summary>
    /// CMSIS-NN sums the weights of a 1x1 convolution in each call. Where only multiplications are counted, that shows nowhere, so
    /// no loop has few pixels a call.
    /// </summary>
    [Fact]
    public void Without_rates_a_product_of_matrices_sees_many_pixels_in_each_call()
    {
        var b = new ModelBuilder(5);
        b.Output(b.DepthwiseConv2D(b.Conv2D(b.Conv2D(b.Input("x", [1, 64, 16, 1]), 24, 3), 24, 1), 3, 2));
        var model = TfliteModel.Load(b.Build(), "narrow");
        var heights = new StepHeights(model.Subgraphs[0], new ModelGraphs(model, keepsInputs: false).Of(0, GraphSizing.Plain), 16);
        int[] RowsATurn(bool sumsWeights)
        {
            var candidates = new StreamCandidates(
                model, heights, OverlapChoice.None, [1, 1, 1], countsInstructions: false, Dilations.None, inBands: false, sumsWeights);
            return [.. Enumerable.Range(1, 4).Where(rows => candidates.Find(0, 2, rows, isDilated: false, TurnForm.Carried) is not null)];
        }

        // A row of the output takes two of the convolution's, of 16 pixels each; its 32 rows are no multiple of three.
        Assert.Equal([1, 2, 4], RowsATurn(sumsWeights: false));
        Assert.Equal([2, 4], RowsATurn(sumsWeights: true));
    }

    private static long ArenaOf(TfliteModel model, string kernels, string maxWork, string maxFlash = "65536") => ModelOptimizer
        .Optimize(model, StreamRequests.Generous with { Kernels = kernels, MaxWork = maxWork, MaxFlash = maxFlash }).Arena.ArenaBytes;
}
