using TinyReorder.Optimization;
using TinyReorder.Tests.Runtimes;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Optimization;

/// <summary>
/// The measured arenas once more through the single door, for models that are quickly planned; MeasuredArenaTests has all rows.
/// </summary>
public class MeasuredThroughTheDoorTests
{
    private static readonly string[] Models = ["mlperf_kws", "mlperf_resnet8", "mlperf_anomaly", "tflm_hello_world", "tflm_micro_speech", "tflm_keyword_svdf",
        "gap8_ring", "litert_resource_variables"];

    public static TheoryData<string, string> Rows => MeasuredArena.Rows(row => Models.Contains(Path.GetFileNameWithoutExtension(row.Model)));

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void In_the_files_order_with_the_devices_plan_the_arena_is_the_measured_one(string model, string variant)
    {
        var row = MeasuredArena.Find(model, variant);
        var request = new OptimizationRequest
        {
            Kernels = variant,
            Abi = "short-enums",
            Order = "file",
            Plan = "device",
            Overlap = "none",
            SearchSeconds = "0.2"
        };

        OptimizationResult result = ModelOptimizer.Optimize(SharedModels.Load(model), request);

        Assert.Equal((row.ArenaBytes, true), (result.Arena.ArenaBytes, result.Arena.Exact));
        Assert.Equal((row.HeadBytes, row.TailBytes), (result.Arena.PlannedBytes + result.Arena.ScratchBytes, result.Arena.PersistentBytes));
        Assert.Equal(row.ArenaBytes, result.Constant.Bytes);
        Assert.InRange(result.Constant.NonPersistentBytes!.Value, row.HeadBytes, row.ArenaBytes);
        // Another allocator object, and what that shifts where buffers are aligned to 16.
        Assert.InRange(result.Constant.PersistentBytes!.Value, row.TailBytes, row.TailBytes + 32);
    }
}
