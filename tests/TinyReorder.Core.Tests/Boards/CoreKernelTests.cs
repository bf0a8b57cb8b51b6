using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Boards;

/// <summary>Kernels that a board's core cannot run are refused where a request names them.</summary>
public class CoreKernelTests
{
    private static readonly TfliteModel Model = TfliteModel.Load(BuiltModels.Small().Build(), "built.tflite");

    [Theory]
    [InlineData("nano33ble", "esp-nn", false)]
    [InlineData("nano33ble", "esp-nn-s3", false)]
    [InlineData("nano33ble", "cmsis-nn-mve", false)]
    [InlineData("nano33ble", "cmsis-nn", true)]
    [InlineData("nano33ble", "reference", true)]
    [InlineData("stm32f103", "cmsis-nn", true)]
    [InlineData("stm32f103", "cmsis-nn-dsp", false)]
    [InlineData("esp32dev", "esp-nn", true)]
    [InlineData("esp32dev", "cmsis-nn-dsp", false)]
    [InlineData("esp32dev", "esp-nn-s3", false)]
    public void A_request_for_what_the_core_cannot_run_is_an_error(string board, string kernels, bool runs)
    {
        var request = new OptimizationRequest { Board = board, Kernels = kernels };
        if (runs)
        {
            Assert.Equal(board, ModelOptimizer.Optimize(Model, request).Board!.Board.Aliases.Append(board).First(name => name == board));
            return;
        }
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => ModelOptimizer.Optimize(Model, request)).Diagnostic;
        Assert.Equal(DiagnosticCodes.UnknownKernels, diagnostic.Code);
        Assert.Contains("cannot run the kernels", diagnostic.Message);
    }

    [Fact]
    public void Every_board_runs_the_kernels_that_it_names()
    {
        foreach (Board board in BoardCatalog.BuiltIn.Boards)
            Assert.True(CoreKernels.CanRun(board.Core, board.Kernels), board.Id);
    }
}
