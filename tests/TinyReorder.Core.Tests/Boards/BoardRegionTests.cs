using System.Text;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.Boards;

public class BoardRegionTests
{
    [Fact]
    public void The_first_region_is_the_static_one_everywhere() => Assert.All(BoardCatalog.BuiltIn.Boards, board =>
    {
        Assert.Equal((board.Id, board.StaticRegionBytes), (board.Id, board.Regions[0].Bytes));
        Assert.Null(board.Regions[0].Within);
        Assert.All(board.Regions, region => Assert.NotEmpty(region.Source));
        Assert.All(board.Regions, region => Assert.InRange(region.KeptBytes, 0, region.Bytes));
    });

    [Theory]
    [InlineData("disco_f407vg", "CCM", 0x10000000L, 65_536)]
    [InlineData("nucleo_f429zi", "CCM", 0x10000000L, 65_536)]
    [InlineData("nucleo_f303re", "CCM", 0x10000000L, 16_384)]
    [InlineData("nucleo_f746zg", "DTCM", 0x20000000L, 65_536)]
    [InlineData("nucleo_f767zi", "DTCM", 0x20000000L, 131_072)]
    [InlineData("disco_f746ng", "SDRAM1", 0xC0000000L, 8_388_608)]
    [InlineData("nucleo_h743zi", "DTCM", 0x20000000L, 131_072)]
    [InlineData("nucleo_h743zi", "RAM_D2", 0x30000000L, 294_912)]
    [InlineData("electrosmith_daisy", "SDRAM", 0xC0000000L, 67_108_864)]
    [InlineData("esp32cam", "PSRAM", 0x3F800000L, 4_194_304)]
    [InlineData("seeed_xiao_esp32s3", "PSRAM", 0x3C000000L, 8_388_608)]
    [InlineData("teensy40", "RAM2", 0x20200000L, 524_288)]
    [InlineData("teensy41", "EXTMEM", 0x70000000L, 8_388_608)]
    [InlineData("pimoroni_pico_plus_2", "PSRAM", 0x11000000L, 8_388_608)]
    [InlineData("nucleo_l476rg", "RAM2", 0x10000000L, 32_768)]
    [InlineData("mps3_corstone300", "SRAM", 0x31000000L, 2_097_152)]
    [InlineData("mps3_corstone310", "SRAM", 0x31000000L, 4_194_304)]
    [InlineData("ek_ra8d1", "SDRAM", 0x68000000L, 67_108_864)]
    [InlineData("stm32n6570_dk", "PSRAM", 0x90000000L, 33_554_400)]
    [InlineData("alif_ensemble_e7_hp", "SRAM1", 0x08000000L, 2_621_440)]
    [InlineData("ensemble_e8_dk", "SRAM0", 0x02000000L, 4_194_304)]
    [InlineData("grove_vision_ai_v2", "SRAM", 0x3401F000L, 1_970_176)]
    public void Boards_have_the_memories_of_their_linker_scripts(string board, string name, long baseAddress, long bytes)
    {
        MemoryRegion region = BoardCatalog.BuiltIn.Find(board).FindRegion(name)!;
        Assert.Equal((name, baseAddress, bytes), (region.Name, region.BaseAddress, region.Bytes));
    }

    [Fact]
    public void Regions_lie_apart_but_for_those_within_another() => Assert.All(BoardCatalog.BuiltIn.Boards, board =>
    {
        foreach (MemoryRegion region in board.Regions.Where(region => region.BaseAddress is not null))
        {
            foreach (MemoryRegion other in board.Regions.Where(other => other != region && other.BaseAddress >= region.BaseAddress))
                Assert.Equal((board.Id, other.Name, other.Within == region.Name || region.Within == other.Name),
                    (board.Id, other.Name, other.BaseAddress < region.BaseAddress + region.Bytes));
        }
    });

