using System.Text.Json;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Printing;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>Markdown, SARIF and annotations.</summary>
public sealed class FormatTests : IDisposable
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("analyze")]
    [InlineData("compare")]
    [InlineData("fit", "--filter", "nano33ble", "--no-advice")]
    [InlineData("optimize", "-o", "@/out.tflite")]
    public void Markdown_is_a_table_with_as_many_cells_in_each_row(params string[] command)
    {
        string model = directory.Write("kws.tflite", BuiltModels.Small().Build());
        CommandRun run = CommandRun.InProcess([.. command.Select(word => word.Replace("@", directory.Root, StringComparison.Ordinal)), model, "--format", "markdown"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] rows = [.. run.Output.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.True(rows.Length >= 3, run.Output);
        Assert.Matches(@"^\|( (---|--:) \|)+$", rows[1]);
        Assert.All(rows, row => Assert.Equal(Cells(rows[1]), Cells(row)));
    }

    [Fact]
    public void Markdown_lists_what_is_wrong_also_where_there_is_no_result()
    {
        string bad = directory.Write("b_a*d.tflite", "nothing"u8.ToArray());
        CommandRun run = CommandRun.InProcess("analyze", bad, "--format", "markdown");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.StartsWith("- **error TINY2001** ", run.Output, StringComparison.Ordinal);
        Assert.Contains("b\\_a\\*d.tflite", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<img src=x>", "&#60;img src=x&#62;")]
    [InlineData("@all & #1", "&#64;all &#38; \\#1")]
    [InlineData("`x` [y](z) **w**", "\\`x\\` \\[y\\](z) \\*\\*w\\*\\*")]
    [InlineData("https://x www.y.z", "https&#58;//x www&#46;y.z")]
    [InlineData("two\nlines", "two?lines")]
    public void Names_stay_names_in_markdown(string text, string expected) => Assert.Equal(expected, Markdown.Text(text));

    [Fact]
    public void Sarif_has_what_its_schema_requires()
    {
        Diagnostic[] told =
        [
            Diagnostic.Error("TINY2014", "a value") with { File = "src/key word#1.cc", Line = 3, Column = 2 },
            Diagnostic.Warning("TINY3001", "an operator") with { File = "kws.tflite" },
            new Diagnostic("TINY5003", DiagnosticSeverity.Message, "an option") with { File = DiagnosticWriter.ToolName },
            Diagnostic.Error("TINY2014", "another") with { File = OperatingSystem.IsWindows() ? "C:\\kws.cc" : "/kws.cc" },
        ];
        JsonElement root = JsonDocument.Parse(SarifFile.Of(told)).RootElement;
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.EndsWith("sarif-schema-2.1.0.json", root.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        JsonElement run = Assert.Single(root.GetProperty("runs").EnumerateArray()), driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("tinyreorder", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(["TINY2014", "TINY3001", "TINY5003"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules, rule => Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!));
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(told.Length, results.Length);
        Assert.All(results, result =>
        {
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Contains(result.GetProperty("level").GetString(), Levels);
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        });
        Assert.Equal(["error", "warning", "note", "error"], results.Select(result => result.GetProperty("level").GetString()));
        JsonElement place = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("src/key%20word%231.cc", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((3, 2), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));
        Assert.False(results[2].TryGetProperty("locations", out _));
        Assert.StartsWith("file:///", results[3].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_written_whatever_the_outcome()
    {
        string model = directory.Write("kws.tflite", BuiltModels.Small().Build()), sarif = directory.File("out.sarif");
        Assert.Equal(0, CommandRun.InProcess("analyze", model, "--sarif", sarif).ExitCode);
        Assert.Empty(Results(sarif));
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("analyze", model, "--board", "nothing", "--sarif=" + sarif).ExitCode);
        Assert.Equal("TINY1003", Assert.Single(Results(sarif)).GetProperty("ruleId").GetString());
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("analyze", model, "--bord", "uno", "--sarif", sarif).ExitCode);
        Assert.Equal("TINY5003", Assert.Single(Results(sarif)).GetProperty("ruleId").GetString());
        Assert.Equal(ExitCode.BadInput, CommandRun.InProcess("analyze", model, "--sarif", Path.Combine(model, "no", "out.sarif")).ExitCode);
    }

    [Fact]
    public void Annotations_are_commands_whose_values_are_escaped()
    {
        Diagnostic located = Diagnostic.Error("TINY2014", "100% of, this: that") with { File = "a,b:c%.cc", Line = 3, Column = 2 };
        Assert.Equal("::error file=a%2Cb%3Ac%25.cc,line=3,col=2,title=TINY2014::100%25 of, this: that [TINY2014]", AnnotationForm.GitHub(located));
        Assert.Equal("::notice title=TINY5003::text [TINY5003]",
            AnnotationForm.GitHub(new Diagnostic("TINY5003", DiagnosticSeverity.Message, "text") with { File = DiagnosticWriter.ToolName }));
        Assert.Equal("##vso[task.logissue type=warning;sourcepath=a%3Bb%5D%AZP25.cc;linenumber=3;code=TINY3001]100%AZP25; [x] [TINY3001]",
            AnnotationForm.Azure(Diagnostic.Warning("TINY3001", "100%; [x]") with { File = "a;b]%.cc", Line = 3 }));
        Assert.Equal("kws.tflite : message TINY5003: text", AnnotationForm.Azure(new Diagnostic("TINY5003", DiagnosticSeverity.Message, "text") with { File = "kws.tflite" }));
    }

    [Fact]
    public void A_line_that_asks_for_annotations_gets_them_for_errors_of_its_own_too()
    {
        string bad = directory.Write("bad.tflite", "nothing"u8.ToArray());
        Assert.StartsWith("::error file=", CommandRun.InProcess("analyze", bad, "--annotations", "github").Error, StringComparison.Ordinal);
        Assert.StartsWith("##vso[task.logissue type=error;", CommandRun.InProcess("analyze", bad, "--annotations", "azure", "--bord", "x").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("analyze", bad, "--annotations", "gitlab").ExitCode);
    }

    private static JsonElement[] Results(string sarif) =>
        [.. JsonDocument.Parse(File.ReadAllText(sarif)).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()];

    private static int Cells(string row) => row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
}
