using System.Text.Json;
using TinyReorder.Boards;
using TinyReorder.Cli.Tests.Running;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class BoardsTests
{
    [Fact]
    public void All_boards_are_listed_with_what_they_hold()
    {
        CommandRun run = CommandRun.InProcess("boards");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(BoardCatalog.BuiltIn.Boards.Count + 1, lines.Length);
        string bluePill = Assert.Single(lines, line => line.StartsWith("bluepill_f103c8 ", StringComparison.Ordinal));
        Assert.Contains("stm32f103", bluePill, StringComparison.Ordinal);
        Assert.Contains("20,480 B", bluePill, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("STM32F103", "bluepill_f103c8")]
    [InlineData("esp-nn-s3", "s3")]
    [InlineData("cortex-m7", "m7")]
    public void A_filter_looks_at_aliases_kernels_and_cores(string filter, string expected)
    {
        CommandRun run = CommandRun.InProcess("boards", filter);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.InRange(run.Output.Split('\n').Length, 3, BoardCatalog.BuiltIn.Boards.Count / 2);
    }

    [Fact]
    public void Nothing_found_is_said_on_standard_error()
    {
        CommandRun run = CommandRun.InProcess("boards", "commodore");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("'commodore'", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Contains("--board takes the chip stm32f407vg, with 131,072 B of SRAM", CommandRun.InProcess("boards", "stm32f407vgt7").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON()
    {
        JsonElement json = CommandRun.InProcess("boards", "nano33ble", "--format", "json").Json;
        Assert.Equal(["schema", "boards"], json.EnumerateObject().Select(member => member.Name));
        JsonElement board = json.GetProperty("boards").EnumerateArray().Single(board => board.GetProperty("id").GetString() == "nano33ble");
        Assert.Equal(
            ["id", "aliases", "name", "mcu", "core", "staticRegionBytes", "flashBytes", "maxFlashBytes", "kernels", "regions"],
            board.EnumerateObject().Select(member => member.Name));
        Assert.Equal(BoardCatalog.BuiltIn.Find("nano33ble").StaticRegionBytes, board.GetProperty("staticRegionBytes").GetInt64());
        Assert.Equal("cmsis-nn-dsp", board.GetProperty("kernels").GetString());
    }

    [Fact]
    public void Memories_are_listed_the_default_one_first()
    {
        JsonElement json = CommandRun.InProcess("boards", "disco_f407vg", "--format", "json").Json;
        JsonElement[] regions = [.. json.GetProperty("boards").EnumerateArray().Single().GetProperty("regions").EnumerateArray()];
        Assert.Equal(["RAM", "CCM"], regions.Select(region => region.GetProperty("name").GetString()));
        Assert.Equal(
            ["name", "baseAddress", "bytes", "keptBytes", "attributes", "within", "section", "zephyrSection", "heapCapability", "source"],
            regions[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("0x10000000", regions[1].GetProperty("baseAddress").GetString());
        Assert.Equal(JsonValueKind.Null, regions[1].GetProperty("within").ValueKind);
        Assert.Equal(["executable", "dma"], regions[0].GetProperty("attributes").EnumerateArray().Select(attribute => attribute.GetString()));
        Assert.Contains("CCM 65,536 B", CommandRun.InProcess("boards", "disco_f407vg").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_it_is_a_table()
    {
        CommandRun run = CommandRun.InProcess(terminalWidth: 160, default, "boards", "uno");
        Assert.Contains("╭", run.Output, StringComparison.Ordinal);
        Assert.Contains("Arduino Uno", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_that_is_too_narrow_it_is_plain() =>
        Assert.Equal(CommandRun.InProcess("boards", "uno"), CommandRun.InProcess(terminalWidth: 60, default, "boards", "uno"));
}
