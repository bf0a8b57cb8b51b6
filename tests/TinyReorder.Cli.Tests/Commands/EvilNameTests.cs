using System.Text;
using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>Names from files stay names on both streams of the tool.</summary>
public sealed class EvilNameTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public static TheoryData<int> Names => [.. Enumerable.Range(0, EvilNames.All.Length)];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void No_command_lets_a_name_be_more_than_a_name(int index)
    {
        string name = EvilNames.All[index];
        // What a file system takes for a name, in the name of the file as well.
        string file = directory.File((OperatingSystem.IsWindows() ? "evil" : name.Replace('/', '_').Replace('\0', '_').Replace('\uD83D', '_')) + ".tflite");
        File.WriteAllBytes(file, EvilNames.Model(name));
        string csv = directory.File("evil.csv");
        File.WriteAllBytes(csv, Encoding.UTF8.GetBytes("id,lower,upper,size\n\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",0,1,16\n"));
        string[][] commands =
        [
            ["analyze", file], ["map", file, "--macs", "--sizes"], ["compare", file, file], ["boards", name], ["place", csv],
            ["place", csv, "-o", directory.File("placed.csv")],
            ["optimize", file, "--header", directory.File("out"), "--symbol", "evil"], ["optimize", file, "--header", directory.File("out"), "--symbol", name],
            ["optimize", file, "-o", directory.File("o.tflite"), "--kernels", name], ["analyze", file, "--board", name], ["analyze", file, "--overlap", name],
            ["analyze", file + "x"],
            ["analyze", file, "--diagnostics", "gcc"],
        ];
        foreach (string[] command in commands)
        {
            CommandRun run = CommandRun.InProcess(command);
            Assert.NotEqual(ExitCode.Defect, run.ExitCode);
            AssertHarmless(command, run.Output);
            AssertHarmless(command, run.Error);
            Assert.DoesNotContain(run.Error.Split('\n'), line => line.StartsWith("b.tflite", StringComparison.Ordinal));
        }
        foreach (string[] command in new string[][] { ["analyze", file, "--format", "json"], ["map", file, "--format", "json"],
            ["compare", file, file, "--format", "json"] })
        {
            CommandRun run = CommandRun.InProcess(command);
            AssertHarmless(command, run.Output);
            using var json = JsonDocument.Parse(run.Output);
        }
    }

    private static void AssertHarmless(string[] command, string text)
    {
        string lines = text.ReplaceLineEndings("\n");
        Assert.True(EvilNames.FaultOf(lines) is null, $"{string.Join(' ', command)}: {EvilNames.FaultOf(lines)} in {lines}");
    }
}
