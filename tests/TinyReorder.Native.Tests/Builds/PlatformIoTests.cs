using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>The PlatformIO script under real SCons; the few methods that PlatformIO adds to its environment are stand-ins.</summary>
public sealed class PlatformIoTests : IDisposable
{
    private const string Construction = """
        import configparser, glob, os
        config = configparser.ConfigParser()
        config.read("platformio.ini")
        options = config["env:test"]
        env = Environment(ENV=os.environ, PROJECT_DIR=Dir("#").abspath, BUILD_DIR=Dir("#/.pio/build/test").abspath, BOARD=options["board"])
        files = []
        def build_sources(env, variant_dir, src_dir, src_filter=None):
            files.extend(env.Object(os.path.join(env.subst(variant_dir), os.path.basename(name)[:-2] + ".o"), name) for name in glob.glob(os.path.join(Dir(src_dir).abspath, "*.c")))
        env.AddMethod(lambda env, name, default=None: options.get(name, default), "GetProjectOption")
        env.AddMethod(lambda env: bool(env.GetOption("clean")), "IsCleanTarget")
        env.AddMethod(build_sources, "BuildSources")
        SConscript("tinyreorder.py", exports="env")
        env.Program("program", ["main.c"] + files)
        """;

    private readonly Workspace project = new();

    public PlatformIoTests()
    {
        project.Write("SConstruct", Construction + "\n");
        project.Write("tinyreorder.py", File.ReadAllText(RepositoryFiles.PathOf("integrations", "platformio", "tinyreorder.py")));
        project.Write("main.c",
            "#include \"kws.h\"\n#include \"m2nd.h\"\nint main(void) { return g_kws_model_len == 0 || g_m2nd_model_len == 0 || KWS_TENSOR_ARENA_SIZE == 0; }\n");
        project.Write("models/kws.tflite", NativeModels.Branched());
        project.Write("models/2nd.tflite", NativeModels.Branched(channels: 12));
        WriteOptions("nano33ble");
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void Models_are_made_and_compiled_and_only_when_something_changed()
    {
        ProgramRun first = SCons();
        Assert.True(first.Generated);
        Assert.Contains("board nano33ble", first.Output, StringComparison.Ordinal);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("program"), []).ExitCode);
        AssertNothingRuns();

        project.Touch("models/kws.tflite");
        ProgramRun touched = SCons();
        Assert.True(touched.Generated);
        Assert.Contains("TinyReorder: kws", touched.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TinyReorder: m2nd", touched.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gcc", touched.Output, StringComparison.Ordinal);
        AssertNothingRuns();

        project.Write("models/kws.tflite", NativeModels.Branched(channels: 16));
        ProgramRun changed = SCons();
        Assert.True(changed.Generated);
        Assert.Contains("kws.o", changed.Output, StringComparison.Ordinal);

        File.Delete(project.PathOf(".pio/build/test/tinyreorder/m2nd.c"));
        Assert.Contains("TinyReorder: m2nd", SCons().Fine, StringComparison.Ordinal);

        Assert.True(File.Exists(project.PathOf(".pio/build/test/tinyreorder/m2nd_ops.h")));
        project.Write(".pio/build/test/tinyreorder/gone.c", "#error of a model that is no longer named");
        WriteOptions("bluepill_f103c8");
        Assert.Contains("board bluepill_f103c8", SCons().Fine, StringComparison.Ordinal);
        AssertNothingRuns();
    }

    [SkippableFact]
    public void A_model_that_does_not_fit_ends_the_build()
    {
        project.Write("models/2nd.tflite", NativeModels.Branched(channels: 256));
        WriteOptions("bluepill_f103c8");
        string output = SCons().Failed;
        Assert.Contains("2nd.tflite:1:1: error: needs ", output, StringComparison.Ordinal);
        Assert.Contains("[TINY1001]", output, StringComparison.Ordinal);
        Assert.False(File.Exists(project.PathOf("program")));
        Assert.DoesNotContain("TinyReorder", SCons("-c").Fine, StringComparison.Ordinal);
    }

    private void WriteOptions(string board) => project.Write("platformio.ini", $"""
        [env:test]
        board = {board}
        custom_tinyreorder_models =
          models/kws.tflite
          models/2nd.tflite
        custom_tinyreorder_options = --reserved-sram 1024
        custom_tinyreorder_command = {Tool.Command}
        """);

    private ProgramRun SCons(params string[] arguments)
    {
        Program.Need("scons", "gcc");
        return Program.Run(project.Folder, "scons", arguments);
    }

    private void AssertNothingRuns()
    {
        ProgramRun run = SCons();
        Assert.False(run.Generated);
        Assert.Contains("is up to date", run.Output, StringComparison.Ordinal);
    }
}
