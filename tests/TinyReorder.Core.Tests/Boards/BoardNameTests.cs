using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Boards;

/// <summary>Names of boards as three worlds write them, chips, and targets without a name.</summary>
public class BoardNameTests
{
    [Theory]
    [InlineData("nucleo_f401re", "nucleo_f401re")]
    [InlineData("nucleo_f401re/stm32f401xe", "nucleo_f401re")]
    [InlineData("stm32f4_disco", "disco_f407vg")]
    [InlineData("stm32f746g_disco", "disco_f746ng")]
    [InlineData("disco_l475_iot1", "disco_l475vg_iot01a")]
    [InlineData("b_u585i_iot02a", "disco_b_u585i_iot02a")]
    [InlineData("nrf52840dk/nrf52840", "nrf52840_dk")]
    [InlineData("nrf52840dk@0.2.0/nrf52840", "nrf52840_dk")]
    [InlineData("nrf52840dk_nrf52840", "nrf52840_dk")]
    [InlineData("nrf52dk/nrf52832", "nrf52_dk")]
    [InlineData("arduino_nano_33_ble/nrf52840/sense", "nano33ble")]
    [InlineData("arduino_nano_33_iot", "nano_33_iot")]
    [InlineData("arduino_giga_r1/stm32h747xx/m7", "giga_r1_m7")]
    [InlineData("bbc_microbit_v2", "bbcmicrobit_v2")]
    [InlineData("rpi_pico", "rpipico")]
    [InlineData("rpi_pico2/rp2350a/m33", "rpipico2")]
    [InlineData("esp32s3_devkitc/esp32s3/procpu", "esp32-s3-devkitc-1")]
    [InlineData("xiao_ble/nrf52840/sense", "seeed-xiao-afruitnrf52-nrf52840-sense")]
    [InlineData("frdm_k64f", "frdm_k64f")]
    [InlineData("teensy41", "teensy41")]
    [InlineData("wio_terminal", "seeed_wio_terminal")]
    public void Zephyrs_names_find_boards(string name, string id) => Assert.Equal(id, BoardCatalog.BuiltIn.Find(name).Id);

    [Theory]
    [InlineData("uno")]
    [InlineData("megaatmega2560")]
    [InlineData("nano33ble")]
    [InlineData("esp32dev")]
    [InlineData("esp32-s3-devkitc-1")]
    [InlineData("esp32-c3-devkitm-1")]
    [InlineData("nucleo_f446re")]
    [InlineData("nucleo_h743zi")]
    [InlineData("bluepill_f103c8")]
    [InlineData("blackpill_f411ce")]
    [InlineData("disco_f407vg")]
    [InlineData("adafruit_feather_nrf52840")]
    [InlineData("adafruit_feather_m4")]
    [InlineData("nrf52840_dk")]
    [InlineData("teensy40")]
    [InlineData("d1_mini")]
    [InlineData("nodemcuv2")]
    [InlineData("seeed_xiao_esp32s3")]
    [InlineData("portenta_h7_m7")]
    [InlineData("frdm_kl25z")]
    public void PlatformIOs_names_are_ids(string name) => Assert.Equal(name, BoardCatalog.BuiltIn.Find(name).Id);

