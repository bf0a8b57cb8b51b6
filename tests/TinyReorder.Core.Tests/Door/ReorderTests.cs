using System.Text;
using System.Text.Json;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Door;

/// <summary>The library as others call it: what it answers is what the rooms behind it found.</summary>
public class ReorderTests
{
    private static readonly byte[] Model = File.ReadAllBytes(RepositoryFiles.PathOf("samples", "models", "keyword.tflite"));

    private static readonly ReorderOptions Nano = new() { ModelName = "models/keyword.tflite", Board = "nano33ble" };

    private static readonly ReorderedModel OnNano = Reorder.Plan(Model, Nano);

    [Fact]
    public void The_answer_is_that_of_the_rooms_behind()
    {
        OptimizationResult expected = ModelOptimizer.Optimize(TfliteModel.Load(Model, Nano.ModelName), new OptimizationRequest { Board = "nano33ble" });

        Assert.Equal(expected.OptimizedModel, OnNano.Bytes.ToArray());
        Assert.Equal(expected.Subgraphs[0].Order, OnNano.Subgraphs[0].Order);
        Assert.Equal((expected.Subgraphs[0].DefaultPeakBytes, expected.Subgraphs[0].PeakBytes), (OnNano.FilePeakBytes, OnNano.PeakBytes));
        Assert.Equal(
            (expected.Arena.PlannedBytes, expected.Arena.ScratchBytes, expected.Arena.PersistentBytes),
            (OnNano.Arena.PlannedBytes, OnNano.Arena.ScratchBytes, OnNano.Arena.PersistentBytes));
        Assert.Equal((expected.Arena.ArenaBytes, expected.Arena.Exact), (OnNano.Arena.TotalBytes, OnNano.Arena.IsExact));
        Assert.Equal(expected.Constant.Bytes, OnNano.ArenaBytes);
        Assert.Equal(expected.Baseline.ArenaBytes, OnNano.FileArena.TotalBytes);
        Assert.Equal(expected.AllowedPlans.Select(plan => plan.ArenaBytes), OnNano.Plans.Select(plan => plan.TotalBytes));
        Assert.Equal(expected.Arena.Buffers.Select(buffer => buffer.Offset), OnNano.Arena.Buffers.Select(buffer => buffer.OffsetBytes));
        Assert.Equal((expected.Arena.Library, KernelLibrary.CmsisNnDsp, AbiKind.ShortEnums), (OnNano.Runtime, OnNano.Kernels, OnNano.Abi));
        Assert.Equal(expected.Board!.Board.StaticRegionBytes - expected.Constant.Bytes, OnNano.Board!.SramLeftBytes);
        Assert.True(OnNano.Succeeded && OnNano.IsProven && OnNano.Board.Fits && OnNano.PeakBytes < OnNano.FilePeakBytes);
    }

    [Fact]
    public void Offsets_that_the_model_carries_are_told_from_those_of_the_device()
    {
        ReorderedModel ours = Reorder.Plan(Model, new ReorderOptions { Plan = PlanKind.Offline, Overlap = OverlapKind.Diagonal });
        Assert.Equal((PlanKind.Offline, OrderKind.Best), (ours.Arena.Plan, ours.Arena.Order));
        Assert.Contains(ours.Arena.Buffers, buffer => buffer is { IsInModel: true, Tensor: not null, Operator: null });
        ReorderedModel device = Reorder.Plan(Model, new ReorderOptions { Plan = PlanKind.Device });
        Assert.DoesNotContain(device.Arena.Buffers, buffer => buffer.IsInModel);
    }

