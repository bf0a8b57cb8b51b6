using System.Globalization;
using System.Text.RegularExpressions;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>What people read: plain in a pipe, coloured on a terminal, the same in every culture.</summary>
public sealed partial class AnalyzeTextTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void In_a_pipe_the_text_is_plain_and_aligned()
    {
        CommandRun run = CommandRun.InProcess("analyze", WriteModel(), "--runtime", "none");
        Assert.DoesNotContain('\u001b', run.Output);
        string[] lines = run.Output.Split('\n');
        int head = Array.FindIndex(lines, line => line.StartsWith("subgraph  name", StringComparison.Ordinal));
        Assert.True(head > 0, run.Output);
        Assert.Equal(lines[head].IndexOf("operators", StringComparison.Ordinal) + "operators".Length - 1,
            lines[head + 1].IndexOf('8', StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void On_a_terminal_it_keeps_within_the_width()
    {
        CommandRun run = CommandRun.InProcess(terminalWidth: 100, default, "analyze", WriteModel(), "--runtime", "none");
        string[] table = Colours().Replace(run.Output, "").Split('\n').Where(line => line.Length > 0 && "╭│├╰".Contains(line[0], StringComparison.Ordinal))
            .ToArray();
        Assert.NotEmpty(table);
        Assert.All(table, line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        string path = WriteModel();
        CommandRun expected = CommandRun.InProcess("analyze", path, "--board", "nano33ble", "--search-seconds", "1.5");
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, CommandRun.InProcess("analyze", path, "--board", "nano33ble", "--search-seconds", "1.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Equal(ExitCode.Fine, expected.ExitCode);
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();

    private string WriteModel() => directory.Write("model.tflite", BuiltModels.Small().Build());
}
