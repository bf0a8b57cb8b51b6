using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Projects;

namespace TinyReorder.Tests.Projects;

public class ProjectBudgetTests
{
    private static readonly BoardCatalog Boards = BoardCatalog.Load(
        """
        {"boards":[
          {"id":"small","name":"Small board","aliases":["tiny"],"staticRegionBytes":20000,"flashBytes":100000},
          {"id":"large","name":"Large board","staticRegionBytes":64000,"flashBytes":400000}]}
        """u8.ToArray(),
        "boards.json");

    [Fact]
    public void A_group_counts_once_with_its_largest_member_and_everything_else_adds_up()
    {
        ProjectBudget budget = ProjectBudget.Of([Model("kws", 9_000, "audio"), Model("vad", 3_000, "audio"), Model("ball", 4_000)], Boards);

        ArenaGroup group = Assert.Single(budget.Groups);
        Assert.Equal((9_000, "audio_arena.h", "kAudioTensorArenaSize"), (group.ArenaBytes, group.HeaderFile, group.Names.ArenaConstant));
        BoardTotal total = Assert.Single(budget.Boards);
        Assert.Equal((13_000, 30_000), (total.ArenaBytes, total.ModelBytes));
        Assert.Empty(budget.Diagnostics);
        Assert.Equal("3 models together on small (Small board): 13,000 B of 20,000 B SRAM, 7,000 B left; 30,000 B of 100,000 B flash, 70,000 B left",
            total.Summary());
    }

    [Fact]
    public void Interpreters_that_stay_share_the_tensors_and_keep_the_rest()
    {
        ModelFootprint[] models = [Model("kws", 22_784, "audio", kept: 6_772), Model("vww", 100_672, "audio", kept: 26_932)];
        ArenaGroup group = Assert.Single(ArenaGroup.Of(models.Select(model => model with { ArenaSharing = ArenaSharing.Resident }).ToArray()));
        // 107,328 B is what the interpreter needs for these two on one allocator, whose objects of 124 B are counted twice here.
        Assert.Equal(107_456, group.ArenaBytes);
        Assert.Equal(100_672, Assert.Single(ArenaGroup.Of(models)).ArenaBytes);
        Assert.Equal(22_784, Assert.Single(ArenaGroup.Of([models[0] with { ArenaSharing = ArenaSharing.Resident }])).ArenaBytes);
    }

