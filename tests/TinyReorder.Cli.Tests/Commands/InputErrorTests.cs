using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>Files that cannot be worked with: exit code 2, one line in the canonical form, the reduced object, nothing written.</summary>
public sealed class InputErrorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_missing_file_is_named_as_it_was_given() => AssertRefused(directory.File("no such.tflite"), "TINY2010", "there is no such file");

    [Fact]
    public void A_file_in_a_missing_directory() => AssertRefused(directory.File(Path.Combine("no", "such.tflite")), "TINY2010", "there is no such file");

    [Fact]
    public void A_directory() => AssertRefused(directory.Root, "TINY2010", "it is a directory");

    [Fact]
    public void An_empty_path() => AssertRefused("", "TINY2010", "its path is empty");

    [Fact]
    public void An_empty_file() => AssertRefused(directory.Write("empty.tflite", []), "TINY2001", "not a TensorFlow Lite model");

    [Fact]
    public void Another_kind_of_file() =>
        AssertRefused(directory.Write("kws.h5", "\u0089HDF and so on and on"u8.ToArray()), "TINY2001", "not a TensorFlow Lite model");

    [Fact]
    public void A_truncated_file() => AssertRefused(directory.Write("cut.tflite", BuiltModels.Small().Build()[..200]), "TINY2002", "damaged or cut short");

    [SkippableFact]
    public void A_device_without_an_end()
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no /dev/zero");
        AssertRefused("/dev/zero", "TINY2001", "not a TensorFlow Lite model");
    }

    [SkippableFact]
    public void A_file_that_one_may_not_read()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden here");
        string path = directory.Write("mine.tflite", BuiltModels.Small().Build());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        AssertRefused(path, "TINY2010", "permission is denied");
    }

    [Fact]
    public void A_file_larger_than_offsets_reach()
    {
        string path = directory.File("huge.tflite");
        using (FileStream sparse = File.Create(path))
            sparse.SetLength(3L << 30);
        AssertRefused(path, "TINY2010", "3,221,225,472 B");
    }

    [SkippableFact]
    public void A_model_without_subgraphs() => AssertRefused(SharedModels.Find("litert_no_subgraphs.tflite"), "TINY2003", "no subgraph");

    [Fact]
    public void A_board_file_that_is_none()
    {
        string model = directory.Write("m.tflite", BuiltModels.Small().Build()), boards = directory.Write("boards.json", "[1"u8.ToArray());
        CommandRun run = CommandRun.InProcess("analyze", model, "--board-file", boards);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.StartsWith(boards, run.Error, StringComparison.Ordinal);
        Assert.Contains("error TINY1004: ", run.Error, StringComparison.Ordinal);
    }

    private void AssertRefused(string path, string code, string reason)
    {
        string[] before = directory.Files();
        foreach (string[] command in new[] { new[] { "analyze" }, ["optimize", "-o", directory.File("out.tflite"), "--header", directory.Root] })
        {
            CommandRun run = CommandRun.InProcess([.. command, path, "--format", "json"]);
            Assert.Equal(ExitCode.BadInput, run.ExitCode);
            Assert.StartsWith((path.Length > 0 ? path : "tinyreorder") + " : error " + code + ": ", run.Error, StringComparison.Ordinal);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
            Assert.Equal(["schema", "model", "diagnostics"], run.Json.EnumerateObject().Select(member => member.Name));
            Assert.Equal(path, run.Json.GetProperty("model").GetString());
            Assert.Equal(code, Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray()).GetProperty("code").GetString());
        }
        Assert.Equal(before, directory.Files());
    }
}
