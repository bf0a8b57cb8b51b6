using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Fitting;

/// <summary>Which boards hold models, against what each board by itself says.</summary>
public class FitSurveyTests
{
    private static readonly Board[] All = [.. BoardCatalog.BuiltIn.Boards];

    [Fact]
    public void Every_board_is_told_what_it_is_told_alone()
    {
        TfliteModel model = Load(Wide(48));
        FitReport report = FitSurvey.Run([model], new OptimizationRequest(), All, advises: false);

        Assert.Equal(All.Length, report.Boards.Count);
        Assert.True(report.Targets.Count is > 4 and < 20);
        // Some of each target, and every one around the edge.
        foreach (FitBoard board in report.Boards.Where((board, i) => i % 7 == 0 || board.Fit!.SramMissingBytes is > 0 and < 8000))
        {
            OptimizationResult alone = ModelOptimizer.Optimize(model, new OptimizationRequest { Board = board.Board.Id });
            Assert.Equal((alone.Board!.Fits, alone.Constant.Bytes, (long)alone.OptimizedModel.Length),
                (board.Fits, board.Fit!.ArenaBytes, board.Fit.ModelBytes));
        }
        Assert.Contains(report.Boards, board => board.Fits);
        Assert.Contains(report.Boards, board => !board.Fits);
    }

    [Fact]
    public void Those_that_hold_it_come_first_and_the_smallest_of_them_first()
    {
        FitReport report = FitSurvey.Run([Load(Wide(48))], new OptimizationRequest(), All, advises: false);
        bool[] fits = [.. report.Boards.Select(board => board.Fits)];
        Assert.Equal(fits.OrderByDescending(fit => fit), fits);
        long[] regions = [.. report.Boards.Where(board => board.Fits).Select(board => board.Board.StaticRegionBytes)];
        Assert.Equal(regions.Order(), regions);
    }

    [Fact]
    public void Several_models_add_up_and_what_is_reserved_counts_once()
    {
        TfliteModel one = Load(Wide(8)), other = Load(Wide(24), "other.tflite");
        Board[] boards = [BoardCatalog.BuiltIn.Find("nano33ble")];
        BoardFit Fit(params TfliteModel[] models) =>
            Assert.Single(FitSurvey.Run(models, new OptimizationRequest { ReservedSram = "1000", ReservedFlash = "2000" }, boards, advises: false).Boards).Fit!;
        Assert.Equal(Fit(one).ArenaBytes + Fit(other).ArenaBytes + 1000, Fit(one, other).SramNeededBytes);
        Assert.Equal(Fit(one).ModelBytes + Fit(other).ModelBytes + 2000, Fit(one, other).FlashNeededBytes);
    }

    [Fact]
    public void A_change_is_what_optimize_makes_of_it_and_the_cheapest_one()
    {
        TfliteModel model = Streamable;
        OptimizationResult today = Optimize(model, "none"), diagonal = Optimize(model, "diagonal");
        FitChange? At(long bytes)
        {
            BoardCatalog boards = WithBoard(bytes);
            return Assert.Single(FitSurvey.Run([model], new OptimizationRequest { Boards = boards, Overlap = "none" }, [boards.Find("small")], advises: true).Boards).Change;
        }
        Assert.Null(At(today.Constant.Bytes));
        FitChange byOverlap = At(today.Constant.Bytes - 1)!;
        Assert.Equal(["Overlap=\"diagonal\""], byOverlap.Settings);
        Assert.Equal((diagonal.Constant.Bytes, 1.0), (byOverlap.ArenaBytes, byOverlap.WorkRatio));
        FitChange further = At(diagonal.Constant.Bytes - 1)!;
        Assert.Contains(further.Settings, setting => setting.StartsWith("Rewrite=", StringComparison.Ordinal));
        Assert.True(further.ArenaBytes < diagonal.Constant.Bytes);
        Assert.Null(At(16));
    }

    [Fact]
    public void Of_several_models_only_those_that_have_to_are_changed()
    {
        TfliteModel streamable = Streamable, other = Load(Wide(4), "other.tflite");
        var request = new OptimizationRequest { Overlap = "none" };
        long bytes = new[] { streamable, other }.Sum(model => ModelOptimizer.Optimize(model, request with { Board = "stm32f103" }).Constant.Bytes);
        BoardCatalog boards = WithBoard(bytes - 1);
        FitBoard board = Assert.Single(FitSurvey.Run([other, streamable], request with { Boards = boards }, [boards.Find("small")], advises: true).Boards);
        Assert.Equal("streamable.tflite", Assert.Single(board.Change!.Models).Name);
    }

