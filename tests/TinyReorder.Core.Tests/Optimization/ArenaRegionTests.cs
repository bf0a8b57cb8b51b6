using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>An arena that lies in a memory of the board is checked against that one.</summary>
public class ArenaRegionTests
{
    private static readonly TfliteModel Model = TfliteModel.Load(BuiltModels.Small().Build(), "built.tflite");

    [Fact]
    public void The_default_region_is_the_static_one()
    {
        BoardResult board = ModelOptimizer.Optimize(Model, new OptimizationRequest { Board = "disco_f407vg", ReservedSram = "1000" }).Board!;
        Assert.Equal(("RAM", true, 130_072L), (board.Region.Name, board.IsDefaultRegion, board.RoomBytes));
    }

    [Theory]
    [InlineData("ccm", "CCM", 65_536)]
    [InlineData(" RAM ", "RAM", 131_072 - 1_000)]
    public void A_region_has_its_own_room_and_the_reserve_is_of_the_default_one(string word, string name, long room)
    {
        BoardResult board = ModelOptimizer.Optimize(Model, Request("disco_f407vg", word) with { ReservedSram = "1000" }).Board!;
        Assert.Equal((name, room, true), (board.Region.Name, board.RoomBytes, board.Fits));
    }

    [Fact]
    public void What_lies_within_the_default_region_shares_its_reserve() =>
        Assert.Equal(65_536 - 1_000, ModelOptimizer.Optimize(Model, Request("nucleo_f746zg", "DTCM") with { ReservedSram = "1000" }).Board!.RoomBytes);

