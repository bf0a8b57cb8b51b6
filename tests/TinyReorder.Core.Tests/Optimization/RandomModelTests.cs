using TinyReorder.Optimization;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>The whole way on random models; the same models ran on the real interpreter with the arenas that are predicted here.</summary>
public class RandomModelTests
{
    private static readonly ulong[] AllSeeds = [.. Enumerable.Range(100, 40).Select(seed => (ulong)seed)];

    // Of the largest models.
    private static readonly ulong[] LongSearches = [104, 106, 115, 116, 128, 133, 137];

    public static TheoryData<ulong> Seeds => [.. AllSeeds.Except(LongSearches)];

    public static TheoryData<ulong> LongSeeds => [.. LongSearches];

    [Theory]
    [MemberData(nameof(LongSeeds))]
    [Trait("Category", "Slow")]
    public void The_same_holds_of_the_largest_models(ulong seed)
    {
        Nothing_chosen_needs_more_than_the_file_as_it_is(seed);
        A_new_order_changes_the_file_where_it_must_and_nowhere_else(seed);
        Variables_have_no_offset_and_neither_has_an_entry_that_the_device_takes_for_theirs(seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_chosen_needs_more_than_the_file_as_it_is(ulong seed)
    {
        TfliteModel model = Load(seed);
        OptimizationChecks.NeverWorse(model, "reference");
        OptimizationChecks.NeverWorse(model, "cmsis-nn-c");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_new_order_changes_the_file_where_it_must_and_nowhere_else(ulong seed)
    {
        TfliteModel model = Load(seed);
        OptimizationChecks.OnlySlotsMoved(ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none", Plan = "device" }));
        OptimizationChecks.SameModelWithPlan(ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "reference", Plan = "offline" }));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Variables_have_no_offset_and_neither_has_an_entry_that_the_device_takes_for_theirs(ulong seed)
    {
        TfliteModel model = Load(seed);
        foreach (string runtime in new[] { "tflm", "none" })
        {
            IReadOnlyList<long> plan = ModelOptimizer.Optimize(model,
                new OptimizationRequest { Runtime = runtime, Plan = "offline" }).Arena.OfflinePlan!.OffsetBytes;
            int first = 0;
            foreach (TfliteSubgraph subgraph in model.Subgraphs)
            {
                foreach (TfliteTensor variable in subgraph.Tensors.Where(tensor => tensor.IsVariable))
                {
                    Assert.Equal(OfflinePlan.Online, plan[first + variable.Index]);
                    Assert.Equal(OfflinePlan.Online, plan[variable.Index]);
                }
                first += subgraph.Tensors.Count;
            }
        }
    }

    [Fact]
    public void Some_of_the_models_have_variables_in_later_subgraphs_over_planned_tensors_of_the_first() =>
        Assert.Contains(AllSeeds.Select(Load), model => model.Subgraphs.Skip(1).Any(subgraph => subgraph.Tensors.Any(tensor =>
            tensor.IsVariable && model.Subgraphs[0].Tensors[tensor.Index] is { IsConstant: false, IsVariable: false })));

    private static TfliteModel Load(ulong seed) => TfliteModel.Load(RandomModels.Create(seed).Build(), $"random {seed}");
}