    [Theory]
    [InlineData("arduino:avr:uno", "uno")]
    [InlineData("arduino:avr:mega:cpu=atmega2560", "megaatmega2560")]
    [InlineData("arduino:mbed_nano:nano33ble", "nano33ble")]
    [InlineData("arduino:samd:nano_33_iot", "nano_33_iot")]
    [InlineData("arduino:sam:arduino_due_x", "due")]
    [InlineData("arduino:mbed_portenta:envie_m7", "portenta_h7_m7")]
    [InlineData("arduino:renesas_uno:minima", "uno_r4_minima")]
    [InlineData("arduino:esp32:nano_nora", "arduino_nano_esp32")]
    [InlineData("esp32:esp32:esp32", "esp32dev")]
    [InlineData("esp32:esp32:esp32:FlashMode=dio,PartitionScheme=huge_app", "esp32dev")]
    [InlineData("esp32:esp32:esp32s3:PSRAM=opi", "esp32-s3-devkitc-1")]
    [InlineData("esp32:esp32:XIAO_ESP32C3", "seeed_xiao_esp32c3")]
    [InlineData("esp8266:esp8266:d1_mini", "d1_mini")]
    [InlineData("adafruit:nrf52:feather52840", "adafruit_feather_nrf52840")]
    [InlineData("adafruit:samd:adafruit_feather_m4", "adafruit_feather_m4")]
    [InlineData("rp2040:rp2040:rpipico", "rpipico")]
    [InlineData("teensy:avr:teensy41", "teensy41")]
    [InlineData("STMicroelectronics:stm32:Nucleo_64:pnum=NUCLEO_F401RE", "nucleo_f401re")]
    [InlineData("STMicroelectronics:stm32:Nucleo_64:pnum=NUCLEO_F401RE,upload_method=swdMethod", "nucleo_f401re")]
    [InlineData("SparkFun:apollo3:sfe_edge", "sfe_edge")]
    [InlineData("Seeeduino:samd:seeed_wio_terminal", "seeed_wio_terminal")]
    public void Arduinos_names_find_boards(string name, string id) => Assert.Equal(id, BoardCatalog.BuiltIn.Find(name).Id);

    [Theory]
    [InlineData("arduino_giga_r1/stm32h747xx/m4")]
    [InlineData("STMicroelectronics:stm32:Nucleo_64")]
    [InlineData("nucleo_f401re/stm32f401xe/ns")]
    public void What_would_be_another_core_or_board_is_not_taken_for_one(string name) =>
        Assert.Equal(DiagnosticCodes.UnknownBoard, Assert.Throws<TinyReorderException>(() => BoardCatalog.BuiltIn.Find(name)).Diagnostic.Code);

