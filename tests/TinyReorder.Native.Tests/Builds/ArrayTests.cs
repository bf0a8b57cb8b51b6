using System.Globalization;
using System.Text;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>A C array of a model, as xxd -i writes it, in the place of the model in each kind of build.</summary>
[Trait("Category", "Slow")]
public sealed class ArrayTests : IDisposable
{
    // What the array was called does not matter; the generated names are those of the file or the symbol.
    private const string Main = "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0 || KWS_TENSOR_ARENA_SIZE == 0; }\n";

    private readonly Workspace project = new(withSpace: false);

    public ArrayTests() => project.Write("main.c", Main);

    public void Dispose() => project.Dispose();

    [SkippableTheory]
    [InlineData("kws.cc", "")]
    [InlineData("model_data.h", " SYMBOL kws")]
    public void CMake_takes_it(string name, string symbol)
    {
        Program.Need("cmake", "ninja", "gcc");
        project.WithRepository("cmake");
        project.Write("CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.20)\nproject(test C)\ninclude(cmake/TinyReorder.cmake)\nadd_executable(program main.c)\n"
            + $"tinyreorder_add_model(program models/{name} BOARD nano33ble{symbol})\n");
        Check("models/" + name, "build/tinyreorder/program", () =>
        {
            _ = Program.Run(project.Folder, "cmake", ["-S", ".", "-B", "build", "-G", "Ninja", "-DTINYREORDER_COMMAND=" + Tool.CMakeList]).Fine;
            return Program.Run(project.Folder, "cmake", ["--build", "build"]);
        });
    }

    [SkippableTheory]
    [InlineData("kws.cc")]
    [InlineData("kws.c")]
    public void Make_takes_it(string name)
    {
        Program.Need("make", "gcc");
        project.WithRepository("integrations/make");
        project.Write("Makefile", $"""
            TINYREORDER := {Tool.Command}
            include integrations/make/tinyreorder.mk
            build/program: main.c $(TINYREORDER_DIR)/kws.c $(TINYREORDER_DIR)/kws.h
            	$(CC) -I$(TINYREORDER_DIR) main.c $(TINYREORDER_DIR)/kws.c -o $@
            $(eval $(call tinyreorder_model,kws,models/{name},--board nano33ble))

            """);
        Check("models/" + name, "build/tinyreorder", () => Program.Run(project.Folder, "make", ["build/program"]));
    }

    [SkippableFact]
    public void PlatformIO_takes_it()
    {
        Program.Need("scons", "gcc");
        project.Write("SConstruct", $$"""
            import os
            options = {"models": "models/kws.h", "command": "{{Tool.Command}}"}
            env = Environment(ENV=os.environ, PROJECT_DIR=Dir("#").abspath, BUILD_DIR=Dir("#/build").abspath, BOARD="nano33ble")
            env.AddMethod(lambda env, name, default=None: options.get(name.replace("custom_tinyreorder_", ""), default), "GetProjectOption")
            env.AddMethod(lambda env: False, "IsCleanTarget")
            env.AddMethod(lambda env, *folders: None, "BuildSources")
            SConscript("tinyreorder.py", exports="env")
            env.Program("build/program", ["main.c", "build/tinyreorder/kws.c"])
            """);
        project.Write("tinyreorder.py", File.ReadAllText(RepositoryFiles.PathOf("integrations", "platformio", "tinyreorder.py")));
        Check("models/kws.h", "build/tinyreorder", () => Program.Run(project.Folder, "scons", []));
    }

    private void Check(string source, string generated, Func<ProgramRun> build)
    {
        project.Write(source, Dump(NativeModels.Branched()));
        Assert.True(build().Generated);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("build/program"), []).ExitCode);
        // The model that was generated is that of the file with the same bytes.
        project.Write("same/kws.tflite", NativeModels.Branched());
        _ = Tool.Run(project.Folder, "optimize", "same/kws.tflite", "--header", "same", "--board", "nano33ble").Fine;
        Assert.Equal(project.Read("same/kws.c"), project.Read(generated + "/kws.c"));

        Assert.False(build().Generated);
        project.Write(source, Dump(NativeModels.Branched(channels: 16)));
        Assert.True(build().Generated);
    }

    private static string Dump(byte[] model)
    {
        var text = new StringBuilder("unsigned char models_kws_tflite[] = {\n");
        foreach (byte[] line in model.Chunk(12))
            text.Append("  ").AppendJoin(", ", line.Select(value => "0x" + value.ToString("x2", CultureInfo.InvariantCulture))).Append(",\n");
        return text.Append(CultureInfo.InvariantCulture, $"}};\nunsigned int models_kws_tflite_len = {model.Length};\n").ToString();
    }
}
