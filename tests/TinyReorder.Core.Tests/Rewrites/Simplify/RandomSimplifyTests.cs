using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>
/// Random networks with what converters leave strewn in: the simplified file gives the same answers, byte for byte, in its planned arena, which is never
/// larger.
/// </summary>
public class RandomSimplifyTests(ITestOutputHelper output)
{
    private const int Networks = 40, FirstSlow = 1_001, SlowNetworks = 90;

    [Theory]
    [InlineData("Int8")]
    [InlineData("Float32")]
    public void A_littered_network_answers_as_before(string type) => AnswerAsBefore(type, 1, Networks, "simplify");

    [Theory]
    [InlineData("Int8")]
    [InlineData("Float32")]
    [Trait("Category", "Slow")]
    public void More_littered_networks_answer_as_before(string type) => AnswerAsBefore(type, FirstSlow, SlowNetworks, "simplify");

    [Theory]
    [InlineData("Int8")]
    [InlineData("Float32")]
    [Trait("Category", "Slow")]
    public void Streamed_littered_networks_answer_as_before(string type) => AnswerAsBefore(type, 1, Networks, "stream");

    private void AnswerAsBefore(string name, int firstSeed, int networks, string kind)
    {
        TensorType type = Enum.Parse<TensorType>(name);
        int changed = 0, smaller = 0, loops = 0;
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = firstSeed; seed < firstSeed + networks; seed++)
        {
            ModelBuilder b = RandomNetworks.Builder((ulong)seed, type);
            new Litter(b, (ulong)seed).Strew();
            var model = TfliteModel.Load(b.Build(), $"littered {type} {seed}");
            OptimizationRequest request = new() { Kernels = "reference", Overlap = "diagonal", SearchSeconds = "1", MaxFlash = "100000", MaxWork = "1.5" };
            OptimizationResult before = ModelOptimizer.Optimize(model, request), after = ModelOptimizer.Optimize(model, request with { Rewrite = kind });
            RewriteOutcome rewrite = after.Rewrite!;
            Assert.NotEqual(RewriteOutcome.Unproven, rewrite.Reason);
            Assert.True(after.Arena.ArenaBytes <= before.Arena.ArenaBytes, $"seed {seed}: {after.Arena.ArenaBytes} of {before.Arena.ArenaBytes} B");
            Assert.DoesNotContain(after.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            foreach (string rule in rewrite.Simplified.Select(step => step.Rule))
                rules[rule] = rules.TryGetValue(rule, out int count) ? count + 1 : 1;
            changed += rewrite.Simplified.Count > 0 ? 1 : 0;
            smaller += after.Arena.ArenaBytes < before.Arena.ArenaBytes ? 1 : 0;
            loops += rewrite.Regions.Count;
            Compare(model, after, $"seed {seed}");
        }
        string steps = string.Join(", ", rules.Select(rule => $"{rule.Key} {rule.Value}"));
        output.WriteLine($"{changed} of {networks} networks simplified, {smaller} in a smaller arena, {loops} loops: {steps}");
        Assert.True(changed > networks / 2 && rules.Count >= 6, "there is little to see");
    }

    private static void Compare(TfliteModel model, OptimizationResult result, string what)
    {
        var written = TfliteModel.Load(result.OptimizedModel, model.Name);
        Func<int, int, long?>? places = OfflinePlan.Find(written) is { } plan && result.Arena.Plan == PlanChoice.Offline
            ? ArenaInterpreter.PlacementOf(written, plan) : null;
        for (ulong seed = 21; seed <= 22; seed++)
        {
            byte[][] inputs = RandomNetworks.InputsOf(model, seed), expected = ArenaInterpreter.Run(model, inputs);
            byte[][] found = new ArenaInterpreter(written, places, 0x3C).Invoke(inputs);
            bool areSame = expected.Length == found.Length && expected.Zip(found).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
            Assert.True(areSame, $"{what}: other answers");
        }
    }
}
