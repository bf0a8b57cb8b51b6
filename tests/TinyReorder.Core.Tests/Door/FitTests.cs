using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Door;

/// <summary>The library asks boards whether they hold models, and takes sizes in the place of a board.</summary>
public class FitTests
{
    private static readonly NamedFile Keyword = new("keyword.tflite", File.ReadAllBytes(RepositoryFiles.PathOf("samples", "models", "keyword.tflite")));

    private static readonly string[] Asked = ["nano33ble", "stm32f103", "esp32dev", "stm32f407vg", "uno"];

    [Fact]
    public void Each_board_is_answered_as_the_survey_behind_answers()
    {
        ModelFit fit = Reorder.Fit([Keyword], boards: Asked);
        TfliteModel model = TfliteModel.Load(Keyword.Content.ToArray(), Keyword.Name);
        var request = new OptimizationRequest { Style = OptionStyle.Library };
        FitReport expected = FitSurvey.Run([model], request, [.. Asked.Select(BoardCatalog.BuiltIn.Find)], advises: true);

        Assert.Equal(expected.Boards.Select(board => board.Board.Id), fit.Boards.Select(board => board.Board.Id));
        Assert.Equal(expected.Boards.Select(board => (board.Fits, board.Fit?.ArenaBytes, board.Fit?.ModelBytes)),
            fit.Boards.Select(board => (board.Fits, board.ArenaBytes, board.ModelBytes)));
        Assert.Equal(expected.Boards.Select(board => board.Target!.Library), fit.Boards.Select(board => board.Runtime));
        Assert.Equal(expected.Boards.Select(board => board.Change?.ArenaBytes), fit.Boards.Select(board => board.Change?.ArenaBytes));
        Assert.Equal(expected.Diagnostics, fit.Diagnostics);

        FittedBoard nano = Assert.Single(fit.Boards, board => board.Board.Id == "nano33ble");
        Assert.True(nano.Fits && nano.MayFit && nano.Change is null && nano.Refusal is null);
        Assert.Equal((KernelLibrary.CmsisNnDsp, AbiKind.ShortEnums), (nano.Kernels, nano.Abi));
        ReorderedModel alone = Reorder.Plan(Keyword.Content, new ReorderOptions { Board = "nano33ble" });
        Assert.Equal((alone.ArenaBytes, alone.Board!.SramLeftBytes, alone.Board.FlashLeftBytes), (nano.ArenaBytes, nano.SramLeftBytes, nano.FlashLeftBytes));
        ModelPeak peak = Assert.Single(nano.Peaks);
        Assert.Equal(("keyword.tflite", alone.PeakBytes), (peak.Name, peak.Bytes));
        Assert.All(peak.Operators, op => Assert.Equal((peak.Bytes, 0), (op.LiveBytes, op.ExcessBytes)));
        Assert.True(peak.NextBytes < peak.Bytes && peak.ToShrink.Count == 0);

        FittedBoard avr = Assert.Single(fit.Boards, board => board.Board.Id == "uno");
        Assert.True(avr is { Fits: false, Runtime: null, Kernels: null, Abi: null, SramLeftBytes: < 0 });
    }

    [Fact]
    public void A_board_that_is_too_small_tells_what_would_help()
    {
        var model = new NamedFile("streamed.tflite", BuiltModels.Streamable().Build());
        var options = new ReorderOptions { Kernels = KernelLibrary.Reference, Overlap = OverlapKind.None, MaxWork = 2, MaxFlashBytes = 65_536 };
        long whole = Reorder.Plan(model.Content, options with { Board = "stm32f103" }).ArenaBytes;
        long streamed = Reorder.Plan(model.Content,
            options with { Board = "stm32f103", Overlap = OverlapKind.Diagonal, Rewrite = RewriteKind.Stream }).ArenaBytes;
        Assert.True(streamed < whole);
        var file = new NamedFile("small.json", System.Text.Encoding.UTF8.GetBytes($$"""
            { "boards": [ { "id": "small", "name": "Small", "core": "cortex-m3", "staticRegionBytes": {{whole - 1}}, "flashBytes": 1048576 } ] }
            """));
        FittedBoard Ask(ReorderOptions with) => Assert.Single(Reorder.Fit([model], with with { BoardFile = file }, ["small"]).Boards);

        FittedBoard small = Ask(options);
        Assert.True(small is { Fits: false, MayFit: false, SramLeftBytes: -1 });
        Assert.All(small.Change!.Settings, setting => Assert.Matches("^(Overlap = OverlapKind|Rewrite = RewriteKind)\\.", setting));
        Assert.Equal(["streamed.tflite"], small.Change.Models);
        Assert.InRange(small.Change.ArenaBytes, streamed, whole - 1);
        Assert.True(small.Change.ModelBytes > 0 && small.Change.WorkRatio >= 1);
        Assert.Equal(small.Peaks[0].Operators.Select(op => op.Operator), small.Peaks[0].ToShrink.Select(op => op.Operator));
        Assert.All(small.Peaks[0].ToShrink, op => Assert.Equal(1, op.ExcessBytes));
        Assert.Null(Ask(options with { Advice = false }).Change);
    }

