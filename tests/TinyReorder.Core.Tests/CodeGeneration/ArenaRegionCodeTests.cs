using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>What the generated code says of an arena that lies in a memory of the board.</summary>
public class ArenaRegionCodeTests
{
    [Theory]
    [InlineData("disco_f407vg", "CCM", "__attribute__((section(\".ccmram\"), aligned(16)))", "__ccm_bss_section")]
    [InlineData("electrosmith_daisy", "SDRAM", "__attribute__((section(\".sdram_bss\"), aligned(16)))", "Z_GENERIC_SECTION(.sdram_bss) __aligned(16)")]
    [InlineData("esp32cam", "PSRAM", "EXT_RAM_BSS_ATTR", null)]
    [InlineData("teensy41", "EXTMEM", "__attribute__((section(\".externalram\"), aligned(16)))", null)]
    [InlineData("disco_f746ng", "SDRAM1", null, "Z_GENERIC_SECTION(SDRAM1) __aligned(16)")]
    public void The_source_places_the_arena_in_it(string board, string name, string? usual, string? zephyr)
    {
        MemoryRegion region = Samples.Region(board, name);
        string source = Samples.Source(Samples.Kws with { ArenaRegion = region, Code = Emitting().WithArenaIn(region) });

        foreach (string attribute in new[] { usual, zephyr }.OfType<string>())
            Assert.Contains($"#define TINYREORDER_ARENA_ATTRIBUTES {attribute}\n", source, StringComparison.Ordinal);
        Assert.Equal(usual is null, source.Contains("#error \"outside of Zephyr no section is known for " + name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_header_shows_the_array_that_the_program_defines_in_it()
    {
        string psram = Samples.Header(Samples.Kws with { ArenaRegion = Samples.Region("esp32cam", "PSRAM") });
        Assert.Contains("tensor_arena[kKwsTensorArenaSize] EXT_RAM_BSS_ATTR;\n", psram, StringComparison.Ordinal);
        Assert.Contains("The arena has to lie in the memory PSRAM of the board, which has 4,194,304 B.", psram, StringComparison.Ordinal);
        Assert.Contains("heap_caps_aligned_alloc(16, kKwsTensorArenaSize, MALLOC_CAP_SPIRAM)", psram, StringComparison.Ordinal);
        string ram2 = Samples.Header(Samples.Kws with { ArenaRegion = Samples.Region("nucleo_l476rg", "RAM2") });
        Assert.Contains("tensor_arena[kKwsTensorArenaSize];\n", ram2, StringComparison.Ordinal);
        Assert.DoesNotContain("heap_caps", ram2, StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_shows_both_arrays_where_the_program_gives_two()
    {
        string header = Samples.Header(Samples.Kws with
        {
            ArenaRegion = Samples.Region("disco_f407vg", "CCM"),
            PersistentRegion = Samples.Region("disco_f407vg", "RAM"),
        });
        Assert.Contains("tensor_arena[kKwsNonPersistentArenaSize] __attribute__((section(\".ccmram\")));\n", header, StringComparison.Ordinal);
        Assert.Contains("persistent_arena[kKwsPersistentArenaSize];\n", header, StringComparison.Ordinal);
        Assert.Contains("Create(persistent_arena, sizeof(persistent_arena), tensor_arena, sizeof(tensor_arena));\n", header, StringComparison.Ordinal);
        Assert.DoesNotContain("The arena has to lie in", header, StringComparison.Ordinal);
        Assert.StartsWith("EmitArena=\"true\" defines one arena, and PersistentRegion says",
            Assert.Throws<TinyReorderException>(Emitting().RefuseOneArena).Message, StringComparison.Ordinal);
        CodeOptions.Default.RefuseOneArena();
    }

    [Fact]
    public void A_section_that_is_named_wins_and_without_an_arena_nothing_is_placed()
    {
        CodeOptions named = CodeOptions.Resolve(new CodeRequest { EmitArena = "true", ArenaSection = ".mine" });
        Assert.Equal(".mine", named.WithArenaIn(Samples.Region("disco_f407vg", "CCM")).ArenaPlacement!.Section);
        Assert.Null(CodeOptions.Default.WithArenaIn(Samples.Region("disco_f407vg", "CCM")).ArenaPlacement);
    }

    [Theory]
    [InlineData("c", "nucleo_l476rg", "RAM2", "ArenaRegion is 'RAM2', but no section is known")]
    [InlineData("incbin", "disco_f746ng", "SDRAM1", "ArenaRegion is 'SDRAM1', but no section is known")]
    [InlineData("incbin", "esp32cam", "PSRAM", "EXT_RAM_BSS_ATTR is a macro of C")]
    public void What_nothing_is_known_to_place_asks_for_a_section(string format, string board, string name, string message)
    {
        CodeOptions code = CodeOptions.Resolve(new CodeRequest { EmitArena = "true", Format = format });
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => code.WithArenaIn(Samples.Region(board, name))).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_assembler_source_takes_the_section() => Assert.Contains("#define TINYREORDER_ARENA_SECTION \".ccmram\"", Samples.Source(Samples.Kws with
    {
        Code = CodeOptions.Resolve(new CodeRequest { EmitArena = "true", Format = "incbin" }).WithArenaIn(Samples.Region("disco_f407vg", "CCM")),
    }), StringComparison.Ordinal);

    [Fact]
    public void Every_section_of_the_catalog_can_be_written() => Assert.All(BoardCatalog.BuiltIn.Boards.SelectMany(board => board.Regions), region =>
        Assert.Equal(region.Section is null && region.ZephyrSection is null, SectionPlacement.Of(region) is null));

    private static CodeOptions Emitting() => CodeOptions.Resolve(new CodeRequest { EmitArena = "true" });
}
