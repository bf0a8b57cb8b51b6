using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>cmake/TinyReorder.cmake as a project uses it, with the host's own compiler, in a folder with a space in its name.</summary>
public sealed class CMakeTests : IDisposable
{
    private const string Ninja = "Ninja", Makefiles = "Unix Makefiles";

    private readonly Workspace project = new Workspace().WithRepository("cmake");

    public CMakeTests()
    {
        project.Write("models/kws.tflite", NativeModels.Branched());
        project.Write("main.c", "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0 || KWS_TENSOR_ARENA_SIZE == 0; }\n");
        WriteLists("add_executable(program main.c)", "tinyreorder_add_model(program models/kws.tflite BOARD ${MODEL_BOARD})");
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void With_make_only_a_changed_result_is_compiled() => Only_a_changed_result_is_compiled(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void Only_a_changed_result_is_compiled(string generator)
    {
        Configure(generator);
        ProgramRun first = Build();
        Assert.True(first.Generated, first.Output);
        Assert.Contains("kws.c.o", first.Fine, StringComparison.Ordinal);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("build/program"), []).ExitCode);
        AssertNothingRuns();

        project.Touch("models/kws.tflite");
        ProgramRun touched = Build();
        Assert.True(touched.Generated, touched.Output);
        Assert.DoesNotContain("Building C object", touched.Fine, StringComparison.Ordinal);
        AssertNothingRuns();

        project.Write("models/kws.tflite", NativeModels.Branched(channels: 16));
        ProgramRun changed = Build();
        Assert.True(changed.Generated, changed.Output);
        Assert.Contains("kws.c.o", changed.Fine, StringComparison.Ordinal);
        Assert.Contains("main.c.o", changed.Fine, StringComparison.Ordinal);
        AssertNothingRuns();
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void With_make_another_board_is_another_command() => Another_board_is_another_command(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void Another_board_is_another_command(string generator)
    {
        Configure(generator);
        Assert.True(Build().Generated);

        Configure(generator, "stm32f103");
        Assert.True(Build().Generated);
        AssertNothingRuns();
        Configure(generator, "stm32f103");
        AssertNothingRuns();
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void With_make_a_model_that_does_not_fit_is_an_error_as_compilers_write_it() =>
        A_model_that_does_not_fit_is_an_error_as_compilers_write_it(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void A_model_that_does_not_fit_is_an_error_as_compilers_write_it(string generator)
    {
        project.Write("models/kws.tflite", NativeModels.Branched(channels: 256));
        Configure(generator, "stm32f103");
        string output = Build().Failed;
        Assert.Contains(project.PathOf("models/kws.tflite") + ":1:1: error: needs ", output, StringComparison.Ordinal);
        Assert.Contains("[TINY1001]", output, StringComparison.Ordinal);
        Assert.Contains("[TINY1001]", Build().Failed, StringComparison.Ordinal);

        Configure(generator);
        Assert.True(Build().Generated);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void With_make_files_that_the_tool_reads_are_followed() => Files_that_the_tool_reads_are_followed(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void Files_that_the_tool_reads_are_followed(string generator)
    {
        const string Boards = """{"boards":[{"id":"ours","name":"Ours","mcu":"m","core":"cortex-m4f","sramTotalBytes":SRAM,"staticRegionBytes":SRAM,"flashBytes":1048576,"kernels":"reference","source":"a test"}]}""";
        project.Write("boards.json", Boards.Replace("SRAM", "65536", StringComparison.Ordinal));
        project.Write("template/header.sbn",
            "#define KWS_TENSOR_ARENA_SIZE {{arena_bytes}}\nextern const unsigned char g_kws_model[];\nextern const unsigned int g_kws_model_len;\n");
        WriteLists("add_executable(program main.c)",
            "tinyreorder_add_model(program models/kws.tflite BOARD ours BOARD_FILE boards.json TEMPLATE template MODEL_OUTPUT out.tflite)");
        Configure(generator);
        Assert.True(Build().Generated);
        Assert.True(File.Exists(project.PathOf("build/out.tflite")));
        AssertNothingRuns();

        project.Write("template/header.sbn", project.Read("template/header.sbn") + "/* new */\n");
        Assert.Contains("main.c.o", Build().Fine, StringComparison.Ordinal);
        Assert.Contains("/* new */", project.Read("build/tinyreorder/program/kws.h"), StringComparison.Ordinal);
        AssertNothingRuns();

        project.Write("boards.json", Boards.Replace("SRAM", "1024", StringComparison.Ordinal));
        Assert.Contains("[TINY1001]", Build().Failed, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void With_make_several_targets_languages_and_folders() => Several_targets_languages_and_folders(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void Several_targets_languages_and_folders(string generator)
    {
        // A library in its own folder that hands the header on; a C++ program; a model that the build itself makes; a name that is no identifier.
        project.Write("models/2 wake-word.tflite", NativeModels.Branched(channels: 12));
        project.Write("lib/CMakeLists.txt", """
            add_library(speech STATIC empty.cpp)
            add_library(speech::speech ALIAS speech)
            add_library(models INTERFACE)
            """);
        project.Write("lib/empty.cpp", "int empty;\n");
        project.Write("main.cpp",
            "#include \"kws.h\"\n#include \"m2_wake_word.h\"\n#include \"made.h\"\nint main() { return kKwsTensorArenaSize == 0 || g_m2_wake_word_model_len == 0 || g_made_model_len == 0; }\n");
        WriteLists(
            "add_subdirectory(lib)\nadd_executable(program main.cpp)\ntarget_link_libraries(program speech models)\nadd_executable(other main.cpp)\ntarget_link_libraries(other speech models)",
            """
            add_custom_command(OUTPUT made.tflite COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/models/kws.tflite made.tflite DEPENDS models/kws.tflite)
            tinyreorder_add_model(speech::speech models/kws.tflite)
            tinyreorder_add_model(speech "models/2 wake-word.tflite" KERNELS cmsis-nn ARENA_MARGIN 5% OPTIONS --plan device --search-seconds 5)
            tinyreorder_add_model(models ${CMAKE_CURRENT_BINARY_DIR}/made.tflite)
            """,
            "CXX");
        Configure(generator);
        Assert.True(Build("-j2").Generated);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("build/program"), []).ExitCode);
        Assert.Contains("CMSIS-NN", project.Read("build/tinyreorder/speech/m2_wake_word.h"), StringComparison.OrdinalIgnoreCase);
        AssertNothingRuns();
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void With_make_an_assembler_source_the_arena_and_the_operators() => An_assembler_source_the_arena_and_the_operators(Makefiles);

    [SkippableTheory]
    [InlineData(Ninja)]
    public void An_assembler_source_the_arena_and_the_operators(string generator)
    {
        project.Write("main.c",
            "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0 || g_kws_tensor_arena[0] != 0 || g_kws_model[4] != 'T'; }\n");
        WriteLists("add_executable(program main.c)",
            "tinyreorder_add_model(program models/kws.tflite SOURCE incbin EMIT_ARENA MODEL_SECTION .rodata.kws OP_RESOLVER ON)", "C ASM");
        Configure(generator);
        Assert.True(Build().Generated);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("build/program"), []).ExitCode);
        Assert.True(File.Exists(project.PathOf("build/tinyreorder/program/kws_ops.h")));
        AssertNothingRuns();

        project.Write("models/kws.tflite", NativeModels.Branched(channels: 16));
        Assert.Contains("kws.S.o", Build().Fine, StringComparison.Ordinal);
        AssertNothingRuns();

        WriteLists("add_executable(program main.c)", "tinyreorder_add_model(program models/kws.tflite EMIT_ARENA OP_RESOLVER OFF OUTPUT_DIR elsewhere)");
        Configure(generator);
        Assert.True(Build().Generated);
        Assert.False(File.Exists(project.PathOf("build/elsewhere/kws_ops.h")));
        AssertNothingRuns();
        WriteLists("add_executable(program main.c)", "tinyreorder_add_model(program models/kws.tflite EMIT_ARENA RUNTIME none OUTPUT_DIR another)");
        Configure(generator);
        Assert.True(Build().Generated);
        AssertNothingRuns();
    }

    [SkippableTheory]
    [InlineData("tinyreorder_add_model(program models/kws.tflite OPTIONS --op-resolver false)", "has an argument of its own, OP_RESOLVER")]
    [InlineData("tinyreorder_add_model(program models/kws.tflite SOURCE incbin)", "needs ASM among the languages")]
    [InlineData("tinyreorder_add_model(nothing models/kws.tflite)", "there is no target \"nothing\" yet")]
    [InlineData("tinyreorder_add_model(program models/kws.tflite BORD uno)", "does not know \"BORD;uno\"")]
    [InlineData("tinyreorder_add_model(program models/kws.tflite BOARD)", "BOARD without a value")]
    public void Wrong_calls_are_errors_when_CMake_runs(string call, string expected)
    {
        WriteLists("add_executable(program main.c)", call);
        Assert.Contains(expected, OneLine(TryConfigure(Ninja, Tool.CMakeList).Failed), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_tool_that_is_not_installed_is_told_with_the_cure()
    {
        // The machine of the test may have it.
        WriteLists("set(TINYREORDER_EXECUTABLE TINYREORDER_EXECUTABLE-NOTFOUND)\nset(CMAKE_FIND_USE_CMAKE_SYSTEM_PATH OFF)\nset(CMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH OFF)\nadd_executable(program main.c)", "tinyreorder_add_model(program models/kws.tflite)");
        string output = OneLine(TryConfigure(Ninja, "", ("HOME", project.Folder)).Failed);
        Assert.Contains("tinyreorder is not installed: run \"pip install tinyreorder\" or \"dotnet tool install --global tinyreorder\"", output, StringComparison.Ordinal);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void WriteLists(string targets, string calls, string languages = "C") => project.Write("CMakeLists.txt", $"""
        cmake_minimum_required(VERSION 3.20)
        project(test {languages})
        include(cmake/TinyReorder.cmake)
        {targets}
        {calls}
        """);

    private ProgramRun TryConfigure(string generator, string tool, params (string Name, string Value)[] environment)
    {
        Program.Need("cmake", "ninja", "make", "gcc", "g++");
        return Program.Run(project.Folder, "cmake", ["-S", ".", "-B", "build", "-G", generator, "-DTINYREORDER_COMMAND=" + tool], environment);
    }

    private void Configure(string generator, string board = "nano33ble")
    {
        Program.Need("cmake", "ninja", "make", "gcc", "g++");
        _ = Program.Run(project.Folder, "cmake",
            ["-S", ".", "-B", "build", "-G", generator, "-DTINYREORDER_COMMAND=" + Tool.CMakeList, "-DMODEL_BOARD=" + board]).Fine;
    }

    private ProgramRun Build(params string[] arguments) => Program.Run(project.Folder, "cmake", ["--build", "build", .. arguments]);

    private void AssertNothingRuns()
    {
        ProgramRun run = Build();
        Assert.False(run.Generated, run.Fine);
        Assert.DoesNotContain("Building", run.Fine, StringComparison.Ordinal);
        Assert.DoesNotContain("Linking", run.Fine, StringComparison.Ordinal);
    }
}
