using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>The files of <c>--sarif</c> against the schema that OASIS published, by a validator of others.</summary>
[Trait("Category", "Slow")]
public sealed class SarifSchemaTests : IDisposable
{
    private static readonly string Source = RepositoryFiles.PathOf("tests", "TinyReorder.Cli.Tests", "Sarif");

    private static readonly Lazy<(string? Folder, string Reason)> Installed =
        new(() => new NpmPackages(Source, RepositoryFiles.PathOf("artifacts", "sarif-npm")).Install());

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void Every_form_of_diagnostic_is_valid()
    {
        string model = directory.Write("key word#1.tflite", BuiltModels.Small().Build()), bad = directory.Write("bad.tflite", "nothing"u8.ToArray());
        string array = directory.Write("array.cc", "const unsigned char model[] = { 1, 2, 3, 4, 'T', 'F', 'L', '3', 999 };"u8.ToArray());
        string[][] lines =
        [
            ["analyze", model], ["analyze", bad], ["analyze", array], ["analyze", model, "--board", "nothing"], ["analyze", model, "--bord", "uno"],
            ["analyze", model, "--board", "stm32f103", "--reserved-sram", "20480"], ["analyze", model, "--runtime", "tflm@2019-01"],
        ];
        var files = new List<string>();
        foreach (string[] line in lines)
        {
            files.Add(directory.File($"{files.Count}.sarif"));
            _ = CommandRun.InProcess([.. line, "--sarif", files[^1]]);
        }
        Diagnostic[] of = [.. DiagnosticCodes.All.Select(code => Diagnostic.Error(code, "a \"message\"\n") with { File = "a/b c.cc", Line = 2, Column = 3 }),
            new Diagnostic("TINY5003", DiagnosticSeverity.Message, "an option") with { File = DiagnosticWriter.ToolName }];
        files.Add(directory.Write("all.sarif", System.Text.Encoding.UTF8.GetBytes(SarifFile.Of(of))));

        (int code, string output) = Validate([.. files]);
        Assert.True(code == 0, output);
        Assert.All(files.Skip(1), file => Assert.Contains("TINY", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("\"level\": \"error\"", "\"level\": \"bad\"")]
    [InlineData("\"text\":", "\"words\":")]
    [InlineData("\"startLine\": 2", "\"startLine\": 0")]
    [InlineData("\"version\": \"2.1.0\"", "\"version\": \"2.0.0\"")]
    public void What_the_schema_forbids_is_found(string right, string wrong)
    {
        string text = SarifFile.Of([Diagnostic.Error("TINY2014", "a value") with { File = "kws.cc", Line = 2 }]);
        Assert.Contains(right, text, StringComparison.Ordinal);
        string file = directory.Write("wrong.sarif", System.Text.Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)));
        (int code, string output) = Validate(file);
        Assert.True(code == 1 && output.StartsWith(file, StringComparison.Ordinal), output);
    }

    private static (int Code, string Output) Validate(params string[] files)
    {
        (string? packages, string reason) = Installed.Value;
        Skip.If(packages is null, reason);
        (int code, string output, string errors) = ProgramRunner.Run(Source, "node", [Path.Combine(Source, "validate.cjs"), packages, .. files]);
        return (code, output + errors);
    }
}