    [Fact]
    public void Kernels_that_a_core_cannot_run_are_a_refusal_and_several_models_add_up()
    {
        ModelFit fit = Reorder.Fit([Keyword, Keyword], new ReorderOptions { Kernels = KernelLibrary.CmsisNnDsp, ReservedSramBytes = 100 },
            ["esp32dev", "nano33ble"]);
        Assert.Equal(["nano33ble", "esp32dev"], fit.Boards.Select(board => board.Board.Id));
        ReorderedModel alone = Reorder.Plan(Keyword.Content, new ReorderOptions { Board = "nano33ble" });
        Assert.Equal((2 * alone.ArenaBytes, alone.Board!.SramLeftBytes - alone.ArenaBytes - 100), (fit.Boards[0].ArenaBytes, fit.Boards[0].SramLeftBytes));
        Assert.Contains("cannot run the kernels", fit.Boards[1].Refusal, StringComparison.Ordinal);
        Assert.True(fit.Boards[1] is { Fits: false, MayFit: false, ArenaBytes: null, SramLeftBytes: null, Peaks.Count: 0 });
    }

    [Fact]
    public void All_boards_are_asked_where_none_is_named()
    {
        ModelFit fit = Reorder.Fit([Keyword], new ReorderOptions { Advice = false });
        Assert.Equal(Reorder.Boards.Select(board => board.Id).Order(StringComparer.Ordinal),
            fit.Boards.Select(board => board.Board.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Bad_questions_end_in_one_diagnostic()
    {
        Assert.Throws<ArgumentException>(() => Reorder.Fit([]));
        Assert.Equal("TINY1003", CodeOf(() => Reorder.Fit([Keyword], boards: ["no such board"])));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Fit([Keyword], new ReorderOptions { Board = "nano33ble" })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Fit([Keyword], new ReorderOptions { SramBytes = 1, FlashBytes = 1 })));
        Assert.Equal("TINY5002", CodeOf(() => Reorder.Fit([Keyword], new ReorderOptions { Kernels = KernelLibrary.CmsisNnDsp }, ["esp32dev"])));
        Assert.Equal("bad.tflite", Assert.Throws<TinyReorderException>(() => Reorder.Fit([new NamedFile("bad.tflite", new byte[9])])).Diagnostic.File);
        Assert.Throws<OperationCanceledException>(() => Reorder.Fit([Keyword], boards: ["nano33ble"], cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Sizes_and_a_core_stand_for_a_board()
    {
        ReorderedModel nano = Reorder.Plan(Keyword.Content, new ReorderOptions { Board = "nano33ble", Runtime = "tflm" });
        var sizes = new ReorderOptions { Runtime = "tflm", SramBytes = nano.ArenaBytes, FlashBytes = nano.Bytes.Length, Core = "cortex-m4f" };
        ReorderedModel exact = Reorder.Plan(Keyword.Content, sizes);
        Assert.Equal((nano.ArenaBytes, nano.Kernels, nano.Abi), (exact.ArenaBytes, exact.Kernels, exact.Abi));
        Assert.Equal((true, 0, 0), (exact.Board!.Fits, exact.Board.SramLeftBytes, exact.Board.FlashLeftBytes));
        Assert.False(Reorder.Plan(Keyword.Content, sizes with { SramBytes = nano.ArenaBytes - 1 }).Board!.Fits);
        Assert.Equal(KernelLibrary.Reference, Reorder.Plan(Keyword.Content, sizes with { Core = null }).Kernels);

        Assert.Contains("FlashBytes is missing", MessageOf(new ReorderOptions { SramBytes = 1 }), StringComparison.Ordinal);
        Assert.Contains("SramBytes is missing", MessageOf(new ReorderOptions { Core = "cortex-m3" }), StringComparison.Ordinal);
        Assert.Contains("SramBytes is '0'", MessageOf(sizes with { SramBytes = 0 }), StringComparison.Ordinal);
        Assert.Contains("Core is 'cortex-m9'", MessageOf(sizes with { Core = "cortex-m9" }), StringComparison.Ordinal);
        Assert.Contains("Board is 'uno'", MessageOf(sizes with { Board = "uno" }), StringComparison.Ordinal);
    }

    private static string CodeOf(Action action) => Assert.Throws<TinyReorderException>(action).Diagnostic.Code;

    private static string MessageOf(ReorderOptions options)
    {
        Diagnostic told = Assert.Throws<TinyReorderException>(() => Reorder.Plan(Keyword.Content, options)).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, told.Code);
        return told.Message;
    }
}
