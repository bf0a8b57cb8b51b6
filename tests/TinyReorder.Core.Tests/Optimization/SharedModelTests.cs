using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Optimization;

/// <summary>The whole way on real models, against an independent solver and against what was measured on the interpreter.</summary>
public class SharedModelTests
{
    // It carries a plan that was made by its own compiler, which is left alone.
    private const string PlannedByVela = "tflm_person_detect_vela.tflite";

    public static TheoryData<string> Names => SharedModels.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Peaks_and_the_height_of_the_plan_are_the_best_there_are(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        IReadOnlyList<ExpectedSubgraph> expected = SharedModels.Of(name);

        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none", Plan = "offline" });

        foreach (ExpectedSubgraph row in expected)
        {
            Assert.Equal(row.DefaultPeakBytes, result.Subgraphs[row.Subgraph].DefaultPeakBytes);
            Assert.Equal(name == PlannedByVela ? row.DefaultPeakBytes : row.PeakBytes, result.Subgraphs[row.Subgraph].PeakBytes);
            Assert.Equal(row.PeakBytes, result.Subgraphs[row.Subgraph].LowerBoundBytes);
        }
        if (model.Subgraphs.Count == 1 && name != PlannedByVela)
            Assert.Equal(expected[0].ArenaBytes, result.Arena.ArenaBytes);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Peaks_on_the_interpreter_are_the_best_there_are_in_sizes_rounded_up(string name)
    {
        TfliteModel model = SharedModels.Load(name);

        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "reference", Overlap = "none" });

        foreach (ExpectedSubgraph row in SharedModels.Of(name))
        {
            SubgraphResult found = result.Subgraphs[row.Subgraph];
            // The table counts neither scratch nor leaves out handles of resource variables.
            if (found.Graph.Operators.Any(op => op.ReservedBytes > 0 || op.Kind == "VAR_HANDLE"))
                continue;
            Assert.Equal(row.RoundedDefaultPeakBytes, found.DefaultPeakBytes);
            Assert.Equal(name == PlannedByVela ? row.RoundedDefaultPeakBytes : row.RoundedPeakBytes, found.PeakBytes);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_arena_of_the_file_as_it_is_is_what_was_measured(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        MeasuredArena[] rows = MeasuredArena.All.Where(row => row.Model == name).ToArray();
        Skip.If(rows.Length == 0, "the interpreter refuses it, or shared/facts/tflm-measured.tsv is not there");

        foreach (MeasuredArena row in rows)
        {
            ArenaResult arena = ModelOptimizer.Optimize(model,
                new OptimizationRequest
                {
                    Kernels = RuntimeProfile.Find(row.Variant).KernelLibrary,
                    Abi = "short-enums",
                    Order = "file",
                    Plan = "device"
                }).Arena;

            Assert.Equal((row.Variant, row.ArenaBytes, true), (row.Variant, arena.ArenaBytes, arena.Exact));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(SharedModels.LongNames), MemberType = typeof(SharedModels))]
    [Trait("Category", "Slow")]
    public void Nothing_chosen_for_a_model_of_long_searches_needs_more_than_the_file_as_it_is(string name) =>
        Nothing_chosen_needs_more_than_the_file_as_it_is(name);

    [SkippableTheory]
    [MemberData(nameof(SharedModels.QuickNames), MemberType = typeof(SharedModels))]
    public void Nothing_chosen_needs_more_than_the_file_as_it_is(string name)
    {
        TfliteModel model = SharedModels.Load(name);

        foreach (RuntimeProfile profile in RuntimeProfile.BuiltIn.Where(profile => profile.IsDefault))
            OptimizationChecks.NeverWorse(model, profile.KernelLibrary);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_new_order_alone_moves_slots_of_operators_and_nothing_else(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        Skip.If(OfflinePlan.Find(model) is not null || model.ControlDependencies.Any(pairs => pairs.Count > 0), "it carries metadata about its order");

        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none", Plan = "device" });

        OptimizationChecks.OnlySlotsMoved(result);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void An_added_plan_leaves_all_that_the_model_says(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        Skip.If(OfflinePlan.Find(model) is not null || !TfliteRewriter.CanAddMetadata(model), "no plan can be added to it");

        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "reference", Plan = "offline" });

        OptimizationChecks.SameModelWithPlan(result);
    }

    [SkippableFact]
    public void Files_in_an_archive_behind_a_model_stay_readable()
    {
        TfliteModel model = SharedModels.Load("mobilenet_v1_025_128.tflite");

        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "reference", Plan = "offline" });

        Assert.NotEqual(model.Bytes.Length, result.OptimizedModel.Length);
        Assert.Equal(ArchivedFiles.Read(model.Bytes), ArchivedFiles.Read(result.OptimizedModel));
    }
}
