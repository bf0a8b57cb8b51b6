using TinyReorder.Cli;
using TinyReorder.Fuzz.Repeatable;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Disk;

/// <summary>A disk that does not take what is written ends the run in one diagnostic, and what was there stays.</summary>
public sealed class RefusedDiskTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("size=16k")]
    [InlineData("size=64k")]
    public void A_full_disk_is_told_and_leaves_no_part_of_a_file(string size)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small disk can only be made by root on Linux");
        string disk = folder.Sub("disk");
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk), "tmpfs cannot be mounted here");
        try
        {
            // What was written before fits; what comes now does not.
            File.WriteAllText(Path.Combine(disk, "kws.c"), "before");
            using var error = new StringWriter();
            int exitCode = Tool.WriteAll(folder.Write("kws.tflite", Tool.Model(0)), disk, error);

            Assert.Equal(ExitCode.BadInput, exitCode);
            Assert.Contains("error TINY5006: cannot write", error.ToString(), StringComparison.Ordinal);
            Assert.Single(error.ToString().TrimEnd().Split('\n'));
            Assert.DoesNotContain(Directory.GetFiles(disk), path => path.EndsWith(".tmp", StringComparison.Ordinal));
            Assert.Equal("before", File.ReadAllText(Path.Combine(disk, "kws.c")));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [SkippableFact]
    public void A_device_that_is_full_is_told_and_no_device_is_replaced_by_a_file()
    {
        Skip.IfNot(File.Exists("/dev/full") && File.Exists("/dev/null"), "there is no /dev/full");
        string model = folder.Write("kws.tflite", Tool.Model(0));
        Assert.Equal(ExitCode.BadInput, Optimize(model, "/dev/full", out string error));
        Assert.Contains("error TINY5006: cannot write '/dev/full'", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, Optimize(model, "/dev/null", out _));
        Assert.Equal((0, 0), (new FileInfo("/dev/full").Length, new FileInfo("/dev/null").Length));
        Assert.Empty(Directory.GetFiles("/dev", "*.tmp"));
    }

    [SkippableFact]
    public void A_folder_that_takes_no_files_is_told()
    {
        Skip.If(OperatingSystem.IsWindows(), "folders are not made read-only so on Windows");
        string outputs = folder.Sub("outputs"), model = folder.Write("kws.tflite", Tool.Model(0));
        // Root may write everywhere but to what is no disk at all.
        string target = Environment.UserName == "root" ? "/proc/tinyreorder" : outputs;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(outputs, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(ExitCode.BadInput, Optimize(model, Path.Combine(target, "out.tflite"), out string error));
        Assert.Contains("error TINY5006: cannot write", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(outputs));
    }

    private static int Optimize(string model, string output, out string error)
    {
        using var text = new StringWriter();
        int exitCode = CommandLineTool.Run(["optimize", model, "-o", output], new Cli.Consoles.CommandContext(TextWriter.Null, text, null, default));
        error = text.ToString();
        return exitCode;
    }

    private static bool Run(string program, params string[] arguments) => ProgramRunner.Run(Environment.CurrentDirectory, program, arguments).ExitCode == 0;
}
