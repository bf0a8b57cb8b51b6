using TinyReorder.CodeGeneration;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>Sections, macros, the emitted arena and the assembler source go through real compilers.</summary>
public sealed class PlacementCompilerTests : IDisposable
{
    private const string Program = """
        #include "kws.h"
        #include <stdint.h>
        #include <stdio.h>
        KWS_CHECK_ARENA(g_kws_tensor_arena);
        int main(void)
        {
            unsigned int sum = 0;
            for (unsigned int i = 0; i < g_kws_model_len; i++)
                sum += g_kws_model[i];
            for (unsigned long i = 0; i < sizeof g_kws_tensor_arena; i++)
                sum += g_kws_tensor_arena[i];
            g_kws_tensor_arena[0] = 1;
            printf("%u %u %d %d %lu", g_kws_model_len, sum, (int)((uintptr_t)g_kws_model % 16), (int)((uintptr_t)g_kws_tensor_arena % 16), (unsigned long)sizeof g_kws_tensor_arena);
            return 0;
        }
        """;

    private readonly CompilerFolder folder = new();

    private static string Printed { get; } = $"40 {Samples.Kws.Model.Sum(value => value)} 0 0 22784";

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("gcc", "c", "c11")]
    [InlineData("gcc", "c", "c17")]
    [InlineData("g++", "c++", "c++11")]
    [InlineData("g++", "c++", "c++17")]
    public void Model_and_arena_lie_in_the_sections_that_are_named(string compiler, string language, string standard)
    {
        Write(new CodeRequest { ModelSection = ".qspi", EmitArena = "true", ArenaSection = ".bss.$RAM2" });

        folder.Run(compiler, $"-x {language} -std={standard} {CompilerFolder.Strict} -c kws.c main.c");
        folder.Run(compiler, "kws.o main.o -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
        string sections = folder.Run("objdump", "-ht kws.o");
        Assert.Matches(@"(?m)\.qspi\s+00000028 .*2\*\*4\n.*CONTENTS, ALLOC, LOAD,.* READONLY, DATA$", sections);
        Assert.Matches(@"(?m)\.bss\.\$RAM2\s+00005900 .*2\*\*4\n\s+ALLOC$", sections);
        Assert.Matches(@"(?m) O \.bss\.\$RAM2\s+0*5900 g_kws_tensor_arena$", sections);
    }

    [SkippableTheory]
    [InlineData("gcc", "c", "c11", "")]
    [InlineData("g++", "c++", "c++17", "")]
    [InlineData("gcc", "c", "c11", "-DESP_PLATFORM -I esp")]
    [InlineData("g++", "c++", "c++17", "-DESP_PLATFORM -I esp")]
    public void A_macro_of_ESP_IDF_is_used_where_there_is_one(string compiler, string language, string standard, string platform)
    {
        Write(new CodeRequest { ModelSection = "DRAM_ATTR", EmitArena = "true", ArenaSection = "EXT_RAM_BSS_ATTR" });
        folder.Write("esp/esp_attr.h",
            "#define DRAM_ATTR __attribute__((section(\".dram1\")))\n#define EXT_RAM_BSS_ATTR __attribute__((section(\".ext_ram.bss\")))\n");

        folder.Run(compiler, $"-x {language} -std={standard} {CompilerFolder.Strict} {platform} -c kws.c main.c");
        folder.Run(compiler, "kws.o main.o -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
        string symbols = folder.Run("objdump", "-t kws.o");
        Assert.Equal(platform.Length > 0, symbols.Contains(".dram1", StringComparison.Ordinal));
        Assert.Equal(platform.Length > 0, symbols.Contains(".ext_ram.bss", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("gcc", "c", "c11", ".bss.pool", ".bss.pool")]
    [InlineData("g++", "c++", "c++17", ".bss.pool", ".bss.pool")]
    [InlineData("gcc", "c", "c11", "__dtcm_bss_section", ".dtcm_bss")]
    public void In_Zephyr_its_own_macros_name_the_section(string compiler, string language, string standard, string word, string section)
    {
        Write(new CodeRequest { ModelSection = ".flash2", EmitArena = "true", ArenaSection = word });
        const string toolchain = """
            #pragma once
            #define Z_STRINGIFY(x) #x
            #define STRINGIFY(x) Z_STRINGIFY(x)
            #define Z_GENERIC_SECTION(x) __attribute__((section(STRINGIFY(x))))
            #define __aligned(x) __attribute__((__aligned__(x)))

            """;
        folder.Write("zephyr/toolchain.h", toolchain);
        folder.Write("zephyr/linker/section_tags.h", "#include <zephyr/toolchain.h>\n#define __dtcm_bss_section Z_GENERIC_SECTION(.dtcm_bss)\n");

        folder.Run(compiler, $"-x {language} -std={standard} {CompilerFolder.Strict} -D__ZEPHYR__=1 -I. -c kws.c main.c");
        folder.Run(compiler, "kws.o main.o -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
        Assert.Matches($@"(?m) O {section.Replace(".", "\\.", StringComparison.Ordinal)}\s+0*5900 g_kws_tensor_arena$", folder.Run("objdump", "-t kws.o"));
        Assert.Matches(@"(?m) O \.flash2\s+0*28 g_kws_model$", folder.Run("objdump", "-t kws.o"));
    }

    [SkippableFact]
    public void What_the_compiler_is_told_wins_over_what_the_project_says()
    {
        Write(new CodeRequest { ModelSection = ".qspi", EmitArena = "true", ArenaSection = ".bss.ccm" });

        folder.Run("gcc",
            $"-std=c11 {CompilerFolder.Strict} -c kws.c -DTINYREORDER_MODEL_ATTRIBUTES= \"-DTINYREORDER_ARENA_ATTRIBUTES=__attribute__((section(\\\".bss.mine\\\")))\"");

        string symbols = folder.Run("objdump", "-t kws.o");
        Assert.DoesNotContain(".qspi", symbols, StringComparison.Ordinal);
        Assert.Matches(@"(?m) O \.bss\.mine\s+0*5900 g_kws_tensor_arena$", symbols);
    }

    [SkippableTheory]
    [InlineData("gcc", "c", "c11")]
    [InlineData("g++", "c++", "c++17")]
    public void The_assembler_source_gives_the_same_program_under_the_same_header(string compiler, string language, string standard)
    {
        Write(new CodeRequest { EmitArena = "true" });
        string header = File.ReadAllText(Path.Combine(folder.Path, "kws.h"));
        Write(new CodeRequest { Format = "incbin", EmitArena = "true" }, "generated/");
        Assert.Equal(header, File.ReadAllText(Path.Combine(folder.Path, "generated/kws.h")));

        folder.Run(compiler, $"-x {language} -std={standard} {CompilerFolder.Strict} -c main.c -Igenerated");
        folder.Run("gcc", $"-Wall -Wextra -Werror -Igenerated -c generated/kws.S");
        folder.Run(compiler, "-Wl,--fatal-warnings kws.o main.o -o program");

        Assert.Equal(Printed, folder.RunBuilt("program"));
        string sections = folder.Run("objdump", "-ht kws.o");
        Assert.Matches(@"(?m)\.rodata\.g_kws_model\s+00000028 .*2\*\*4\n.*READONLY, DATA$", sections);
        Assert.Matches(@"(?m)\.bss\.g_kws_tensor_arena\s+00005900 .*2\*\*4\n\s+ALLOC$", sections);
    }

    [SkippableTheory]
    [InlineData("gcc", "objdump", "")]
    [InlineData("clang", "objdump", "")]
    [InlineData("clang", "objdump", "--target=thumbv7em-none-eabi")]
    [InlineData("arm-none-eabi-gcc", "arm-none-eabi-objdump", "-mcpu=cortex-m4 -mthumb")]
    [InlineData("riscv64-unknown-elf-gcc", "riscv64-unknown-elf-objdump", "")]
    [InlineData("xtensa-lx106-elf-gcc", "xtensa-lx106-elf-objdump", "")]
    public void The_assembler_source_places_model_and_arena_with_each_compiler(string compiler, string objdump, string target)
    {
        Write(new CodeRequest { Format = "incbin", ModelSection = ".qspi", EmitArena = "true", ArenaSection = ".ccmram" });

        folder.Run(compiler, $"{target} -Wall -Wextra -Werror -c kws.S");

        // An arena that a C compiler puts into a section of such a name would take its size of flash too.
        string sections = folder.Run(objdump, "-h kws.o");
        Assert.Matches(@"(?m)\.qspi\s+00000028 .*2\*\*4\n.*CONTENTS, ALLOC, LOAD, READONLY, DATA$", sections);
        Assert.Matches(@"(?m)\.ccmram\s+00005900 .*2\*\*4\n\s+ALLOC$", sections);
    }

    [SkippableFact]
    public void On_avr_the_assembler_source_puts_the_model_into_program_memory_and_its_length_into_RAM()
    {
        Write(new CodeRequest { Format = "incbin", EmitArena = "true" }, arenaBytes: 1000);
        folder.Write("avr.c",
            "#include \"kws.h\"\nvolatile unsigned x;\nint main(void) { x = g_kws_model_len + g_kws_tensor_arena[0] + (unsigned)(&g_kws_model[0] != 0); for (;;); }\n");

        folder.Run("avr-gcc", "-mmcu=atmega2560 -Wall -Wextra -Werror -I. -Wa,-I. avr.c kws.S -o program");

        string symbols = folder.Run("avr-nm", "program");
        Assert.Matches(@"(?m)^0000[0-9a-f]{4} T g_kws_model$", symbols);
        Assert.Matches(@"(?m)^0080[0-9a-f]{4} D g_kws_model_len$", symbols);
        Assert.Contains("__do_copy_data", symbols, StringComparison.Ordinal);
    }

    [Fact]
    public void The_assembler_source_changes_with_every_byte_of_the_model()
    {
        CodeOptions incbin = CodeOptions.Resolve(new CodeRequest { Format = "incbin" });
        GeneratedModel model = Samples.Kws with { Code = incbin };
        byte[] other = [.. model.Model];
        other[39]++;

        string text = Samples.Source(model);

        Assert.NotEqual(text, Samples.Source(model with { Model = other }));
        Assert.Equal(text, Samples.Source(model));
        Assert.Contains(".incbin \"kws.tflite\", 0, 40\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_arena_without_a_byte_still_compiles()
    {
        Write(new CodeRequest { EmitArena = "true" }, arenaBytes: 0);

        folder.Run("gcc", $"-std=c11 {CompilerFolder.Strict} -c kws.c");
    }

    private void Write(CodeRequest request, string directory = "", long arenaBytes = 22_784)
    {
        GeneratedModel model = Samples.Kws with { Code = CodeOptions.Resolve(request), ArenaBytes = arenaBytes };
        GeneratedNames names = new(model.Symbol);
        folder.Write(directory + names.HeaderFile, Samples.Header(model));
        folder.Write(directory + names.SourceFileOf(model.Code.Format), Samples.Source(model));
        folder.Write(directory + names.ModelFile, model.Model);
        folder.Write("main.c", Program);
    }
}
