using System.Text.RegularExpressions;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>The commands that docs/ides.md gives to vendors' IDEs; the IDEs themselves are not there.</summary>
public sealed class IdeTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.PathOf("docs", "ides.md")).ReplaceLineEndings("\n");

    private readonly Workspace project = new(withSpace: false);

    public IdeTests()
    {
        project.Write("bin/tinyreorder", $"#!/bin/sh\nexec {Tool.Command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(project.PathOf("bin/tinyreorder"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Write("models/kws.tflite", NativeModels.Branched());
        project.Write("Debug/makefile", "");
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void Each_command_writes_the_files()
    {
        string[] commands = [.. Regex.Matches(Page, @"tinyreorder optimize .+?--diagnostics gcc( \|\| \(.+\))?").Select(match => match.Value)];
        Assert.Equal(4, commands.Length);
        foreach (string command in commands)
        {
            string line = command.Replace('\\', '/').Replace("$PROJ_DIR$", project.Folder, StringComparison.Ordinal)
                .Replace("$input(0)$", "models/kws.tflite", StringComparison.Ordinal).Replace("$input(1)$", "gen", StringComparison.Ordinal);
            Assert.DoesNotContain('$', line);
            Assert.True(Shell(line.Contains("../", StringComparison.Ordinal) ? "Debug" : ".", line).Generated, line);
            Assert.All(["gen/kws.c", "gen/kws.h", "gen/kws_ops.h"], file => Assert.True(File.Exists(project.PathOf(file)), line));
            Directory.Delete(project.PathOf("gen"), recursive: true);
        }
    }

    [SkippableFact]
    public void In_Eclipse_a_model_that_does_not_fit_takes_the_header_away()
    {
        string line = Regex.Match(Page, @"tinyreorder optimize \.\./.+\)").Value;
        _ = Shell("Debug", line).Fine;
        Assert.True(File.Exists(project.PathOf("gen/kws.h")));
        project.Write("models/kws.tflite", NativeModels.Branched(channels: 2048));
        Assert.Matches(@"kws\.tflite:1:1: error: needs .*\[TINY1001\]", Shell("Debug", line).Failed);
        Assert.False(File.Exists(project.PathOf("gen/kws.h")));
    }

    private ProgramRun Shell(string folder, string line)
    {
        Program.Need("sh");
        return Program.Run(project.PathOf(folder), "sh", ["-c", line],
            ("PATH", project.PathOf("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")));
    }
}
