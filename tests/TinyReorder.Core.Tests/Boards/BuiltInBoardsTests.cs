using TinyReorder.Boards;
using TinyReorder.Runtimes;

namespace TinyReorder.Tests.Boards;

public class BuiltInBoardsTests
{
    [Fact]
    public void All_boards_have_an_id_a_name_a_chip_and_a_source()
    {
        Assert.True(BoardCatalog.BuiltIn.Boards.Count >= 147, $"{BoardCatalog.BuiltIn.Boards.Count}");
        Assert.All(BoardCatalog.BuiltIn.Boards, board =>
        {
            Assert.NotEmpty(board.Mcu);
            Assert.NotEmpty(board.Core);
            Assert.NotEmpty(board.Source);
            Assert.DoesNotContain(' ', board.Id);
        });
    }

    [Fact]
    public void No_two_boards_share_a_name()
    {
        List<string> names = BoardCatalog.BuiltIn.Boards.SelectMany(board => board.Aliases.Append(board.Id)).Select(name => name.ToUpperInvariant()).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("stm32f103", "bluepill_f103c8")]
    [InlineData("STM32F103", "bluepill_f103c8")]
    [InlineData("esp32", "esp32dev")]
    [InlineData("nrf52840", "adafruit_feather_nrf52840")]
    [InlineData("rp2040", "rpipico")]
    [InlineData("mega2560", "megaatmega2560")]
    [InlineData("nano33ble", "nano33ble")]
    [InlineData(" Nano33BLE ", "nano33ble")]
    [InlineData("uno", "uno")]
    [InlineData("arduino:mbed_nano:nano33ble", "nano33ble")]
    [InlineData("nrf52840dk/nrf52840", "nrf52840_dk")]
    [InlineData("sfe_edge", "sfe_edge")]
    [InlineData("mps3/corstone300/fvp", "mps3_corstone300")]
    [InlineData("ek_ra8d1/r7fa8d1bhecbd", "ek_ra8d1")]
    [InlineData("alif_e7", "alif_ensemble_e7_hp")]
    public void Short_names_and_other_tools_names_find_the_board(string name, string id) => Assert.Equal(id, BoardCatalog.BuiltIn.Find(name).Id);

    [Fact]
    public void A_static_region_lies_within_the_chips_sram() =>
        Assert.All(BoardCatalog.BuiltIn.Boards, board => Assert.InRange(board.StaticRegionBytes, 1024, board.SramTotalBytes!.Value));

    [Fact]
    public void Flash_is_between_32_kB_and_128_MB_and_programs_never_take_more_than_there_is() =>
        Assert.All(BoardCatalog.BuiltIn.Boards, board =>
        {
            Assert.InRange(board.FlashBytes, 32 << 10, 128 << 20);
            Assert.InRange(board.UsableFlashBytes, 1, board.FlashBytes);
        });

    [Theory]
    [InlineData("esp32", 180_736, 4_194_304)]
    [InlineData("stm32f103", 20_480, 65_536)]
    [InlineData("nrf52840", 237_568, 815_104)]
    [InlineData("rp2040", 262_144, 2_097_152)]
    [InlineData("nano33ble", 261_632, 983_040)]
    [InlineData("uno", 2_048, 32_256)]
    [InlineData("seeed-xiao-mg24", 262_144, 1_572_864)] // its board file claims more flash than the part has
    public void What_a_model_is_checked_against_is_what_the_linker_allows(string name, long staticRegionBytes, long flashBytes)
    {
        Board board = BoardCatalog.BuiltIn.Find(name);

        Assert.Equal(staticRegionBytes, board.StaticRegionBytes);
        Assert.Equal(flashBytes, board.UsableFlashBytes);
    }

    [Fact]
    public void The_kernel_library_follows_from_the_core() =>
        Assert.All(BoardCatalog.BuiltIn.Boards, board => Assert.Equal(ExpectedKernels(board), board.Kernels));

    [Fact]
    public void The_kernel_libraries_of_boards_are_those_with_a_runtime_profile() =>
        Assert.Equal(
            RuntimeProfile.BuiltIn.Select(profile => profile.KernelLibrary).Distinct().Append("none").Order(StringComparer.Ordinal),
            BoardCatalog.KernelLibraries.Order(StringComparer.Ordinal));

    [Fact]
    public void Enumerations_take_4_bytes_on_the_24_boards_with_Xtensa_or_RISC_V_cores_and_as_few_as_they_need_on_every_Cortex_M()
    {
        Assert.Equal(24, BoardCatalog.BuiltIn.Boards.Count(board => board.Abi == TargetAbi.IntEnums));
        Assert.All(BoardCatalog.BuiltIn.Boards, board =>
        {
            TargetAbi? expected = board.Core.StartsWith("cortex-m", StringComparison.Ordinal) ? TargetAbi.ShortEnums : board.Core == "avr8"
                ? null : TargetAbi.IntEnums;
            Assert.Equal((board.Id, expected), (board.Id, board.Abi));
        });
    }

    [Theory]
    [InlineData("nano33ble", "tflite-micro-arduino-examples")]
    [InlineData("esp32", "esp-tflite-micro")]
    [InlineData("stm32f103", null)]
    public void A_board_comes_with_the_library_that_its_users_install(string name, string? library) =>
        Assert.Equal(library, BoardCatalog.BuiltIn.Find(name).Library);

    private static string ExpectedKernels(Board board) => board.Mcu switch
    {
        "esp8266" => "reference",
        "esp32s3" => "esp-nn-s3",
        "esp32p4" => "esp-nn-p4",
        string mcu when mcu.StartsWith("esp32", StringComparison.Ordinal) => "esp-nn",
        _ => board.Core switch
        {
            "avr8" => "none",
            "cortex-m0" or "cortex-m0plus" or "cortex-m3" => "cmsis-nn-c",
            "cortex-m4" or "cortex-m4f" or "cortex-m7" or "cortex-m33" => "cmsis-nn-dsp",
            "cortex-m55" or "cortex-m85" => "cmsis-nn-mve",
            _ => "reference",
        },
    };
}