    [Theory]
    [InlineData("stm32f4")]
    [InlineData("STM32F4xx")]
    [InlineData("stm32l4")]
    [InlineData("esp32s")]
    [InlineData("nrf528")]
    public void A_family_is_answered_with_its_boards(string family)
    {
        string message = Assert.Throws<TinyReorderException>(() => BoardCatalog.BuiltIn.Find(family)).Message;
        string[] nearest = message.Split("nearest: ")[1].Split(". '")[0].Split(", ");
        string prefix = family.TrimEnd('x');
        Assert.True(nearest.Length >= 3, message);
        Assert.All(nearest[1..3], name => Assert.StartsWith(prefix, BoardCatalog.BuiltIn.Find(name).Mcu, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("stm32f407vg", "stm32f407vg", 131_072, 1_048_576, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("STM32F407VGT6", "stm32f407vg", 131_072, 1_048_576, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("stm32g031k8t6", "stm32g031k8", 8_192, 65_536, "cortex-m0plus", "cmsis-nn-c")]
    [InlineData("samd51j20a", "samd51j20a", 262_144, 1_048_576, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("nrf52833", "nrf52833", 131_072, 524_288, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("stm32h743zi", "stm32h743zi", 524_288, 2_097_152, "cortex-m7", "cmsis-nn-dsp")]
    // Where modm-devices and the vendors' packs differ: banks of flash and pieces of SRAM with a gap between, sizes that were exchanged.
    [InlineData("stm32h743vg", "stm32h743vg", 524_288, 524_288, "cortex-m7", "cmsis-nn-dsp")]
    [InlineData("stm32wb55cc", "stm32wb55cc", 65_536, 262_144, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("stm32f205rb", "stm32f205rb", 49_152, 131_072, "cortex-m3", "cmsis-nn-c")]
    [InlineData("stm32wle5j8", "stm32wle5j8", 20_480, 65_536, "cortex-m4", "cmsis-nn-dsp")]
    [InlineData("stm32l4p5ve", "stm32l4p5ve", 327_680, 524_288, "cortex-m4f", "cmsis-nn-dsp")]
    [InlineData("stm32l4p5vg", "stm32l4p5vg", 327_680, 1_048_576, "cortex-m4f", "cmsis-nn-dsp")]
    public void A_chip_is_found_by_its_name_or_its_number(string name, string id, long sram, long flash, string core, string kernels)
    {
        Board chip = BoardCatalog.BuiltIn.Find(name);
        Assert.Equal((id, sram, flash, core, kernels, TargetAbi.ShortEnums), (chip.Id, chip.StaticRegionBytes, chip.UsableFlashBytes, chip.Core, chip.Kernels, chip.Abi));
    }

    [Fact]
    public void Chips_are_sound_and_never_have_more_than_the_boards_that_were_read_with_care()
    {
        Assert.True(ChipCatalog.Chips.Count >= 1_400);
        Assert.All(ChipCatalog.Chips.Values, chip =>
        {
            Assert.InRange(chip.StaticRegionBytes, 1_024, 4L << 20);
            Assert.InRange(chip.FlashBytes, 4_096, 16L << 20);
            Assert.Contains(chip.Core, CoreDefaults.Names);
            Assert.Equal(chip.Id, chip.Id.ToLowerInvariant());
        });
        foreach (Board board in BoardCatalog.BuiltIn.Boards.Where(board => board.Source.Contains("ldscript", StringComparison.Ordinal)))
        {
            if (ChipCatalog.Find(board.Mcu) is { } chip)
                Assert.True(chip.StaticRegionBytes <= board.SramTotalBytes, $"{board.Id}: {chip.StaticRegionBytes} of {board.SramTotalBytes}");
        }
    }

    [Theory]
    [InlineData("128k", "512k", "cortex-m4f", 131_072, 524_288, "cmsis-nn-dsp")]
    [InlineData("131072", "524288", "Cortex-M4F", 131_072, 524_288, "cmsis-nn-dsp")]
    [InlineData("1.5M", "2 MiB", "cortex-m55", 1_572_864, 2_097_152, "cmsis-nn-mve")]
    [InlineData("20KB", "64 K", "cortex-m0+", 20_480, 65_536, "cmsis-nn-c")]
    [InlineData("320k", "4M", "xtensa-lx7", 327_680, 4_194_304, "esp-nn-s3")]
    [InlineData("320k", "4M", null, 327_680, 4_194_304, "reference")]
    public void Sizes_and_a_core_are_a_target(string sram, string flash, string? core, long sramBytes, long flashBytes, string kernels)
    {
        OptimizationResult result = Optimize(new OptimizationRequest { Sram = sram, Flash = flash, Core = core });
        Assert.Equal((sramBytes, flashBytes), (result.Board!.Board.StaticRegionBytes, result.Board.Board.UsableFlashBytes));
        Assert.Equal(kernels, result.Arena.Kernels);
        Assert.Equal(core is null, result.Constant.OtherTargetBytes > 0 || result.Hints.Any(hint => hint.Contains("holds for", StringComparison.Ordinal)));
        Board again = BoardCatalog.BuiltIn.Find(result.Board.Board.Id);
        Assert.Equal(result.Board.Board, again);
    }

    [Fact]
    public void A_target_that_is_too_small_is_named_by_its_sizes()
    {
        OptimizationResult result = Optimize(new OptimizationRequest { Sram = "1k", Flash = "1k", Core = "cortex-m4" });
        Assert.Equal(["TINY1001", "TINY1002"], result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code));
        Assert.Contains("sram=1024 flash=1024 core=cortex-m4 (given by its sizes) has 1,024 B", result.Diagnostics.First(diagnostic => diagnostic.Code == "TINY1001").Message);
    }

    [Theory]
    [InlineData("128k", null, null, null, "Flash is missing")]
    [InlineData(null, null, "cortex-m4", null, "Sram is missing")]
    [InlineData("128q", "1M", null, null, "Sram is '128q', but must be a whole number of bytes")]
    [InlineData("0.3", "1M", null, null, "Sram is '0.3'")]
    [InlineData("-1", "1M", null, null, "Sram is '-1'")]
    [InlineData("99999999999999M", "1M", null, null, "Sram is '99999999999999M'")]
    [InlineData("128k", "1M", "cortex-m5", null, "Core is 'cortex-m5', which is no core that is known; nearest: cortex-m")]
    [InlineData("128k", "1M", null, "uno", "Board is 'uno', and Sram, Flash or Core describe a target too")]
    public void What_does_not_describe_a_target_is_named(string? sram, string? flash, string? core, string? board, string fault)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Optimize(new OptimizationRequest { Sram = sram, Flash = flash, Core = core, Board = board })).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.StartsWith(fault, diagnostic.Message, StringComparison.Ordinal);
    }

    private static OptimizationResult Optimize(OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(BuiltModels.Small().Build(), "small.tflite"), request);
}