    [Fact]
    public void Every_option_reaches_the_rooms_behind()
    {
        var told = new List<ReorderProgress>();
        var options = new ReorderOptions
        {
            ModelName = "m.tflite",
            Board = "mine",
            BoardFile = new NamedFile("mine.json", """
                { "schema": 1, "boards": [ { "id": "mine", "name": "Mine", "staticRegionBytes": 262144, "flashBytes": 1048576, "source": "test" } ] }
                """u8.ToArray()),
            Runtime = "esp-tflite-micro@1.4.0",
            Kernels = KernelLibrary.EspNnS3,
            KernelVersion = "1.1.2",
            Abi = AbiKind.IntEnums,
            Order = OrderKind.File,
            Plan = PlanKind.Offline,
            Overlap = OverlapKind.None,
            Rewrite = RewriteKind.Stream,
            MaxWork = 1.25,
            MaxFlashBytes = 65_536,
            KeepInputs = true,
            ReservedSramBytes = 1,
            ReservedFlashBytes = 2,
            ArenaMarginPercent = 2.5m,
            ResourceVariables = ResourceVariableKind.Shared,
            Strict = true,
            Advice = false,
            SearchTime = TimeSpan.FromMilliseconds(1500.25),
            Progress = new Listener(told),
        };
        OptimizationRequest request = Requests.Of(options, Requests.BoardsOf(options), CancellationToken.None);
        Assert.Equal(("mine", "esp-tflite-micro@1.4.0", "esp-nn-s3@1.1.2", "int-enums"), (request.Board, request.Runtime, request.Kernels, request.Abi));
        Assert.Equal(("file", "offline", "none", "true"), (request.Order, request.Plan, request.Overlap, request.KeepInputs));
        Assert.Equal(("stream", "1.25", "65536"), (request.Rewrite, request.MaxWork, request.MaxFlash));
        Assert.Equal(("1", "2", "2.5%"), (request.ReservedSram, request.ReservedFlash, request.ArenaMargin));
        Assert.Equal(("shared", "true", false), (request.ResourceVariables, request.Strict, request.GivesAdvice));
        Assert.Equal(1.50025m, decimal.Parse(request.SearchSeconds!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(262_144, request.Boards!.Find("mine").StaticRegionBytes);
        request.Progress!(new Planning.OptimizationProgress(1, 2, 3));
        Assert.Equal((1, 2L, 3L), (told[0].Subgraph, told[0].States, told[0].LowerBoundBytes));
    }

    [Fact]
    public void Advice_comes_with_a_board_that_is_too_small_unless_nobody_asks_for_it()
    {
        byte[] model = BuiltModels.Streamable().Build();
        ReorderedModel fitting = Reorder.Plan(model, new ReorderOptions { Runtime = "tflm@2026-08", Kernels = KernelLibrary.Reference, Overlap = OverlapKind.Diagonal });
        var options = new ReorderOptions
        {
            Board = "mine",
            BoardFile = new NamedFile("mine.json", System.Text.Encoding.UTF8.GetBytes($$"""
                { "schema": 1, "boards": [ { "id": "mine", "name": "Mine", "staticRegionBytes": {{fitting.ArenaBytes + 16}}, "flashBytes": 1048576, "source": "test" } ] }
                """)),
            Runtime = "tflm@2026-08",
            Overlap = OverlapKind.None,
        };
        string with = Assert.Single(Reorder.Plan(model, options).Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram).Message;
        string without = Assert.Single(Reorder.Plan(model, options with { Advice = false }).Diagnostics,
            diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram).Message;
        Assert.Contains("OverlapKind.Diagonal would fit", with, StringComparison.Ordinal);
        Assert.DoesNotContain("OverlapKind.Diagonal", without, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rewrite_tells_its_loops_and_what_they_cost_or_why_there_are_none()
    {
        var b = new ModelBuilder();
        ModelTensor wide = b.Conv2D(b.Input("x", [1, 40, 40, 3]), filters: 16, kernel: 3, fused: Fused.Relu);
        b.Output(b.Conv2D(b.DepthwiseConv2D(wide, kernel: 3), filters: 16, kernel: 3, stride: 2));
        var options = new ReorderOptions { Kernels = KernelLibrary.Reference, Overlap = OverlapKind.Diagonal, MaxWork = 1.5, MaxFlashBytes = 65_536 };
        ReorderedModel whole = Reorder.Plan(b.Build(), options), streamed = Reorder.Plan(b.Build(), options with { Rewrite = RewriteKind.Stream });
        Assert.Null(whole.Rewrite);
        Assert.True(streamed.Arena.IsStreamed && streamed.ArenaBytes < whole.ArenaBytes);
        StreamedLoop loop = Assert.Single(streamed.Rewrite!.Loops);
        Assert.True(loop.FirstOperator < loop.LastOperator && loop.Turns * loop.RowsPerTurn >= 20);
        Assert.InRange(streamed.Rewrite.WorkRatio, 1, 1.5);
        Assert.True(streamed.Rewrite.IsWorkMeasured && streamed.Rewrite.Reason is null && streamed.Rewrite.DilatedOperators.Count == 0);
        Assert.True(streamed.Rewrite.MacsAfter >= streamed.Rewrite.MacsBefore);
        Assert.InRange(streamed.Bytes.Length - whole.Bytes.Length, 1, streamed.Rewrite.AddedFlashBytes);

        ReorderedModel kept = Reorder.Plan(BuiltModels.Small().Build(), options with { Rewrite = RewriteKind.Stream });
        Assert.False(kept.Arena.IsStreamed);
        Assert.Equal((0, 1, 0), (kept.Rewrite!.Loops.Count, kept.Rewrite.WorkRatio, kept.Rewrite.AddedFlashBytes));
        Assert.NotNull(kept.Rewrite.Reason);
    }

    [Fact]
    public void A_simplified_model_tells_what_is_gone()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 16, 16, 3]), wide = b.Conv2D(x, filters: 16, kernel: 3);
        b.Output(b.Conv2D(b.Pad(wide, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 1, Padding.Valid));
        var options = new ReorderOptions { Kernels = KernelLibrary.Reference };
        ReorderedModel whole = Reorder.Plan(b.Build(), options), simplified = Reorder.Plan(b.Build(), options with { Rewrite = RewriteKind.Simplify });
        Assert.True(simplified.Arena is { IsSimplified: true, IsStreamed: false } && simplified.ArenaBytes < whole.ArenaBytes);
        Simplification step = Assert.Single(simplified.Rewrite!.Simplifications);
        Assert.Equal(("pad", 0, 1, 2, 0), (step.Rule, step.Subgraph, step.Operator, step.Into, step.Tensors));
        Assert.Null(simplified.Rewrite.Reason);
        Assert.Empty(simplified.Rewrite.Loops);
    }

    [Fact]
    public void A_model_that_does_not_fit_is_a_result_with_an_error_that_names_the_librarys_options()
    {
        ReorderedModel result = Reorder.Plan(Model, new ReorderOptions { Board = "stm32f103" });
        Assert.False(result.Succeeded || result.Board!.Fits);
        Assert.True(result.Board!.SramLeftBytes < 0);
        Diagnostic told = Assert.Single(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal((DiagnosticCodes.ArenaExceedsSram, "model.tflite"), (told.Code, told.File));
        Assert.Contains(result.Hints, hint => hint.Contains("Runtime = \"", StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_input_ends_in_one_diagnostic()
    {
        Assert.Equal("TINY2001", CodeOf(() => Reorder.Plan(new byte[9])));
        Assert.Equal("TINY1003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { Board = "no such board" })));
        Assert.Equal("TINY5001", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { Runtime = "no such runtime" })));
        Assert.Equal("TINY1004", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { BoardFile = new NamedFile("b.json", "{"u8.ToArray()) })));
        Assert.Equal("TINY3005", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { ProfileFile = new NamedFile("p.json", "{"u8.ToArray()) })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { ReservedSramBytes = -1 })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { SearchTime = TimeSpan.FromDays(2) })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { Plan = PlanKind.Own })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { MaxWork = double.NaN })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { MaxFlashBytes = -1 })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { Rewrite = RewriteKind.Stream, Plan = PlanKind.Device })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { KernelVersion = "1.1.2" })));
        Assert.Equal("TINY5003", CodeOf(() => Reorder.Plan(Model, new ReorderOptions { ArenaMarginBytes = 16, ArenaMarginPercent = 1 })));
        Assert.Equal("TINY5003", CodeOf(() => OnNano.Generate(new GeneratedCodeOptions { Symbol = "no symbol" })));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reorder.Plan(Model, new ReorderOptions { Overlap = (OverlapKind)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnNano.Report((ReportKind)9));
        Assert.Throws<OperationCanceledException>(() => Reorder.Plan(Model, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Code_and_reports_are_those_of_the_tool()
    {
        GeneratedCode code = OnNano.Generate();
        Assert.Equal(["keyword.h", "keyword.c", "keyword_ops.h"], code.Files.Select(file => file.Name));
        Assert.Contains($"#define KEYWORD_TENSOR_ARENA_SIZE {OnNano.ArenaBytes}\n", code.Header.ToString(), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetBytes(code.Source.ToString()), code.Source.Content.ToArray());

        var sections = new GeneratedCodeOptions { DefinesArena = true, ArenaSection = ".ccm", ModelSection = ".qspi" };
        code = OnNano.Generate(sections with { Symbol = "kws", Source = SourceKind.Incbin, OpResolver = false });
        Assert.Equal(["kws.h", "kws.S", "kws.tflite"], code.Files.Select(file => file.Name));
        Assert.Equal(OnNano.Bytes.ToArray(), code.Model!.Content.ToArray());
        Assert.Contains(".ccm", code.Source.ToString(), StringComparison.Ordinal);

        using JsonDocument report = JsonDocument.Parse(OnNano.Report(ReportKind.Json));
        Assert.Equal(OnNano.ArenaBytes, report.RootElement.GetProperty("arrayBytes").GetInt64());
        Assert.StartsWith("<!DOCTYPE html>", OnNano.Report(ReportKind.Html), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<svg", OnNano.Report(ReportKind.Svg), StringComparison.Ordinal);
        Assert.StartsWith("subgraph,order,", OnNano.Report(ReportKind.StepsCsv), StringComparison.Ordinal);
        Assert.StartsWith("subgraph,tensor,", OnNano.Report(ReportKind.TensorsCsv), StringComparison.Ordinal);
    }

    private static string CodeOf(Action action) => Assert.Throws<TinyReorderException>(action).Diagnostic.Code;

    private sealed class Listener(List<ReorderProgress> told) : IProgress<ReorderProgress>
    {
        public void Report(ReorderProgress value) => told.Add(value);
    }
}
