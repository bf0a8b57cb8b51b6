using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

public class RuntimeChoiceTests
{
    [Theory]
    [InlineData(null, null, null, null, "tflm@2026-08", "reference", "short-enums", false)]
    [InlineData(null, null, null, "int-enums", "tflm@2026-08", "reference", "int-enums", true)]
    [InlineData(null, "esp-nn", null, null, "esp-tflite-micro@1.4.0", "esp-nn", "int-enums", true)]
    [InlineData(null, "esp-nn", null, "short-enums", "esp-tflite-micro@1.4.0", "esp-nn", "short-enums", true)]
    [InlineData(null, "cmsis-nn", null, null, "tflm@2026-08", "cmsis-nn-dsp", "short-enums", false)]
    [InlineData(null, null, "esp32", null, "esp-tflite-micro@1.4.0", "esp-nn", "int-enums", true)]
    [InlineData(null, null, "esp32-s3-devkitc-1", null, "esp-tflite-micro@1.4.0", "esp-nn-s3", "int-enums", true)]
    [InlineData(null, "reference", "esp32", null, "esp-tflite-micro@1.4.0", "reference", "int-enums", true)]
    [InlineData(null, null, "hifive1-revb", null, "tflm@2026-08", "reference", "int-enums", true)]
    [InlineData(null, null, "nano33ble", null, "tflite-micro-arduino-examples@2023-02", "cmsis-nn-dsp", "short-enums", true)]
    [InlineData(null, "reference", "nano33ble", null, "tflm@2026-08", "reference", "short-enums", true)]
    [InlineData("tflm", null, "nano33ble", null, "tflm@2026-08", "cmsis-nn-dsp", "short-enums", true)]
    [InlineData("TFLM@2026-08", "cmsis-nn", null, "short-enums", "tflm@2026-08", "cmsis-nn-dsp", "short-enums", true)]
    [InlineData("tflm@90b983c", null, "stm32f103", null, "tflm@2026-08", "cmsis-nn-c", "short-enums", true)]
    [InlineData("tflm@90b983c2b0e1d4a7", null, "stm32f103", null, "tflm@2026-08", "cmsis-nn-c", "short-enums", true)]
    [InlineData("esp-tflite-micro@1.4.0", null, null, null, "esp-tflite-micro@1.4.0", "esp-nn", "int-enums", true)]
    [InlineData("tflite-micro-arduino-examples@2023-02", null, null, null, "tflite-micro-arduino-examples@2023-02", "cmsis-nn-dsp", "short-enums", true)]
    public void What_is_not_said_comes_from_board_and_library(
        string? runtime, string? kernels, string? board, string? abi, string library, string expectedKernels, string expectedAbi, bool exact)
    {
        ArenaResult arena = Optimize(new OptimizationRequest { Runtime = runtime, Kernels = kernels, Board = board, Abi = abi }).Arena;

        Assert.Equal((library, expectedKernels, expectedAbi, exact), (arena.Library, arena.Kernels, AbiWords.Of(arena.Abi!.Value), arena.Exact));
    }

    [Fact]
    public void Where_the_abi_is_open_the_constant_is_the_larger_of_both_without_a_share_on_top()
    {
        OptimizationResult open = Optimize(new OptimizationRequest());
        long shorts = Optimize(new OptimizationRequest { Abi = "short-enums" }).Arena.ArenaBytes,
            ints = Optimize(new OptimizationRequest { Abi = "int-enums" }).Arena.ArenaBytes;

        Assert.True(ints > shorts);
        Assert.Equal((shorts, ints, ints - shorts, 0L),
            (open.Arena.ArenaBytes, open.Constant.Bytes, open.Constant.OtherTargetBytes, open.Constant.MarginBytes));
        Assert.Contains(open.Hints, hint => hint.Contains("Abi=\"short-enums\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tflm@1.2.3", "tflm@2026-08")]
    [InlineData("tflm@2026-09", "tflm@2026-08")]
    public void A_version_that_is_not_known_is_the_nearest_with_a_constant_that_holds_for_all_known_ones(string runtime, string nearest)
    {
        OptimizationResult result = Optimize(new OptimizationRequest { Runtime = runtime, Abi = "short-enums" });

        Assert.Equal((nearest, false), (result.Arena.Library, result.Arena.Exact));
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic is { Code: DiagnosticCodes.UnknownRuntimeVersion, Severity: DiagnosticSeverity.Warning });
        long most = RuntimeProfile.BuiltIn.Where(profile => profile.KernelLibrary == "reference")
            .Select(profile => new TflmAllocator(result.Model, profile).Allocate([result.Arena.Orders[0]], result.Arena.OfflinePlan).ArenaBytes).Max();
        Assert.Equal(most, result.Constant.Bytes);
    }