    [Theory]
    [InlineData("ccm")]
    [InlineData(" CCM ")]
    [InlineData("CCMRAM")]
    public void A_region_is_found_in_any_case_and_by_the_name_of_the_linker_script(string name) =>
        Assert.Equal("CCM", BoardCatalog.BuiltIn.Find("disco_f407vg").FindRegion(name)?.Name);

    [Fact]
    public void A_board_without_further_memories_has_its_static_region_alone()
    {
        foreach (string name in new[] { "uno", "stm32f407vg", "sram=131072 flash=524288" })
        {
            Board board = BoardCatalog.BuiltIn.Find(name);
            MemoryRegion region = Assert.Single(board.Regions);
            Assert.Equal(("SRAM", board.StaticRegionBytes, null), (region.Name, region.Bytes, region.BaseAddress));
        }
        Assert.Null(BoardCatalog.BuiltIn.Find("uno").FindRegion("CCM"));
    }

    [Fact]
    public void A_board_file_names_regions()
    {
        Board board = Load("""
            [{ "name": "RAM", "bytes": 1000 },
             { "name": "FAST", "baseAddress": "0x20000000", "bytes": 64, "keptBytes": 8, "attributes": ["dma", "retained"], "within": "RAM",
               "section": ".fast", "source": "memory.x" }]
            """).Find("mine");

        MemoryRegion fast = board.Regions[1];
        Assert.Equal(("FAST", 0x20000000L, 64L, 8L, "RAM", ".fast", "memory.x"),
            (fast.Name, fast.BaseAddress, fast.Bytes, fast.KeptBytes, fast.Within, fast.Section, fast.Source));
        Assert.True(fast.Has(MemoryRegion.Dma) && fast.Has(MemoryRegion.Retained) && !fast.Has(MemoryRegion.External));
    }

    [Theory]
    [InlineData("[]", "regions must name a region, or be left out")]
    [InlineData("{}", "regions must be an array")]
    [InlineData("""[{ "name": "RAM", "bytes": 999 }]""", "regions[0].bytes (999 B) must be staticRegionBytes (1,000 B)")]
    [InlineData("""[{ "name": "RAM" }]""", "regions[0] has no \"bytes\"")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000 }, { "name": "ram", "bytes": 1 }]""", "regions[1].name is the name of two regions: \"ram\"")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000 }, { "name": "B", "bytes": 0 }]""", "regions[1].bytes must be a whole number from 1")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "keptBytes": 1001 }]""", "regions[0].keptBytes must be a whole number from 0 to 1,000")]
    [InlineData("""[{ "name": "R AM", "bytes": 1000 }]""", "regions[0].name must be a name of letters")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "section": ".a\")))" }]""", "regions[0].section must be a section or a macro of letters")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "attributes": ["fast"] }]""", "regions[0].attributes[0] is no attribute of a region: \"fast\"; there are executable, dma")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "baseAddress": "20000000" }]""", "regions[0].baseAddress must be an address such as \"0x20000000\", not \"20000000\"")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "baseAddress": 1 }]""", "regions[0].baseAddress must be a string")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "within": "X" }]""", "regions[0].within must be the name of a region before it, not \"X\"")]
    [InlineData("""[{ "name": "RAM", "bytes": 1000, "size": 1 }]""", "regions[0].size is no member of a region; nearest: ")]
    public void A_bad_region_is_one_error_with_the_place(string regions, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(regions)).Diagnostic;

        Assert.StartsWith("$.boards[0]." + message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal((DiagnosticCodes.BadBoardFile, "my-boards.json"), (diagnostic.Code, diagnostic.File));
    }

    private static BoardCatalog Load(string regions) => BoardCatalog.Load(
        Encoding.UTF8.GetBytes($$"""{ "boards": [{ "id": "mine", "name": "My board", "staticRegionBytes": 1000, "flashBytes": 2000, "regions": {{regions}} }] }"""),
        "my-boards.json");
}
