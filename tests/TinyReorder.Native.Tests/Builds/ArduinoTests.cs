using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>
/// The prebuild hook of docs/arduino.md under arduino-builder, the predecessor of arduino-cli that Debian has. The board's platform is a stand-in: the host's
/// compiler, and a core of one file.
/// </summary>
public sealed class ArduinoTests : IDisposable
{
    private const string Platform = """
        name=Test
        version=1
        recipe.cpp.o.pattern=g++ -c {includes} "{source_file}" -o "{object_file}"
        recipe.c.o.pattern=gcc -c {includes} "{source_file}" -o "{object_file}"
        recipe.ar.pattern=ar rcs "{archive_file_path}" "{object_file}"
        recipe.c.combine.pattern=g++ {object_files} "{build.path}/{archive_file}" -o "{build.path}/{build.project_name}.elf"
        recipe.preproc.includes=g++ -M -MG -MP -x c++ {includes} "{source_file}"
        recipe.preproc.macros=g++ -E -x c++ {includes} "{source_file}" -o "{preprocessed_file_path}"
        tools.ctags.pattern=arduino-ctags -u --language-force=c++ -f - --c++-kinds=svpf --fields=KSTtzns --line-directives "{source_file}"
        """;

    private readonly Workspace project = new();

    public ArduinoTests()
    {
        project.Write("hardware/test/host/platform.txt", Platform + "\n");
        project.Write("hardware/test/host/boards.txt", "host.name=Host\nhost.build.core=host\nhost.build.mcu=none\n");
        project.Write("hardware/test/host/cores/host/Arduino.h", "void setup();\nvoid loop();\n");
        project.Write("hardware/test/host/cores/host/main.cpp", "#include \"Arduino.h\"\nint main() { setup(); loop(); return 0; }\n");
        project.Write("sketch/sketch.ino",
            "#include \"src/kws.h\"\nstatic unsigned char arena[kKwsTensorArenaSize];\nKWS_CHECK_ARENA(arena);\nvoid setup() { arena[0] = g_kws_model[0]; }\nvoid loop() {}\n");
        project.Write("sketch/kws.tflite", NativeModels.Branched());
        foreach ((string name, int bytes) in new[] { ("roomy", 65536), ("tight", 1024) })
        {
            // The hook names the board by what the build calls it.
            project.Write(name + ".json",
                "{\"boards\":[{\"id\":\"ours\",\"aliases\":[\"test:host:host\"],\"name\":\"Ours\",\"mcu\":\"m\",\"core\":\"cortex-m4f\",\"kernels\":\"reference\",\"source\":\"a test\"," +
                $"\"sramTotalBytes\":{bytes},\"staticRegionBytes\":{bytes},\"flashBytes\":1048576}}]}}");
        }
        Directory.CreateDirectory(project.PathOf("build"));
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void The_hook_generates_before_the_first_include_is_looked_for()
    {
        _ = Compile("roomy").Fine;
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("build/sketch.ino.elf"), []).ExitCode);
        // Generated into the build's copy of the sketch: the sketch itself stays as it is.
        Assert.Equal(["kws.tflite", "sketch.ino"], Directory.GetFileSystemEntries(project.PathOf("sketch")).Select(Path.GetFileName).Order());

        project.Write("sketch/kws.tflite", NativeModels.Branched(channels: 16));
        string before = project.Read("build/sketch/src/kws.h");
        _ = Compile("roomy").Fine;
        Assert.NotEqual(before, project.Read("build/sketch/src/kws.h"));
    }

    [SkippableFact]
    public void A_model_that_does_not_fit_ends_the_build()
    {
        project.Write("sketch/kws.tflite", NativeModels.Branched(channels: 256));
        Assert.Contains("[TINY1001]", Compile("tight").Failed, StringComparison.Ordinal);
        Assert.False(File.Exists(project.PathOf("build/sketch.ino.elf")));
    }

    private ProgramRun Compile(string boards)
    {
        Program.Need("arduino-builder", "arduino-ctags", "gcc", "g++");
        string hook = $"{Tool.Command} optimize \"{{build.source.path}}/kws.tflite\" --header \"{{build.path}}/sketch/src\" --board {{build.fqbn}} --board-file \"{project.PathOf(boards)}.json\" --diagnostics gcc";
        return Program.Run(project.Folder, "arduino-builder",
        [
            "-compile", "-hardware", project.PathOf("hardware"), "-tools", "/usr/bin", "-fqbn", "test:host:host", "-build-path", project.PathOf("build"),
            "-prefs", "recipe.hooks.prebuild.1.pattern=" + hook, "sketch/sketch.ino",
        ]);
    }
}
