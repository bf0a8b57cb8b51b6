using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>What the tool says of a model that it rewrites: loops, dilated convolutions, what they cost, and where they are in the memory map.</summary>
public sealed class RewriteTests : IDisposable
{
    private static readonly string[] Stream =
        ["--overlap", "diagonal", "--rewrite", "stream", "--max-flash", "65536", "--max-work", "1.5", "--abi", "short-enums", "--runtime", "tflm@2026-08"];

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_json_has_the_loops_and_what_they_cost()
    {
        JsonElement json = Run("analyze", Images(), "--kernels", "reference", "--format", "json").Json, rewrite = json.GetProperty("rewrite");
        Assert.Equal(
            ["kind", "regions", "workRatio", "workModel", "macsBefore", "macsAfter", "addedFlashBytes", "lowerBoundBytes", "reason", "dilated", "simplified", "work"],
            Names(rewrite));
        JsonElement region = rewrite.GetProperty("regions")[0];
        Assert.Equal(["firstOperator", "lastOperator", "form", "rowsPerTurn", "turns", "computedAgain", "cut"], Names(region));
        Assert.Equal("stream", rewrite.GetProperty("kind").GetString());
        Assert.Matches("^(stream|loop|mixed)$", region.GetProperty("form").GetString());
        Assert.InRange(rewrite.GetProperty("workRatio").GetDouble(), 1, 1.5);
        Assert.True(rewrite.GetProperty("macsAfter").GetInt64() >= rewrite.GetProperty("macsBefore").GetInt64());
        Assert.InRange(rewrite.GetProperty("addedFlashBytes").GetInt64(), 1, 65_536);
        Assert.Equal(JsonValueKind.Null, rewrite.GetProperty("reason").ValueKind);
        Assert.Equal(0, rewrite.GetProperty("dilated").GetArrayLength());
        JsonElement[] work = [.. rewrite.GetProperty("work").EnumerateArray()];
        Assert.All(work, row => Assert.Equal(["operator", "kind", "loop", "before", "after", "movingRows"], Names(row)));
        Assert.Contains(work, row => row.GetProperty("operator").ValueKind == JsonValueKind.Null && row.GetProperty("loop").GetInt32() == 1);
        int first = region.GetProperty("firstOperator").GetInt32(), last = region.GetProperty("lastOperator").GetInt32();
        Assert.Equal(Enumerable.Range(first, last - first + 1), work.Where(row => row.GetProperty("operator").ValueKind == JsonValueKind.Number)
            .Select(row => row.GetProperty("operator").GetInt32()));
        JsonElement[] plans = [.. json.GetProperty("plans").EnumerateArray()];
        Assert.True(plans[^1].GetProperty("streamed").GetBoolean());
        Assert.All(plans[..^1], plan => Assert.True(plan.GetProperty("arenaBytes").GetInt64() > json.GetProperty("arena").GetProperty("arenaBytes").GetInt64()));
    }