    [Fact]
    public void The_peak_and_the_next_one_are_those_of_the_steps_and_shrinking_by_what_is_told_is_enough()
    {
        OptimizationResult result = ModelOptimizer.Optimize(Load(Wide(48)), new OptimizationRequest());
        var peak = FitPeak.Of(result);
        long[] steps = [.. result.Subgraphs[0].Map.Steps.Select(step => step.TotalBytes)];
        Assert.Equal(steps.Max(), peak.Bytes);
        Assert.Equal(steps.Count(bytes => bytes == steps.Max()), peak.AtPeak.Count);
        Assert.Equal(steps.Where(bytes => bytes < steps.Max()).Max(), peak.NextBytes);
        Assert.Equal(result.Subgraphs[0].PeakBytes, peak.Bytes);

        foreach (long missing in new[] { 1, 100, peak.Bytes / 2, peak.Bytes - 1 })
        {
            Dictionary<int, long> byOperator = peak.ToShrink(missing).ToDictionary(part => part.Operator.Operator, part => part.Bytes);
            Assert.Equal(peak.Bytes - missing, result.Subgraphs[0].Map.Steps.Max(step => step.TotalBytes - byOperator.GetValueOrDefault(step.Operator)));
            Assert.All(byOperator.Values, bytes => Assert.InRange(bytes, 1, missing));
        }
        Assert.Empty(peak.ToShrink(0));
        Assert.Empty(peak.ToShrink(peak.Bytes));
    }

    [Fact]
    public void Operators_of_a_simplified_model_are_named_by_the_file()
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("x", [1, 8, 8, 4]), wide = model.Conv2D(input, filters: 16, kernel: 1);
        model.Output(model.Relu(wide));
        OptimizationResult result = ModelOptimizer.Optimize(Load(model.Build()), new OptimizationRequest { Rewrite = "simplify" });
        Assert.All(FitPeak.Of(result).Steps, step => Assert.InRange(step.Operator, -1, 1));
    }

    [Fact]
    public void A_board_that_cannot_run_the_kernels_is_refused_and_the_others_are_asked()
    {
        TfliteModel model = Load(Wide(8));
        Board[] boards = [BoardCatalog.BuiltIn.Find("esp32"), BoardCatalog.BuiltIn.Find("nano33ble")];
        FitReport report = FitSurvey.Run([model], new OptimizationRequest { Kernels = "cmsis-nn-dsp" }, boards, advises: true);
        Assert.Equal("nano33ble", report.Boards[0].Board.Id);
        Assert.Contains("cannot run the kernels", report.Boards[1].Refusal);
        Assert.Null(report.Boards[1].Fit);
        Assert.Equal(DiagnosticCodes.UnknownKernels, Assert.Throws<TinyReorderException>(() =>
            FitSurvey.Run([model], new OptimizationRequest { Kernels = "cmsis-nn-dsp" }, boards[..1], advises: false)).Diagnostic.Code);
    }

    /// <summary>A model that needs less with overlap, and still less with loops.</summary>
    private static TfliteModel Streamable => Enumerable.Range(1, 30).Select(seed => Load(BuiltModels.Streamable((ulong)seed).Build(), "streamable.tflite")).First(model =>
        Optimize(model, "none").Constant.Bytes > Optimize(model, "diagonal").Constant.Bytes
        && Optimize(model, "diagonal").Constant.Bytes > Optimize(model, "diagonal", "stream").Constant.Bytes);

    private static OptimizationResult Optimize(TfliteModel model, string overlap, string rewrite = "off") => ModelOptimizer.Optimize(model,
        new OptimizationRequest { Board = "stm32f103", Overlap = overlap, Rewrite = rewrite, MaxWork = "2", MaxFlash = "65536" });

    private static BoardCatalog WithBoard(long bytes) => BoardCatalog.BuiltIn.With(BoardCatalog.Load(System.Text.Encoding.UTF8.GetBytes($$"""
        { "boards": [ { "id": "small", "name": "Small", "core": "cortex-m3", "kernels": "cmsis-nn-c", "staticRegionBytes": {{bytes}}, "flashBytes": 1048576 } ] }
        """), "small.json"));

    private static TfliteModel Load(byte[] model, string name = "model.tflite") => TfliteModel.Load(model, name);

    private static byte[] Wide(int channels)
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("audio", [1, 16, 16, 4]);
        ModelTensor left = model.Conv2D(input, filters: channels, kernel: 1), right = model.Conv2D(input, filters: channels, kernel: 1);
        model.Output(model.Add(model.Conv2D(left, filters: 2, kernel: 1), model.Conv2D(right, filters: 2, kernel: 1)));
        return model.Build();
    }
}
