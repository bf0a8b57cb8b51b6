using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.Boards;

public class BoardFitTests
{
    private static readonly Board BluePill = BoardCatalog.BuiltIn.Find("stm32f103");

    [Theory]
    [InlineData(20_480, 0, 0, true)]
    [InlineData(20_481, 0, 1, false)]
    [InlineData(16_384, 4_096, 0, true)]
    [InlineData(16_384, 4_097, 1, false)]
    [InlineData(1, long.MaxValue, long.MaxValue - 20_480, false)]
    public void The_arena_and_what_is_reserved_must_fit_the_static_region(long arena, long reserved, long missing, bool fits)
    {
        BoardFit fit = new(BluePill, arena, 1, reserved);

        Assert.Equal((missing, 0, fits), (fit.SramMissingBytes, fit.FlashMissingBytes, fit.Fits));
        Assert.Equal(fits ? [] : ["TINY1001"], fit.Diagnose(BoardCatalog.BuiltIn).Select(diagnostic => diagnostic.Code));
    }

    [Theory]
    [InlineData(65_536, 0, 0, true)]
    [InlineData(65_537, 0, 1, false)]
    [InlineData(60_000, 5_536, 0, true)]
    [InlineData(60_000, 5_537, 1, false)]
    public void The_model_and_what_is_reserved_must_fit_the_flash(long model, long reserved, long missing, bool fits)
    {
        BoardFit fit = new(BluePill, 1, model, 0, reserved);

        Assert.Equal((0, missing, fits), (fit.SramMissingBytes, fit.FlashMissingBytes, fit.Fits));
        Assert.Equal(fits ? [] : ["TINY1002"], fit.Diagnose(BoardCatalog.BuiltIn).Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Flash_that_the_core_keeps_for_itself_is_not_there()
    {
        Board uno = BoardCatalog.BuiltIn.Find("uno"); // 32,768 B, of which programs get 32,256

        Assert.True(new BoardFit(uno, 1, 32_256).Fits);
        Assert.Equal(1, new BoardFit(uno, 1, 32_257).FlashMissingBytes);
    }

    [Fact]
    public void The_message_says_what_is_needed_there_and_missing_and_which_boards_would_do()
    {
        BoardFit fit = new(BluePill, 22_784, 53_936) { BoardName = "stm32f103" };

        Diagnostic diagnostic = Assert.Single(fit.Diagnose(BoardCatalog.BuiltIn, "kws.tflite", "operator 3 CONV_2D: a 8,000 B, b 8,000 B"));

        Assert.Equal(
            "kws.tflite : error TINY1001: needs 22,784 B of SRAM (arena 22,784 B + reserved 0 B), but stm32f103 (BluePill F103C8) has 20,480 B for static "
            + "data: "
            + "2,304 B too many. Peak at operator 3 CONV_2D: a 8,000 B, b 8,000 B. Would fit: genericSTM32F103RC (49,152 B SRAM, 262,144 B flash), "
            + "nucleo_g071rb (32,768 B SRAM, 131,072 B flash), nucleo_f091rc (32,768 B SRAM, 262,144 B flash)",
            diagnostic.ToString());
    }

    [Fact]
    public void Where_the_chip_has_more_than_a_static_array_can_use_the_message_says_so()
    {
        BoardFit fit = new(BoardCatalog.BuiltIn.Find("esp32"), 200_000, 1_000, 1_000);

        Diagnostic diagnostic = Assert.Single(fit.Diagnose(BoardCatalog.BuiltIn));

        Assert.StartsWith(
            "needs 201,000 B of SRAM (arena 200,000 B + reserved 1,000 B), but esp32dev (Espressif ESP32 Dev Module) has 180,736 B for static data "
            + "(of 532,480 B in all; a static array cannot use the rest): 20,264 B too many. Would fit: ",
            diagnostic.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_for_both_memories_is_two_errors_and_the_boards_named_fit_both()
    {
        BoardFit fit = new(BluePill, 30_000, 300_000);

        IReadOnlyList<Diagnostic> diagnostics = fit.Diagnose(BoardCatalog.BuiltIn, "m.tflite");

        Assert.Equal(["TINY1001", "TINY1002"], diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.StartsWith(
            "needs 300,000 B of flash (model 300,000 B + reserved 0 B), but bluepill_f103c8 (BluePill F103C8) has 65,536 B for programs: 234,464 B too "
            + "many. Would fit: ",
            diagnostics[1].Message,
            StringComparison.Ordinal);
        Assert.All(diagnostics, diagnostic => Assert.DoesNotContain("genericSTM32F103RC", diagnostic.Message, StringComparison.Ordinal));
        Assert.All(diagnostics, diagnostic => Assert.DoesNotContain('\n', diagnostic.Message));
    }

    [Fact]
    public void A_board_with_other_kernels_is_named_with_them()
    {
        BoardFit fit = new(BoardCatalog.BuiltIn.Find("rp2040"), 300_000, 1_000);

        Assert.Contains(
            "rpipico2 (524,288 B SRAM, 4,194,304 B flash; its cmsis-nn-dsp kernels change the arena)",
            fit.Diagnose(BoardCatalog.BuiltIn)[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_runtime_kernels_are_not_spoken_of()
    {
        BoardFit fit = new(BoardCatalog.BuiltIn.Find("uno"), 3_000, 1_000);

        string message = fit.Diagnose(BoardCatalog.BuiltIn)[0].Message;

        Assert.Contains("Would fit: nano_every (6,144 B SRAM, 48,640 B flash), megaatmega2560 (8,192 B SRAM, 253,952 B flash), ATmega1284P (", message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("kernels", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_board_would_fit_the_message_says_so() =>
        Assert.EndsWith("No board of the catalog would fit", new BoardFit(BluePill, 100_000_000, 1).Diagnose(BoardCatalog.BuiltIn)[0].Message,
            StringComparison.Ordinal);

    [Fact]
    public void Negative_sizes_are_a_callers_defect() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoardFit(BluePill, 1, 1, -1).Fits);
}
