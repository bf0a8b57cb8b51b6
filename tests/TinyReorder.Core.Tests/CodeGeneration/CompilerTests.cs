using TinyReorder.CodeGeneration;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>What is generated goes through real compilers, every warning an error; where a compiler is missing the test says so and is skipped.</summary>
public sealed class CompilerTests : IDisposable
{
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

    private readonly CompilerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("gcc", "c", "c11")]
    [InlineData("gcc", "c", "c17")]
    [InlineData("g++", "c++", "c++11")]
    [InlineData("g++", "c++", "c++17")]
    [InlineData("g++", "c++", "c++20")]
    public void Both_files_compile_link_and_run(string compiler, string language, string standard)
    {
        WriteFiles();

        folder.Run(compiler, $"-x {language} -std={standard} {CompilerFolder.Strict} main.c kws.c m1_model_v2.c -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
    }

    [SkippableTheory]
    [InlineData("c++11")]
    [InlineData("c++17")]
    public void A_cpp_program_links_with_the_source_compiled_as_c(string standard)
    {
        WriteFiles();

        folder.Run("gcc", $"-std=c11 {CompilerFolder.Strict} -c kws.c m1_model_v2.c");
        folder.Run("g++", $"-x c++ -std={standard} {CompilerFolder.Strict} -c main.c");
        folder.Run("g++", "main.o kws.o m1_model_v2.o -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
    }

    [SkippableFact]
    public void The_header_is_valid_before_cpp11_too()
    {
        WriteFiles();
        folder.Write("old.cpp", "#include \"kws.h\"\nchar arena[kKwsTensorArenaSize];\nKWS_CHECK_ARENA(arena);\nKWS_CHECK_ARENA(arena);\n");

        folder.Run("g++", "-std=c++98 -Wall -Wextra -Wpedantic -Werror -c old.cpp");
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
        folder.Write("small.c", "#include \"kws.h\"\n" + code.Replace(" - 1", "").Replace("extern char *arena", "char arena[KWS_TENSOR_ARENA_SIZE]") + ";\n");
        folder.Run(compiler, arguments);

        folder.Write("small.c", "#include \"kws.h\"\n" + code + ";\n");
        (int exitCode, string _, string errors) = folder.Start(compiler, arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(standard is "c99" or "c++98" ? "kws_arena_is_large_enough" : " is smaller than ", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_model_lies_in_the_read_only_section()
    {
        WriteFiles();

        folder.Run("gcc", "-std=c11 -fno-pic -c kws.c");

        Assert.Matches(@"(?m) R g_kws_model$", folder.Run("nm", "kws.o"));
    }

    [SkippableFact]
    public void The_model_can_be_placed_in_a_section_of_ones_own()
    {
        WriteFiles();

        folder.Run("gcc", $"-std=c11 {CompilerFolder.Strict} -c kws.c \"-DTINYREORDER_MODEL_ATTRIBUTES=__attribute__((section(\\\".qspi\\\")))\"");

        Assert.Contains(".qspi", folder.Run("objdump", "-h kws.o"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("int")]
    [InlineData("class")]
    [InlineData("m_")]
    [InlineData("Bool")]
    [InlineData("m1")]
    [InlineData("NULL")]
    [InlineData("alignas")]
    [InlineData("main")]
    public void Keywords_are_symbols_like_others(string symbol)
    {
        GeneratedModel model = Samples.Kws with { Symbol = symbol };
        GeneratedNames names = new(symbol);
        folder.Write(names.HeaderFile, Samples.Header(model));
        folder.Write(names.SourceFile, Samples.Source(model));

        folder.Run("gcc", $"-std=c11 {CompilerFolder.Strict} -c {names.SourceFile}");
        folder.Run("g++", $"-x c++ -std=c++17 {CompilerFolder.Strict} -c {names.SourceFile}");
    }

    [SkippableTheory]
    [InlineData("avr-gcc", "c", "c11")]
    [InlineData("avr-g++", "c++", "c++17")]
    public void On_avr_the_model_lies_in_program_memory(string compiler, string language, string standard)
    {
        WriteFiles();
        folder.Write("kws.c", Samples.Source(Samples.Kws with { Model = new byte[32_767] }));

        folder.Run(compiler, $"-mmcu=atmega2560 -x {language} -std={standard} {CompilerFolder.Strict} -c kws.c m1_model_v2.c");

        // One byte more than the model, for its alignment.
        Assert.Matches(@"(?m)\.progmem\.data\s+00008000", folder.Run("avr-objdump", "-h kws.o"));
    }

    [SkippableFact]
    public void On_avr_a_model_that_no_array_holds_is_refused_with_the_reason()
    {
        WriteFiles();
        folder.Write("kws.c", Samples.Source(Samples.Kws with { Model = new byte[32_768] }));

        (int exitCode, string _, string errors) = folder.Start("avr-gcc", "-mmcu=atmega2560 -std=c11 -c kws.c");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("kws has 32768 bytes; on AVR an array holds at most 32767", errors, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        foreach (GeneratedModel model in new[] { Samples.Kws, Samples.Bare })
        {
            GeneratedNames names = new(model.Symbol);
            folder.Write(names.HeaderFile, Samples.Header(model));
            folder.Write(names.SourceFile, Samples.Source(model));
        }
        folder.Write("main.c", Program);
    }
}