    [Fact]
    public void A_reserve_that_leaves_nothing_breaks_the_default_region_only()
    {
        OptimizationRequest request = Request("disco_f407vg", null) with { ReservedSram = "131072" };
        Diagnostic error = Assert.Single(ModelOptimizer.Optimize(Model, request).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(DiagnosticCodes.ArenaExceedsSram, error.Code);
        Assert.Contains("Another memory of the board would hold the arena: ArenaRegion=\"CCM\" (65,536 B). ", error.Message, StringComparison.Ordinal);
        Assert.Contains(" has 131,072 B for static data (of 196,608 B in all): ", error.Message, StringComparison.Ordinal);
        Assert.True(ModelOptimizer.Optimize(Model, request with { ArenaRegion = "CCM" }).Board!.Fits);
    }

    [Fact]
    public void A_region_that_is_too_small_is_named()
    {
        byte[] boards = """
            { "boards": [{ "id": "mine", "name": "Mine", "staticRegionBytes": 100000, "flashBytes": 100000, "regions": [
              { "name": "RAM", "bytes": 100000 }, { "name": "FAST", "bytes": 256 }, { "name": "SLOW", "bytes": 50000, "attributes": ["external"] }] }] }
            """u8.ToArray();
        OptimizationRequest request = Request("mine", "FAST") with { Boards = TinyReorder.Boards.BoardCatalog.Load(boards, "mine.json"), GivesAdvice = false };
        OptimizationResult result = ModelOptimizer.Optimize(Model, request);
        Diagnostic error = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram);
        Assert.StartsWith($"needs {Quantity.Bytes(result.Constant.Bytes)} of FAST (arena {Quantity.Bytes(result.Constant.Bytes)} + reserved 0 B), "
            + $"but the region FAST of mine (Mine) has 256 B: {Quantity.Bytes(result.Constant.Bytes - 256)} too many. ", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("ArenaRegion=\"RAM\" (100,000 B), ArenaRegion=\"SLOW\" (50,000 B, external). ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_region_is_answered_with_those_of_the_board()
    {
        Diagnostic diagnostic = Refused(Request("disco_f407vg", "DTCM"));
        Assert.Equal((DiagnosticCodes.UnknownRegion, "built.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.Equal("ArenaRegion is 'DTCM', which is no memory of disco_f407vg; it has RAM (131,072 B), CCM (65,536 B)", diagnostic.Message);
        Assert.Contains("it has SRAM (2,048 B)", Refused(Request("uno", "CCM")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mps3_corstone300", "SRAM")]
    [InlineData("mps3_corstone310", "SRAM")]
    [InlineData("ek_ra8d1", "SDRAM")]
    [InlineData("stm32n6570_dk", "AXISRAM3")]
    [InlineData("alif_ensemble_e7_hp", "SRAM1")]
    [InlineData("ensemble_e8_dk", "SRAM0")]
    [InlineData("grove_vision_ai_v2", "SRAM")]
    public void Boards_with_vectors_have_their_kernels_and_memories(string board, string region)
    {
        OptimizationResult result = ModelOptimizer.Optimize(Model, Request(board, region));
        Assert.Equal(("cmsis-nn-mve", region, true), (result.Arena.Kernels, result.Board!.Region.Name, result.Board.Fits));
    }

    [Fact]
    public void Each_of_two_arenas_is_checked_in_its_own_memory()
    {
        byte[] boards = """
            { "boards": [{ "id": "mine", "name": "Mine", "staticRegionBytes": 100000, "flashBytes": 100000, "regions": [
              { "name": "RAM", "bytes": 100000 }, { "name": "FAST", "bytes": 1024 }, { "name": "TINY", "bytes": 64, "within": "RAM" }] }] }
            """u8.ToArray();
        OptimizationRequest request = Request("mine", "RAM") with { Boards = TinyReorder.Boards.BoardCatalog.Load(boards, "mine.json"), ReservedSram = "10" };

        OptimizationResult apart = ModelOptimizer.Optimize(Model, request with { ArenaRegion = "RAM", PersistentRegion = "TINY" });
        Assert.Equal(["RAM", "TINY"], apart.Board!.Places.Select(place => place.Region.Name));
        Assert.Equal([apart.Constant.NonPersistentBytes + apart.Constant.PersistentBytes, apart.Constant.PersistentBytes],
            apart.Board.Places.Select(place => (long?)place.ArenaBytes));
        Diagnostic error = Assert.Single(apart.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.StartsWith($"needs {Quantity.Bytes(apart.Constant.PersistentBytes!.Value + 10)} of TINY (arena ", error.Message, StringComparison.Ordinal);
        Assert.Contains(" PersistentRegion=\"RAM\" (100,000 B)", error.Message, StringComparison.Ordinal);
        Assert.False(apart.Board.Fits);

        OptimizationResult fast = ModelOptimizer.Optimize(Model, request with { ArenaRegion = "FAST", PersistentRegion = "RAM" });
        Assert.Equal((fast.Constant.NonPersistentBytes!.Value, 0L, fast.Constant.PersistentBytes!.Value, 10L),
            (fast.Board!.Places[0].ArenaBytes, fast.Board.Places[0].ReservedBytes, fast.Board.Places[1].ArenaBytes, fast.Board.Places[1].ReservedBytes));
        string budget = TinyReorder.Reports.SummaryText.Of(fast)[^1];
        Assert.Contains(" of 1,024 B FAST, ", budget, StringComparison.Ordinal);
        Assert.Contains(" + 10 B reserved of 100,000 B SRAM, ", budget, StringComparison.Ordinal);

        OptimizationResult together = ModelOptimizer.Optimize(Model, request with { PersistentRegion = "RAM" });
        Assert.Equal(together.Constant.NonPersistentBytes + together.Constant.PersistentBytes, Assert.Single(together.Board!.Places).ArenaBytes);
        Assert.True(together.Board.Fits);
    }

    [Fact]
    public void Two_memories_are_named_where_none_holds_the_whole_arena()
    {
        OptimizationResult whole = ModelOptimizer.Optimize(Model, Request("disco_f407vg", null));
        long tensors = whole.Constant.NonPersistentBytes!.Value, kept = whole.Constant.PersistentBytes!.Value;
        string regions = $$"""{ "name": "RAM", "bytes": {{kept + 8}} }, { "name": "EXT", "bytes": {{tensors}}, "attributes": ["external"] }""";
        Assert.Contains($"Two arenas would fit: ArenaRegion=\"EXT\" for tensors and scratch ({Quantity.Bytes(tensors)}) and PersistentRegion=\"RAM\" for what "
            + $"is kept ({Quantity.Bytes(kept)}). ", Overflow(regions, "8"), StringComparison.Ordinal);
        Assert.DoesNotContain("Two arenas", Overflow(regions, "9"), StringComparison.Ordinal);
        Assert.DoesNotContain("Two arenas", Overflow(regions.Replace("\"attributes\"", "\"within\": \"RAM\", \"attributes\"", StringComparison.Ordinal), "0"),
            StringComparison.Ordinal);
        string large = $$"""{ "name": "LARGE", "bytes": {{whole.Constant.Bytes}} }""";
        Assert.DoesNotContain("Two arenas", Overflow($"{regions}, {large}", "0"), StringComparison.Ordinal);

        string Overflow(string list, string reserved)
        {
            string board = $$"""
                { "boards": [{ "id": "mine", "name": "Mine", "core": "cortex-m4f", "kernels": "cmsis-nn-dsp", "staticRegionBytes": {{kept + 8}},
                  "flashBytes": 100000, "regions": [{{list}}] }] }
                """;
            OptimizationRequest request = Request("mine", null) with
            {
                Boards = TinyReorder.Boards.BoardCatalog.Load(System.Text.Encoding.UTF8.GetBytes(board), "mine.json"),
                GivesAdvice = false,
                ReservedSram = reserved,
            };
            return ModelOptimizer.Optimize(Model, request).Diagnostics.Single(diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram).Message;
        }
    }

    [Fact]
    public void Two_arenas_need_to_be_known()
    {
        Diagnostic diagnostic = Refused(Request("disco_f407vg", "CCM") with { PersistentRegion = "RAM", Runtime = "none" });
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.StartsWith("PersistentRegion is 'RAM', but how large each of two arenas is is not known here", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticCodes.UnknownRegion, Refused(Request("disco_f407vg", "CCM") with { PersistentRegion = "DTCM" }).Code);
    }

    [Fact]
    public void A_region_needs_a_board()
    {
        Diagnostic diagnostic = Refused(Request(null, "CCM") with { Style = OptionStyle.CommandLine });
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.StartsWith("--arena-region is 'CCM', a memory of a board, but none is named; use --board too", diagnostic.Message, StringComparison.Ordinal);
    }

    private static OptimizationRequest Request(string? board, string? region) => new() { Board = board, ArenaRegion = region };

    private static Diagnostic Refused(OptimizationRequest request) =>
        Assert.Throws<TinyReorderException>(() => ModelOptimizer.Optimize(Model, request)).Diagnostic;
}
