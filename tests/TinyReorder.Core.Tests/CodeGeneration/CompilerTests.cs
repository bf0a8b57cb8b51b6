using System.Diagnostics;
using TinyReorder.CodeGeneration;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>What is generated goes through real compilers, every warning an error; where a compiler is missing the test says so and is skipped.</summary>
public sealed class CompilerTests : IDisposable
{
    private const string Strict = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror";

    // Arena, alignment, length and constants as an application uses them; both headers, one of them twice.
    private const string Program = """
        #include "kws.h"
        #include "m1_model_v2.h"
        #include "kws.h"
        #include <stdint.h>
        #include <stdio.h>
        #ifndef __cplusplus
        #include <stdalign.h>
        #endif
        alignas(16) static uint8_t arena[kKwsTensorArenaSize];
        alignas(16) static uint8_t tensors[kKwsNonPersistentArenaSize], kept[kKwsPersistentArenaSize];
        KWS_CHECK_ARENA(arena);
        KWS_CHECK_ARENAS(tensors, kept);
        int main(void)
        {
            printf("%u %d %d %d ", g_kws_model_len, g_kws_model[0], g_kws_model[1], g_kws_model[39]);
            printf("%d %lu %lu ", (int)((uintptr_t)g_kws_model % 16), (unsigned long)sizeof arena, (unsigned long)KWS_TENSOR_ARENA_SIZE);
            printf("%lu %lu %lu ", (unsigned long)kKwsPeakBytesBefore, (unsigned long)kKwsPeakBytesAfter, (unsigned long)kKwsPersistentBytes);
            printf("%u %d %lu", g_m1_model_v2_model_len, g_m1_model_v2_model[0], (unsigned long)kM1ModelV2TensorArenaSize);
            KWS_CHECK_ARENA(arena);
            arena[0] = 0;
            tensors[0] = kept[0] = 0;
            return arena[0] + tensors[0] + kept[0];
        }
        """;

    private const string Printed = "40 0 7 17 0 22784 22784 18144 16000 6784 1 255 98304";

