using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>The depfile as make and ninja read it: names with all that both can write.</summary>
public sealed class DepfileTests : IDisposable
{
    private const string OddName = "my $model #1: [v2] 100% ü+,@!{}.tflite";

    private readonly Workspace project = new();

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void Make_runs_again_for_each_input_and_only_then()
    {
        Program.Need("make");
        WriteInputs();
        project.Write("Makefile", $"kws.stamp:\n\t{Line.Replace("$", "$$", StringComparison.Ordinal)}\n-include kws.d\n");
        Assert.True(Make().Generated);
        Assert.Contains("is up to date", Make().Fine, StringComparison.Ordinal);

        foreach (string touched in new[] { OddName, "boards 1.json", "templates/header.sbn", "templates" })
        {
            project.Touch(touched);

            Assert.True(Make().Generated, touched);
            Assert.Contains("is up to date", Make().Fine, StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ninja_runs_again_for_each_input_and_only_then(bool withStamp)
    {
        Program.Need("ninja");
        WriteInputs();
        string line = withStamp ? Line : Line.Replace(" --stamp kws.stamp", "", StringComparison.Ordinal);
        project.Write("build.ninja",
            $"rule tinyreorder\n  command = {line.Replace("$", "$$", StringComparison.Ordinal)}\n  depfile = kws.d\n  deps = gcc\n  restat = 1\n"
            + "rule copy\n  command = cp $in $out\n"
            + $"build {(withStamp ? "kws.stamp | kws.c kws.h kws_ops.h" : "kws.c kws.h kws_ops.h")}: tinyreorder\nbuild copied.c: copy kws.c\n");
        string first = Ninja().Fine;
        Assert.Contains("copied.c", first, StringComparison.Ordinal);
        Assert.Contains("no work to do", Ninja().Fine, StringComparison.Ordinal);

        foreach (string touched in new[] { OddName, "boards 1.json", "templates/header.sbn" })
        {
            project.Touch(touched);

            ProgramRun second = Ninja();
            Assert.True(second.Generated, touched + second.Output);
            Assert.DoesNotContain("copied.c", second.Fine, StringComparison.Ordinal);
            Assert.Contains("no work to do", Ninja().Fine, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void An_input_that_is_gone_does_not_stop_make()
    {
        Program.Need("make");
        project.Write("kws.tflite", NativeModels.Branched());
        project.Write("boards.json", """{"boards":[]}""");
        project.Write("Makefile",
            $"ifdef FILE\nOPTIONS := --board-file $(FILE)\nendif\nkws.stamp:\n\t{Tool.Command} optimize kws.tflite --header . --stamp kws.stamp --depfile kws.d $(OPTIONS)\n-include kws.d\n");
        Assert.True(Make("FILE=boards.json").Generated);
        Assert.False(Make().Generated);

        File.Delete(project.PathOf("boards.json"));

        Assert.True(Make().Generated);
        Assert.False(Make().Generated);
    }

    // Make's shell sees what is in quotes; ninja's too.
    private static string Line =>
        $"{Tool.Command} optimize '{OddName}' --header . --symbol kws --stamp kws.stamp --depfile kws.d --template templates --board-file 'boards 1.json' --board ours";

    private void WriteInputs()
    {
        project.Write(OddName, NativeModels.Branched());
        project.Write("templates/header.sbn", "#define SIZE {{arena_bytes}}\n");
        project.Write("boards 1.json", """{"boards":[{"id":"ours","name":"Ours","mcu":"m","core":"cortex-m4f","sramTotalBytes":65536,"staticRegionBytes":65536,"flashBytes":1048576,"kernels":"reference","source":"a test"}]}""");
    }

    private ProgramRun Make(params string[] arguments) => Program.Run(project.Folder, "make", arguments);

    private ProgramRun Ninja() => Program.Run(project.Folder, "ninja", []);
}