    [Fact]
    public void Each_memory_of_a_board_adds_up_by_itself()
    {
        BoardCatalog boards = BoardCatalog.Load(
            """
            {"boards":[{"id":"small","name":"Small board","staticRegionBytes":20000,"flashBytes":100000,"regions":[
              {"name":"RAM","bytes":20000},{"name":"FAST","bytes":8000,"within":"RAM"},{"name":"EXT","bytes":50000}]}]}
            """u8.ToArray(),
            "boards.json");
        ModelFootprint ext = Model("vad", 30_000) with { ArenaRegion = "ext" }, fast = Model("ball", 5_000) with { ArenaRegion = "FAST" };

        ProjectBudget fits = ProjectBudget.Of([Model("kws", 12_000) with { ReservedSramBytes = 1_000 }, ext, fast], boards);
        Assert.Empty(fits.Diagnostics);
        Assert.Equal("3 models together on small (Small board): 17,000 B + 1,000 B reserved of 20,000 B SRAM, 2,000 B left; "
            + "5,000 B + 1,000 B reserved of 8,000 B FAST, 2,000 B left; 30,000 B of 50,000 B EXT, 20,000 B left; 30,000 B of 100,000 B flash, 70,000 B left",
            Assert.Single(fits.Boards).Summary());

        ProjectBudget full = ProjectBudget.Of([ext, ext with { Model = "b.tflite", Symbol = "b" }, Model("kws", 16_000), fast], boards);
        Assert.Equal(2, full.Diagnostics.Count);
        Assert.StartsWith("the models of this project need 21,000 B of SRAM together (kws.tflite 16,000 B + ball.tflite 5,000 B + reserved 0 B), but small ",
            full.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("the models of this project need 60,000 B of EXT together (vad.tflite 30,000 B + b.tflite 30,000 B + reserved 0 B), but the region "
            + "EXT of small (Small board) has 50,000 B: 10,000 B too many. ", full.Diagnostics[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_arenas_of_a_model_add_up_where_each_lies()
    {
        BoardCatalog boards = BoardCatalog.Load(
            """
            {"boards":[{"id":"small","name":"Small board","staticRegionBytes":20000,"flashBytes":100000,"regions":[
              {"name":"RAM","bytes":20000},{"name":"EXT","bytes":50000}]}]}
            """u8.ToArray(),
            "boards.json");
        ModelFootprint Split(string name, string? group) => Model(name, 9_000, group) with
        {
            ArenaRegion = "EXT",
            PersistentRegion = "RAM",
            NonPersistentArenaBytes = 7_000,
            PersistentArenaBytes = 2_500,
        };

        Assert.Equal("2 models together on small (Small board): 5,000 B of 20,000 B SRAM, 15,000 B left; 14,000 B of 50,000 B EXT, 36,000 B left; "
            + "20,000 B of 100,000 B flash, 80,000 B left",
            Assert.Single(ProjectBudget.Of([Split("kws", null), Split("vad", null)], boards).Boards).Summary());
        Assert.Contains("5,000 B of 20,000 B SRAM, 15,000 B left; 7,000 B of 50,000 B EXT, ",
            Assert.Single(ProjectBudget.Of([Split("kws", "audio"), Split("vad", "audio")], boards).Boards).Summary(), StringComparison.Ordinal);
        ModelFootprint[] mixed = [Split("kws", "audio"), Split("vad", "audio") with { PersistentRegion = null }];
        var exception = Assert.Throws<TinyReorderException>(() => ArenaGroup.Of(mixed));
        Assert.StartsWith("PersistentRegion is given for", exception.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arena_of_a_group_lies_in_one_memory()
    {
        var exception = Assert.Throws<TinyReorderException>(() =>
            ArenaGroup.Of([Model("kws", 1_000, "audio"), Model("vad", 1_000, "audio") with { ArenaRegion = "CCM" }]));
        Assert.Equal(("TINY5003", "vad.tflite"), (exception.Diagnostic.Code, exception.Diagnostic.File));
        Assert.StartsWith("ArenaRegion differs from that of kws.tflite", exception.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_together_is_told_with_every_part_the_largest_first()
    {
        ProjectBudget budget = ProjectBudget.Of(
            [Model("ball", 4_000), Model("kws", 9_000, "audio") with { ReservedSramBytes = 1_000 }, Model("vad", 3_000, "audio"),
                Model("gesture", 8_000) with { ReservedSramBytes = 500 }], Boards);
        Diagnostic sram = Assert.Single(budget.Diagnostics);
        Assert.Equal(("TINY1007", DiagnosticSeverity.Error), (sram.Code, sram.Severity));
        Assert.Equal(
            "the models of this project need 22,000 B of SRAM together (arena group audio (the largest of kws.tflite, vad.tflite) 9,000 B + gesture.tflite 8,000 B + ball.tflite 4,000 B + reserved 1,000 B), "
            + "but small (Small board) has 20,000 B for static data: 2,000 B too many. Models that never run at the same time can share one arena: give them the same ArenaGroup. "
            + "Would fit: large (64,000 B SRAM, 400,000 B flash)",
            sram.Message);
    }

    [Fact]
    public void Flash_adds_up_whatever_is_shared()
    {
        ProjectBudget budget = ProjectBudget.Of([Model("kws", 9_000, "audio") with { FlashBytes = 60_000 },
            Model("vad", 3_000, "audio") with { FlashBytes = 50_000, ReservedFlashBytes = 100 }], Boards);
        Diagnostic flash = Assert.Single(budget.Diagnostics);
        Assert.Equal("TINY1008", flash.Code);
        Assert.StartsWith("the models of this project need 110,100 B of flash together (kws.tflite 60,000 B + vad.tflite 50,000 B + reserved 100 B), but small (Small board) has 100,000 B for programs: 10,100 B too many. ", flash.Message);
    }

    [Fact]
    public void Each_board_is_added_up_by_itself_whatever_name_it_was_asked_for_by()
    {
        ProjectBudget budget = ProjectBudget.Of([Model("a", 12_000), Model("b", 12_000, board: "large"), Model("c", 12_000, board: "TINY"),
            Model("d", 90_000, board: null)], Boards);
        Assert.Equal(["a.tflite", "c.tflite"], Assert.Single(budget.Boards).Models.Select(model => model.Model));
        Assert.Equal("TINY1007", Assert.Single(budget.Diagnostics).Code);
    }

    [Fact]
    public void Of_a_group_only_the_members_on_a_board_count_there()
    {
        ProjectBudget budget = ProjectBudget.Of([Model("a", 12_000, "g"), Model("b", 50_000, "g", board: "large"), Model("c", 6_000)], Boards);
        Assert.Equal(18_000, Assert.Single(budget.Boards).ArenaBytes);
        Assert.Equal(50_000, Assert.Single(budget.Groups).ArenaBytes);
    }

    [Theory]
    [InlineData("2nd group", "TINY5003")]
    [InlineData("vad", "TINY5004")]
    [InlineData("Vad", "TINY5004")]
    public void A_groups_name_has_to_be_an_identifier_of_its_own(string group, string code)
    {
        var exception = Assert.Throws<TinyReorderException>(() => ArenaGroup.Of([Model("kws", 1_000, group), Model("vad", 1_000)]));
        Assert.Equal((code, "kws.tflite"), (exception.Diagnostic.Code, exception.Diagnostic.File));
    }

    [Fact]
    public void Two_groups_or_a_model_and_a_groups_header_do_not_have_one_name()
    {
        Assert.Equal("TINY5004", Assert.Throws<TinyReorderException>(() => ArenaGroup.Of([Model("a", 1, "audio"), Model("b", 1, "Audio")])).Diagnostic.Code);
        Assert.Equal("TINY5004", Assert.Throws<TinyReorderException>(() => ArenaGroup.Of([Model("a", 1, "audio"), Model("audio_arena", 1)])).Diagnostic.Code);
    }

    [Theory]
    [InlineData("audio", "audio_ops")]
    [InlineData("audio_ops", "audio")]
    public void Nor_do_the_headers_that_register_operators(string group, string model) =>
        Assert.Equal("TINY5004", Assert.Throws<TinyReorderException>(() => ArenaGroup.Of([Model("a", 1, group), Model(model, 1)])).Diagnostic.Code);

    [Fact]
    public void Members_share_in_one_way()
    {
        var exception = Assert.Throws<TinyReorderException>(() =>
            ArenaGroup.Of([Model("a", 1, "audio"), Model("b", 1, "audio") with { ArenaSharing = ArenaSharing.Resident }]));
        Assert.Equal(("TINY5003", "b.tflite"), (exception.Diagnostic.Code, exception.Diagnostic.File));
        Assert.Equal("TINY5003", Assert.Throws<TinyReorderException>(() => ModelFootprint.ParseSharing("sometimes")).Diagnostic.Code);
        Assert.Equal(ArenaSharing.Resident, ModelFootprint.ParseSharing(" Resident "));
    }

    [Fact]
    public void Sizes_are_kept_as_lines_and_anything_else_is_no_footprint()
    {
        ModelFootprint model = Model("kws", 9_000) with
        {
            NonPersistentArenaBytes = 8_000,
            ReservedSramBytes = 1,
            ReservedFlashBytes = 2,
            Board = null,
            Operators = "ADD custom:Rk9P",
            PeakBytes = 7_000,
            PeakOperator = "3 ADD",
        };
        Assert.Equal(model, ModelFootprint.WithSizes(model.SizeLines(), model.Model, model.Symbol));
        Assert.Null(ModelFootprint.WithSizes((model with { NonPersistentArenaBytes = null }).SizeLines(), model.Model, model.Symbol)!.NonPersistentArenaBytes);
        Assert.Null(ModelFootprint.WithSizes(["1", "2", "3"], "a", "a"));
        Assert.Null(ModelFootprint.WithSizes(["1", "2", "3", "-4", "5", "6", "7", "8", "9", "operators=", "peak=3 ADD"], "a", "a"));
        Assert.Null(ModelFootprint.WithSizes(["1", "2", "3", "4", "5", "x", "7", "8", "9", "operators=", "peak=3 ADD"], "a", "a"));
        Assert.Null(ModelFootprint.WithSizes(["1", "2", "3", "4", "5", "6", "7", "8", "9", "operators=custom:?", "peak="], "a", "a"));
        Assert.NotNull(ModelFootprint.WithSizes(["1", "2", "3", "4", "5", "6", "7", "8", "9", "operators=", "peak=3 ADD"], "a", "a"));
    }

    private static ModelFootprint Model(string symbol, long arenaBytes, string? group = null, string? board = "small", long kept = 0) => new()
    {
        Model = symbol + ".tflite",
        Symbol = symbol,
        ArenaGroup = group,
        Board = board,
        ArenaBytes = arenaBytes,
        PersistentBytes = kept,
        FlashBytes = 10_000,
    };
}
