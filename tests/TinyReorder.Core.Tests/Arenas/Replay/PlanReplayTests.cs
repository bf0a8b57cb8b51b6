using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>Orders and plans are run on symbols in an arena whose bytes know whose they are, and so are plans with a seeded fault.</summary>
public class PlanReplayTests(ITestOutputHelper output)
{
    private static readonly ulong Few = (ulong)Cases.Of(15), Many = (ulong)Cases.Of(80);
    private static readonly string[] Kernels = ["reference", "cmsis-nn-c", "none"];

    [SkippableTheory]
    [MemberData(nameof(SharedModels.LongNames), MemberType = typeof(SharedModels))]
    [Trait("Category", "Slow")]
    public void Every_operator_of_a_real_model_of_long_searches_finds_what_it_needs(string name) => Every_operator_of_a_real_model_finds_what_it_needs(name);

    [SkippableTheory]
    [MemberData(nameof(SharedModels.QuickNames), MemberType = typeof(SharedModels))]
    public void Every_operator_of_a_real_model_finds_what_it_needs(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        ReplayedPlan[] plans = Kernels.SelectMany(kernels => ReplayedPlan.Of(model, kernels)).ToArray();
        Skip.If(plans.Length == 0, "its own plan, made for its custom operators, is left alone");
        foreach (ReplayedPlan plan in plans)
        {
            Assert.Null(plan.Replay(plan.Orders, plan.Buffers));
            Assert.Null(plan.Verify(plan.Orders, plan.Buffers));
        }
    }

    [Fact]
    public void Every_operator_of_a_random_model_finds_what_it_needs() => ReplayRandomModels(Few);

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_operator_of_many_random_models_finds_what_it_needs() => ReplayRandomModels(Many);

    [Fact]
    public void Faults_in_plans_of_random_models_are_found_by_both() => PlantInRandomModels(Few);

    [Fact]
    [Trait("Category", "Slow")]
    public void Faults_in_plans_of_many_random_models_are_found_by_both() => PlantInRandomModels(Many);

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Faults_in_plans_of_real_models_are_found_by_both()
    {
        Skip.If(SharedModels.Expected.Count == 0, "the shared models are not there");
        var counts = new MutantCounts();
        foreach (string name in SharedModels.Expected.Select(row => row.Model).Distinct())
        {
            foreach (ReplayedPlan plan in ReplayedPlan.Of(SharedModels.Load(name), "reference"))
                Try(plan, new Mutants(plan, new Pcg32((ulong)plan.HeightBytes)), each: 8, counts);
        }
        output.WriteLine(counts.ToString());
        Assert.All(Enum.GetValues<MutantKind>(), kind => Assert.True(counts.Faults(kind) > 20, $"{kind}: {counts.Faults(kind)}"));
    }

    private static void ReplayRandomModels(ulong count)
    {
        for (ulong seed = 1; seed <= count; seed++)
        {
            foreach (ReplayedPlan plan in Kernels.SelectMany(kernels => ReplayedPlan.Of(Random(seed), kernels)))
                Assert.Null(plan.Replay(plan.Orders, plan.Buffers));
        }
    }

    private void PlantInRandomModels(ulong count)
    {
        var counts = new MutantCounts();
        for (ulong seed = 1; seed <= count; seed++)
        {
            foreach (ReplayedPlan plan in ReplayedPlan.Of(Random(seed), Kernels[(int)(seed % 3)]))
                Try(plan, new Mutants(plan, new Pcg32(seed)), each: 40, counts);
        }
        output.WriteLine(counts.ToString());
        Assert.All(Enum.GetValues<MutantKind>(), kind => Assert.True(counts.Faults(kind) >= (int)count, $"{kind}: {counts.Faults(kind)}"));
    }

    /// <summary>A change that is no fault must not be taken for one, either.</summary>
    private static void Try(ReplayedPlan plan, Mutants mutants, int each, MutantCounts counts)
    {
        foreach (Mutant mutant in mutants.MovedBy16(each).Concat(mutants.ShorterLife(each)).Concat(mutants.DependentSwapped(each))
            .Concat(mutants.VariableSwapped(each)))
        {
            string? byReplay = plan.Replay(mutant.Orders, mutant.Buffers), byVerifier = plan.Verify(mutant.Orders, mutant.Buffers);
            counts.Add(mutant);
            Assert.True(mutant.IsFault == (byReplay is not null),
                $"{plan.Model.Name} {mutant.Kind} {mutant.What}: the replay says {byReplay ?? "nothing"}, the verifier {byVerifier ?? "nothing"}");
            Assert.True(mutant.IsFault == (byVerifier is not null),
                $"{plan.Model.Name} {mutant.Kind} {mutant.What}: the verifier says {byVerifier ?? "nothing"}, the replay {byReplay}");
        }
    }

    private static TfliteModel Random(ulong seed) => TfliteModel.Load(RandomModels.Create(seed).Build(), $"random {seed}");
}
