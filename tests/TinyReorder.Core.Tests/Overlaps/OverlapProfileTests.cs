using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>What profile files say of overlap.</summary>
public class OverlapProfileTests
{
    private const string ReluSource = "tensorflow/lite/micro/kernels/activations_common.cc";

    [Theory]
    [InlineData("""{ "init": [32], "source": "SOURCE" }""", true)]
    [InlineData("""{ "init": [32], "source": "our/relu.cc" }""", false)]
    [InlineData("""{ "init": [32], "overlap": null, "source": "SOURCE" }""", false)]
    [InlineData("""{ "overlap": { "rule": "in-place", "access": "copy", "evidence": "our own" }, "source": "our/relu.cc" }""", true)]
    public void Another_kernel_has_to_be_shown_anew(string relu, bool shares)
    {
        RuntimeProfile mine = Load("", relu.Replace("SOURCE", ReluSource, StringComparison.Ordinal));
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", [1, 64])), b.Tanh(b.Input("y", [1, 64])));
        TfliteSubgraph subgraph = TfliteModel.Load(b.Build(), "m.tflite").Subgraphs[0];

        Assert.Equal(shares, OverlapRules.SharesOf(mine, subgraph, subgraph.Operators[0], OverlapChoice.InPlace).Count == 1);
        Assert.Single(OverlapRules.SharesOf(mine, subgraph, subgraph.Operators[1], OverlapChoice.InPlace));
        Assert.Equal(OverlapChoice.None, mine.DefaultOverlap);
    }

    [Fact]
    public void A_profile_may_choose_for_those_who_do_not_say() =>
        Assert.Equal(OverlapChoice.Diagonal, Load("\"defaultOverlap\": \"diagonal\",", $$"""{ "source": "{{ReluSource}}" }""").DefaultOverlap);

    [Fact]
    public void Every_rule_of_the_built_in_profiles_says_how_it_was_shown()
    {
        foreach (RuntimeProfile profile in RuntimeProfile.BuiltIn)
            Assert.All(profile.Operators.Where(pair => pair.Value.Overlap is not null), pair =>
                Assert.True(pair.Value.Overlap!.Evidence.Length > 20, pair.Key));
    }

    [Theory]
    [InlineData("", """{ "overlap": {}, "source": "s" }""", "has no \"rule\"")]
    [InlineData("", """{ "overlap": { "rule": "hope", "access": "copy", "evidence": "e" }, "source": "s" }""", "rule must be one of: disjoint, in-place,")]
    [InlineData("", """{ "overlap": { "rule": "in-place", "access": "guess", "evidence": "e" }, "source": "s" }""", "access must be one of: unknown, copy,")]
    [InlineData("", """{ "overlap": { "rule": "in-place", "access": "copy" }, "source": "s" }""", "has no \"evidence\"")]
    [InlineData("", """{ "overlap": { "rule": "in-place", "access": "copy", "inputs": 0, "evidence": "e" }, "source": "s" }""", "inputs must be a whole number from 1")]
    [InlineData("", """{ "overlap": { "rule": "in-place", "access": "copy", "ways": [{ "rule": "disjoint", "access": "unknown" }], "evidence": "e" }, "source": "s" }""", "ways[0] has no \"if\"")]
    [InlineData("", """{ "overlap": { "rule": "in-place", "access": "copy", "ways": [{ "if": "channels above", "rule": "disjoint", "access": "unknown" }], "evidence": "e" }, "source": "s" }""", "if must be one of: type float32,")]
    [InlineData("\"defaultOverlap\": \"always\",", """{ "source": "s" }""", "defaultOverlap must be \"none\", \"in-place\" or \"diagonal\"")]
    public void A_bad_rule_is_reported_with_the_place(string top, string relu, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(top, relu)).Diagnostic;

        Assert.Equal(DiagnosticCodes.BadProfileFile, diagnostic.Code);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    private static RuntimeProfile Load(string top, string relu) => RuntimeProfile.Load(
        Encoding.UTF8.GetBytes($$"""{ "schema": 1, "id": "mine", "extends": "tflm-reference-90b983c", "kernels": "k", "version": "v", {{top}} "operators": { "RELU": {{relu}} } }"""), "mine.json");
}
