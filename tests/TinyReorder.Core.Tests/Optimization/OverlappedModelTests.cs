using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>What sharing of memory gives on real models; that answers stay the same on the interpreter is recorded in docs/overlap.md.</summary>
public class OverlappedModelTests
{
    private static readonly string[] Overlaps = ["none", "in-place", "diagonal"];

    /// <summary>Ceilings are what a plan by hand with row-safe distances has reached on the interpreter.</summary>
    [SkippableTheory]
    [InlineData("mlperf_kws.tflite", null, "reference", 11_904, 18_688)]
    [InlineData("mlperf_resnet8.tflite", null, "reference", 33_792, 39_000)]
    [InlineData("mlperf_resnet8.tflite", null, "cmsis-nn", 33_792, 39_700)]
    [InlineData("mobilenet_v1_025_128.tflite", "none", "reference", 66_560, 66_560)]
    public void Diagonal_overlap_reaches_what_was_measured(string name, string? runtime, string kernels, long mostPlanned, long mostArena)
    {
        ArenaResult arena = ModelOptimizer.Optimize(SharedModels.Load(name),
            new OptimizationRequest { Runtime = runtime, Kernels = kernels, Overlap = "diagonal" }).Arena;
        Assert.Equal(OverlapChoice.Diagonal, arena.Overlap);
        Assert.InRange(arena.PlannedBytes, 1, mostPlanned);
        Assert.InRange(arena.ArenaBytes, 1, mostArena);
    }

    [SkippableFact]
    public void A_model_that_misses_its_board_is_told_which_settings_would_fit()
    {
        TfliteModel model = SharedModels.Load("mlperf_kws.tflite");
        OptimizationResult byDefault = ModelOptimizer.Optimize(model, new OptimizationRequest { Board = "stm32f103" });
        Assert.Contains("Kernels=\"reference\" and Overlap=\"diagonal\" would fit",
            Assert.Single(byDefault.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram).Message);

        OptimizationResult diagonal = ModelOptimizer.Optimize(model, new OptimizationRequest { Board = "stm32f103", Overlap = "diagonal" });
        Assert.False(diagonal.Succeeded);

        OptimizationResult reference = ModelOptimizer.Optimize(model,
            new OptimizationRequest { Board = "stm32f103", Overlap = "diagonal", Kernels = "reference" });
        Assert.True(reference.Succeeded);
        Assert.True(reference.Board!.Fits);
    }

    [SkippableFact]
    public void A_model_that_misses_its_board_is_told_that_streaming_would_fit_and_at_what_cost()
    {
        TfliteModel model = SharedModels.Load("mlperf_kws.tflite");
        var request = new OptimizationRequest { Board = "stm32f103", Overlap = "diagonal" };
        string told = Assert.Single(ModelOptimizer.Optimize(model, request).Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram).Message;
        Assert.Matches(@"Rewrite=""stream""( and MaxFlash=""\d+"")? would fit: the arena is then [\d,]+ B, for 1\.\d\d times the predicted work and "
            + @"[\d,]+ B of flash\.", told);

        OptimizationResult streamed = ModelOptimizer.Optimize(model, request with { Rewrite = "stream", MaxFlash = "65536" });
        Assert.True(streamed.Board!.Fits);
        Assert.True(streamed.Rewrite!.WorkRatio <= 1.1);
        OptimizationResult tight = ModelOptimizer.Optimize(model, request with { MaxWork = "1" });
        Assert.DoesNotContain(tight.Diagnostics, diagnostic => diagnostic.Message.Contains("Rewrite=", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(SharedModels.LongNames), MemberType = typeof(SharedModels))]
    [Trait("Category", "Slow")]
    public void No_model_of_long_searches_gets_worse_with_overlap(string name) => No_model_gets_worse_with_overlap(name);

    [SkippableTheory]
    [MemberData(nameof(SharedModels.QuickNames), MemberType = typeof(SharedModels))]
    public void No_model_gets_worse_with_overlap(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        Skip.If(model.Subgraphs.Count == 0, "it has no subgraphs");
        foreach (string kernels in new[] { "reference", "cmsis-nn-c", "esp-nn" })
        {
            ArenaResult[] arenas = Overlaps
                .Select(overlap => ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = kernels, Overlap = overlap }).Arena)
                .ToArray();
            Assert.True(arenas[1].ArenaBytes <= arenas[0].ArenaBytes, $"{kernels}: {arenas[1].ArenaBytes} in place, {arenas[0].ArenaBytes} without");
            Assert.True(arenas[2].ArenaBytes <= arenas[1].ArenaBytes, $"{kernels}: {arenas[2].ArenaBytes} diagonal, {arenas[1].ArenaBytes} in place");
        }
    }

    [SkippableFact]
    public void Inputs_that_are_kept_are_whole_at_the_end()
    {
        TfliteModel model = SharedModels.Load("mlperf_kws.tflite");
        var request = new OptimizationRequest { Kernels = "reference", Overlap = "diagonal" };
        ArenaResult free = ModelOptimizer.Optimize(model, request).Arena, kept = ModelOptimizer.Optimize(model, request with { KeepInputs = "true" }).Arena;
        int input = model.Subgraphs[0].Inputs[0];
        Assert.True(OthersOn(free, input));
        Assert.False(OthersOn(kept, input));
        Assert.True(kept.ArenaBytes > free.ArenaBytes);
        Assert.Equal(PlanChoice.Offline, kept.Plan);
    }

    private static bool OthersOn(ArenaResult arena, int tensor)
    {
        TflmBuffer it = arena.Buffers.Single(buffer => buffer.Tensor == tensor);
        return arena.Buffers.Any(other => other != it && other.Offset < it.Offset + it.Bytes && it.Offset < other.Offset + other.Bytes);
    }
}