    private readonly string _folder = Directory.CreateTempSubdirectory("tinyreorder-compile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("gcc", "c", "c11")]
    [InlineData("gcc", "c", "c17")]
    [InlineData("g++", "c++", "c++11")]
    [InlineData("g++", "c++", "c++17")]
    [InlineData("g++", "c++", "c++20")]
    public void Both_files_compile_link_and_run(string compiler, string language, string standard)
    {
        WriteFiles();

        Run(compiler, $"-x {language} -std={standard} {Strict} main.c kws.c m1_model_v2.c -o program");

        Assert.Equal(Printed, Run(Path.Combine(_folder, "program"), ""));
    }

    [SkippableTheory]
    [InlineData("c++11")]
    [InlineData("c++17")]
    public void A_cpp_program_links_with_the_source_compiled_as_c(string standard)
    {
        WriteFiles();

        Run("gcc", $"-std=c11 {Strict} -c kws.c m1_model_v2.c");
        Run("g++", $"-x c++ -std={standard} {Strict} -c main.c");
        Run("g++", "main.o kws.o m1_model_v2.o -o program");

        Assert.Equal(Printed, Run(Path.Combine(_folder, "program"), ""));
    }

    [SkippableFact]
    public void The_header_is_valid_before_cpp11_too()
    {
        WriteFiles();
        File.WriteAllText(Path.Combine(_folder, "old.cpp"), "#include \"kws.h\"\nchar arena[kKwsTensorArenaSize];\nKWS_CHECK_ARENA(arena);\nKWS_CHECK_ARENA(arena);\n");

        Run("g++", "-std=c++98 -Wall -Wextra -Wpedantic -Werror -c old.cpp");
    }

    [SkippableTheory]
    [InlineData("gcc", "c", "c99", "char arena[KWS_TENSOR_ARENA_SIZE - 1]; KWS_CHECK_ARENA(arena)")]
    [InlineData("gcc", "c", "c11", "char arena[KWS_TENSOR_ARENA_SIZE - 1]; KWS_CHECK_ARENA(arena)")]
    [InlineData("g++", "c++", "c++98", "char arena[KWS_TENSOR_ARENA_SIZE - 1]; KWS_CHECK_ARENA(arena)")]
    [InlineData("g++", "c++", "c++11", "char arena[KWS_TENSOR_ARENA_SIZE - 1]; KWS_CHECK_ARENA(arena)")]
    [InlineData("g++", "c++", "c++17", "extern char *arena; KWS_CHECK_ARENA(arena)")]
    [InlineData("gcc", "c", "c11", "char arena[KWS_NON_PERSISTENT_ARENA_SIZE - 1], kept[KWS_PERSISTENT_ARENA_SIZE]; KWS_CHECK_ARENAS(arena, kept)")]
    [InlineData("g++", "c++", "c++11", "char arena[KWS_NON_PERSISTENT_ARENA_SIZE], kept[KWS_PERSISTENT_ARENA_SIZE - 1]; KWS_CHECK_ARENAS(arena, kept)")]
    public void An_arena_that_is_too_small_does_not_compile(string compiler, string language, string standard, string code)
    {
        WriteFiles();
        string arguments = $"-x {language} -std={standard} -Wall -Wextra -Wpedantic -Werror -c small.c";
        Write("small.c", "#include \"kws.h\"\n" + code.Replace(" - 1", "").Replace("extern char *arena", "char arena[KWS_TENSOR_ARENA_SIZE]") + ";\n");
        Run(compiler, arguments);

        Write("small.c", "#include \"kws.h\"\n" + code + ";\n");
        (int exitCode, string _, string errors) = Start(compiler, arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(standard is "c99" or "c++98" ? "kws_arena_is_large_enough" : " is smaller than ", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_model_lies_in_the_read_only_section()
    {
        WriteFiles();

        Run("gcc", "-std=c11 -fno-pic -c kws.c");

        Assert.Matches(@"(?m) R g_kws_model$", Run("nm", "kws.o"));
    }

    [SkippableFact]
    public void The_model_can_be_placed_in_a_section_of_ones_own()
    {
        WriteFiles();

        Run("gcc", $"-std=c11 {Strict} -c kws.c \"-DTINYREORDER_MODEL_ATTRIBUTES=__attribute__((section(\\\".qspi\\\")))\"");

        Assert.Contains(".qspi", Run("objdump", "-h kws.o"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("int")]
    [InlineData("class")]
    [InlineData("_")]
    [InlineData("__")]
    [InlineData("_Bool")]
    [InlineData("m1")]
    [InlineData("NULL")]
    [InlineData("alignas")]
    [InlineData("main")]
    public void Keywords_and_reserved_names_are_symbols_like_others(string symbol)
    {
        GeneratedModel model = Samples.Kws with { Symbol = symbol };
        GeneratedNames names = new(symbol);
        Write(names.HeaderFile, Samples.Header(model));
        Write(names.SourceFile, Samples.Source(model));

        Run("gcc", $"-std=c11 {Strict} -c {names.SourceFile}");
        Run("g++", $"-x c++ -std=c++17 {Strict} -c {names.SourceFile}");
    }

    [SkippableTheory]
    [InlineData("avr-gcc", "c", "c11")]
    [InlineData("avr-g++", "c++", "c++17")]
    public void On_avr_the_model_lies_in_program_memory(string compiler, string language, string standard)
    {
        WriteFiles();
        Write("kws.c", Samples.Source(Samples.Kws with { Model = new byte[32_767] }));

        Run(compiler, $"-mmcu=atmega2560 -x {language} -std={standard} {Strict} -c kws.c m1_model_v2.c");

        // One byte more than the model, for its alignment.
        Assert.Matches(@"(?m)\.progmem\.data\s+00008000", Run("avr-objdump", "-h kws.o"));
    }

    [SkippableFact]
    public void On_avr_a_model_that_no_array_holds_is_refused_with_the_reason()
    {
        WriteFiles();
        Write("kws.c", Samples.Source(Samples.Kws with { Model = new byte[32_768] }));

        (int exitCode, string _, string errors) = Start("avr-gcc", "-mmcu=atmega2560 -std=c11 -c kws.c");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("kws has 32768 bytes; on AVR an array holds at most 32767", errors, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        foreach (GeneratedModel model in new[] { Samples.Kws, Samples.Bare })
        {
            GeneratedNames names = new(model.Symbol);
            Write(names.HeaderFile, Samples.Header(model));
            Write(names.SourceFile, Samples.Source(model));
        }
        Write("main.c", Program);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private string Run(string command, string arguments)
    {
        (int exitCode, string output, string errors) = Start(command, arguments);
        Assert.True(exitCode == 0, $"{command} {arguments}\n{errors}");
        return output;
    }

    private (int ExitCode, string Output, string Errors) Start(string command, string arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, $"{command} is not installed");
        }
        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
    }
}