    [Theory]
    [InlineData("tflite", DiagnosticCodes.UnknownRuntime, "there is no runtime 'tflite'")]
    [InlineData("esp-tflite-micro@1.4.0", DiagnosticCodes.UnknownKernels, "has no kernels 'cmsis-nn'; it has esp-nn")]
    public void What_nobody_installs_is_an_error(string runtime, string code, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() =>
            Optimize(new OptimizationRequest { Runtime = runtime, Kernels = "cmsis-nn" })).Diagnostic;

        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_abi_is_one_of_two_words()
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Optimize(new OptimizationRequest { Abi = "eabi" })).Diagnostic;

        Assert.Equal((DiagnosticCodes.BadOption, "Abi is 'eabi', but must be one of: short-enums, int-enums"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_folder_of_unknown_files_is_a_warning_and_an_upper_bound()
    {
        OptimizationResult result = Optimize(new OptimizationRequest
        {
            RuntimePath = "tflm",
            ReadRuntimeFile = _ =>
            Encoding.ASCII.GetBytes("int x;\n"),
            Abi = "short-enums"
        });

        Assert.False(result.Arena.Exact);
        Assert.Contains(result.Diagnostics,
            diagnostic => diagnostic.Code == DiagnosticCodes.UnknownRuntimeVersion && diagnostic.Message.Contains("'tflm'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_known_version_shares_further_than_an_assumed_one_which_says_what_that_would_save()
    {
        OptimizationResult known = Optimize(new OptimizationRequest { Runtime = "tflm@2026-08", Abi = "short-enums" });
        OptimizationResult assumed = Optimize(new OptimizationRequest { Abi = "short-enums" });
        OptimizationResult none = Optimize(new OptimizationRequest { Runtime = "tflm@2026-08", Abi = "short-enums", Overlap = "none" });

        Assert.Equal((OverlapChoice.Diagonal, OverlapChoice.None), (known.Arena.Overlap, none.Arena.Overlap));
        Assert.NotEqual(OverlapChoice.Diagonal, assumed.Arena.Overlap);
        long savedBytes = assumed.Arena.ArenaBytes - known.Arena.ArenaBytes;
        Assert.True(savedBytes > 0);
        Assert.Contains(assumed.Hints, hint =>
            hint.Contains($"Runtime=\"tflm@2026-08\" confirms it and saves another {Quantity.Bytes(savedBytes)}", StringComparison.Ordinal));
        Assert.Empty(known.Hints);
    }

    [Theory]
    [InlineData("tflm@2021-12", "reference", nameof(OverlapChoice.None))]
    [InlineData("TensorFlowLite_ESP32@1.0.0", null, nameof(OverlapChoice.None))]
    [InlineData("esp-tflite-micro@1.3.3", null, nameof(OverlapChoice.InPlace))]
    [InlineData("tflm@2025-12", "cmsis-nn", nameof(OverlapChoice.InPlace))]
    [InlineData("tflite-micro-arduino-examples@2023-02", null, nameof(OverlapChoice.InPlace))]
    public void What_nothing_has_shown_for_an_older_version_is_not_done_even_where_it_is_asked_for(string runtime, string? kernels, string mostName)
    {
        OverlapChoice most = Enum.Parse<OverlapChoice>(mostName);
        OptimizationResult result = Optimize(new OptimizationRequest { Runtime = runtime, Kernels = kernels, Overlap = "diagonal" });

        Assert.Equal(most, result.Plans.Max(plan => plan.Overlap));
        Assert.Contains(
            result.Diagnostics,
            diagnostic =>
                diagnostic.Code == DiagnosticCodes.NoOverlapEvidence
                && diagnostic.Message.Contains($"more than '{ChoiceWords.Of(most)}'", StringComparison.Ordinal));
    }

    [Fact]
    public void The_Arduino_library_shares_in_place_where_nobody_says_whether_its_version_is_known_or_assumed()
    {
        OptimizationResult assumed = Optimize(new OptimizationRequest { Board = "nano33ble" });
        OptimizationResult known = Optimize(new OptimizationRequest { Board = "nano33ble", Runtime = "tflite-micro-arduino-examples@2023-02" });

        Assert.Equal(OverlapChoice.InPlace, assumed.Plans.Max(plan => plan.Overlap));
        Assert.Equal(OverlapChoice.InPlace, known.Plans.Max(plan => plan.Overlap));
        Assert.Equal(assumed.Arena.ArenaBytes, known.Arena.ArenaBytes);
    }

    private static OptimizationResult Optimize(OptimizationRequest request) => ModelOptimizer.Optimize(Model.Value, request);

    // Convolutions whose output may slide over their input, and ADD, whose options have another size with each ABI.
    private static readonly Lazy<TfliteModel> Model = new(() =>
    {
        var builder = new ModelBuilder();
        ModelTensor input = builder.Input("x", [1, 24, 24, 8]), last = input;
        for (int i = 0; i < 3; i++)
            last = builder.DepthwiseConv2D(last, kernel: 3);
        ModelTensor small = builder.MaxPool(last, kernel: 2, stride: 2), sum = small;
        for (int i = 0; i < 6; i++)
            sum = builder.Add(sum, small);
        builder.Output(sum);
        return TfliteModel.Load(builder.Build(), "m.tflite");
    });
}
