using TinyReorder.Optimization;
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

    private static long ArenaOf(TfliteModel model, string kernels, string maxWork, string maxFlash = "65536") => ModelOptimizer
        .Optimize(model, StreamRequests.Generous with { Kernels = kernels, MaxWork = maxWork, MaxFlash = maxFlash }).Arena.ArenaBytes;
}