    [Fact]
    public void What_is_simplified_is_told_by_the_operators_of_the_file()
    {
        var b = new ModelBuilder(3);
        ModelTensor x = b.Input("x", [1, 32, 32, 3]), y = b.Relu(b.Reshape(x, 1, 32, 32, 3));
        b.Relu6(y);
        b.Output(b.Conv2D(b.Pad(b.Conv2D(y, 8, 3), (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 1, Padding.Valid));
        string model = directory.Write("littered.tflite", b.Build());
        string[] simplify = ["analyze", model, "--kernels", "reference", "--rewrite", "simplify", "--abi", "short-enums", "--runtime", "tflm@2026-08"];

        JsonElement json = Direct([.. simplify, "--format", "json"]).Json, rewrite = json.GetProperty("rewrite");
        Assert.Equal(("simplify", JsonValueKind.Null), (rewrite.GetProperty("kind").GetString(), rewrite.GetProperty("reason").ValueKind));
        Assert.Equal(["pad 4 5", "reshape 0 ", "unread 2 "], rewrite.GetProperty("simplified").EnumerateArray()
            .Select(step => $"{step.GetProperty("rule")} {step.GetProperty("operator")} {step.GetProperty("into")}").Order(StringComparer.Ordinal));
        Assert.Equal([1, 3, 5], json.GetProperty("subgraphs")[0].GetProperty("order").EnumerateArray().Select(op => op.GetInt32()));
        JsonElement[] plans = [.. json.GetProperty("plans").EnumerateArray()];
        Assert.True(plans[^1].GetProperty("simplified").GetBoolean());
        Assert.True(plans[^1].GetProperty("arenaBytes").GetInt64() < plans[..^1].Min(plan => plan.GetProperty("arenaBytes").GetInt64()));

        string text = Direct(simplify).Output;
        Assert.Contains("  simplified: convolutions do the padding of operator 4\n", text, StringComparison.Ordinal);
        Assert.Contains("  simplified: nobody reads what operator 2 makes\n", text, StringComparison.Ordinal);
        Assert.Matches(@"simplification takes 0\.\d{3} times the work and costs [\d,]+ B of flash", text);
        Assert.Matches(@"saved .* simplification [\d,]+ B", text);
        string map = Direct(["map", .. simplify.Skip(1)]).Output;
        Assert.Matches(@"\n +3 +5 +CONV_2D", map);
    }

    [Fact]
    public void The_text_has_a_line_for_each_loop_and_one_for_the_cost()
    {
        string text = Run("analyze", Images(), "--kernels", "reference").Output;
        Assert.Matches(@"streamed: operators \d+ to \d+ run as a loop, \d+ rows? a turn, \d+ turns", text);
        Assert.Matches(@"streaming costs 1\.\d{3} times the work \(instructions, predicted by [a-z0-9-]+\) and [\d,]+ B of flash", text);
        Assert.DoesNotContain("dilated", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_that_get_a_dilation_are_listed_with_the_reason()
    {
        string model = Pixels();
        JsonElement rewrite = Run("analyze", model, "--kernels", "cmsis-nn", "--format", "json").Json.GetProperty("rewrite");
        int[] dilated = [.. rewrite.GetProperty("dilated").EnumerateArray().Select(index => index.GetInt32())];
        Assert.NotEmpty(dilated);
        Assert.All(dilated, index => Assert.InRange(index, 0, 2));
        string line = Run("analyze", model, "--kernels", "cmsis-nn").Output.Split('\n').Single(text => text.StartsWith("  dilated: ", StringComparison.Ordinal));
        Assert.All(dilated, index => Assert.Contains($"{index}", line, StringComparison.Ordinal));
        Assert.EndsWith("which changes no answer: CMSIS-NN then works pixel by pixel and may write over what it has read", line, StringComparison.Ordinal);
        // The reference kernels share there without it.
        Assert.Equal(0, Run("analyze", model, "--kernels", "reference", "--format", "json").Json.GetProperty("rewrite").GetProperty("dilated").GetArrayLength());
    }

    [Fact]
    public void A_model_that_stays_as_it_is_says_why()
    {
        string model = directory.Write("small.tflite", BuiltModels.Small().Build());
        JsonElement rewrite = Run("analyze", model, "--kernels", "reference", "--format", "json").Json.GetProperty("rewrite");
        Assert.Equal(0, rewrite.GetProperty("regions").GetArrayLength());
        Assert.Contains($"not streamed: {rewrite.GetProperty("reason").GetString()}", Run("analyze", model, "--kernels", "reference").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_map_says_which_operators_the_subgraphs_of_a_loop_stand_for()
    {
        string model = Images();
        JsonElement region = Run("analyze", model, "--kernels", "reference", "--format", "json").Json.GetProperty("rewrite").GetProperty("regions")[0];
        JsonElement map = Run("map", model, "--kernels", "reference", "--format", "json").Json;
        JsonElement[] subgraphs = [.. map.GetProperty("subgraphs").EnumerateArray()];
        Assert.False(subgraphs[0].TryGetProperty("loop", out _));
        Assert.Equal("condition body", string.Join(" ", subgraphs[1..3].Select(subgraph => subgraph.GetProperty("loop").GetProperty("part").GetString())));
        Assert.Equal(1, subgraphs[2].GetProperty("loop").GetProperty("number").GetInt32());
        JsonElement[] ofBody = [.. subgraphs[2].GetProperty("orders")[1].GetProperty("steps").EnumerateArray().Skip(1)];
        Assert.All(ofBody, step => Assert.Equal(1, step.GetProperty("loop").GetInt32()));
        // Each operator of the region runs once a turn as itself; the others move rows for one of them, or count.
        int first = region.GetProperty("firstOperator").GetInt32(), last = region.GetProperty("lastOperator").GetInt32();
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(op => $"{op}"),
            ofBody.Select(step => step.GetProperty("original").GetString()!).Where(original => original.All(char.IsAsciiDigit)).Order());
        Assert.All(ofBody, step => Assert.Matches("^(for )?[0-9]+$|^loop 1$", step.GetProperty("original").GetString()));
        JsonElement rewrite = map.GetProperty("rewrite");
        Assert.Equal(["loops", "dilated", "workRatio", "workModel", "workUnit", "addedFlashBytes", "work"], Names(rewrite));
        Assert.Equal(last - first + 1, rewrite.GetProperty("loops")[0].GetProperty("operators").GetArrayLength());
        Assert.All("firstOperator lastOperator rowsPerTurn turns".Split(' '), name =>
            Assert.Equal(region.GetProperty(name).GetInt32(), subgraphs[2].GetProperty("loop").GetProperty(name).GetInt32()));
        string[] arenas = [.. map.GetProperty("arenas").EnumerateArray().Select(arena => arena.GetProperty("name").GetString()!)];
        Assert.Equal(arenas, arenas.Distinct());
        Assert.Equal("streamed-offline-diagonal", map.GetProperty("chosenArena").GetString());
    }

    [Fact]
    public void Text_picture_page_and_table_show_a_streamed_model()
    {
        string svg = directory.File("m.svg"), html = directory.File("m.html"), csv = directory.File("m.csv");
        CommandRun run = Run("map", Images(), "--kernels", "reference", "--macs", "--svg", svg, "--html", html, "--csv", csv);
        Assert.Matches(@"subgraph 2 'next_rows', body of loop 1: operators \d+ to \d+ of the original, \d+ rows? a turn, \d+ turns", run.Output);
        Assert.Matches(@"\nloop 1: \d+ rows? a turn, \d+ turns; of the original: \d+ CONV_2D, \d+ DEPTHWISE_CONV_2D", run.Output);
        Assert.Contains("predicted work by operator of the original, instructions (cortex-m4-reference)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nPredicted work: 1\.\d{3} times that of the original \(instructions, cortex-m4-reference\); added flash: [\d,]+ B", run.Output);
        Assert.Matches(@"variable 1 of loop 1 .*", run.Output);
        Assert.Contains("memory in the order of the rewritten file", run.Output, StringComparison.Ordinal);
        Assert.Contains("body of loop 1: operators", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Contains("body of loop 1: operators", File.ReadAllText(html), StringComparison.Ordinal);
        Assert.Contains("id=\"card-work\"", File.ReadAllText(html), StringComparison.Ordinal);
        string[][] rows = [.. File.ReadLines(csv).Select(line => line.Split(','))];
        Assert.Equal(["original_operator", "loop"], rows[0][^2..]);
        Assert.Contains(rows.Skip(1), row => row[0] == "2" && row[4] == "CONV_2D" && row[^2].Length > 0 && row[^1] == "1");
    }

    [Fact]
    public void Compare_puts_the_file_the_best_order_and_the_streamed_form_beside_each_other_with_all_turns_counted()
    {
        string model = Images(), svg = directory.File("compared.svg");
        JsonElement analyzed = Run("analyze", model, "--kernels", "reference", "--format", "json").Json;
        JsonElement[] compared = [.. Run("compare", model, "--kernels", "reference", "--format", "json").Json.GetProperty("compared").EnumerateArray()];
        Assert.Equal(["file as it is", "best order", "streamed"], compared.Select(side => side.GetProperty("name").GetString()));
        long[] arenas = [.. compared.Select(side => side.GetProperty("arenaBytes").GetInt64())];
        Assert.Equal(analyzed.GetProperty("plans")[0].GetProperty("arenaBytes").GetInt64(), arenas[0]);
        Assert.Equal(analyzed.GetProperty("arena").GetProperty("arenaBytes").GetInt64(), arenas[2]);
        Assert.True(arenas[0] >= arenas[1] && arenas[1] > arenas[2]);
        Assert.True(compared[2].GetProperty("peakBytes").GetInt64() <= compared[2].GetProperty("plannedBytes").GetInt64());
        JsonElement rewrite = analyzed.GetProperty("rewrite");
        long before = rewrite.GetProperty("macsBefore").GetInt64(), after = rewrite.GetProperty("macsAfter").GetInt64();
        Assert.Equal([before, before, after], compared.Select(side => side.GetProperty("macs").GetInt64()));
        Assert.Equal([1, 1, rewrite.GetProperty("workRatio").GetDouble()], compared.Select(side => side.GetProperty("workRatio").GetDouble()));
        string text = Run("compare", model, "--kernels", "reference", "--svg", svg).Output;
        Assert.Matches(@"file as it is +best order +difference +streamed +difference", text);
        Assert.Matches(@"predicted work +1\.000 +1\.000 += +1\.\d{3} +\+[\d.]+ %", text);
        Assert.Matches(@"peak at .*(loop 1, |operator \d+ )", text);
        Assert.Contains("body of loop 1", File.ReadAllText(svg), StringComparison.Ordinal);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private static CommandRun Run(params string[] arguments) => Direct([.. arguments, .. Stream]);

    private static CommandRun Direct(string[] arguments)
    {
        CommandRun run = CommandRun.InProcess(arguments);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        return run;
    }

    /// <summary>Three convolutions on images of 40 rows, of which two are wide.</summary>
    private string Images()
    {
        var b = new ModelBuilder();
        ModelTensor wide = b.Conv2D(b.Input("x", [1, 40, 40, 3]), filters: 16, kernel: 3, fused: Fused.Relu);
        ModelTensor deep = b.Conv2D(b.DepthwiseConv2D(wide, kernel: 3), filters: 16, kernel: 3, stride: 2);
        b.Output(b.Softmax(b.FullyConnected(b.Reshape(b.GlobalAveragePool(deep), 1, 16), units: 4)));
        return directory.Write("images.tflite", b.Build());
    }

    /// <summary>Convolutions of one pixel on images that are too small for a loop to pay.</summary>
    private string Pixels()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Conv2D(b.Conv2D(b.Input("x", [1, 8, 8, 32]), filters: 32, fused: Fused.Relu), filters: 32, fused: Fused.Relu);
        b.Output(b.Softmax(b.FullyConnected(b.Reshape(b.GlobalAveragePool(x), 1, 32), units: 4)));
        return directory.Write("pixels.tflite", b.Build());
    }
}
