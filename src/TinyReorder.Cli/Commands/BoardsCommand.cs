using System.CommandLine;
using TinyReorder.Boards;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder boards</c>: the boards that <c>--board</c> knows.</summary>
internal static class BoardsCommand
{
    private static readonly TableColumn[] Columns =
    [
        new("id"), new("name", MayWrap: true), new("mcu"), new("core"), new("static region", IsNumber: true), new("flash", IsNumber: true), new("kernels"),
        new("further regions", MayWrap: true), new("aliases", MayWrap: true),
    ];

    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "boards",
            "List the boards that --board knows: what the largest static array and the model may take there, and the kernel library that is taken by default.",
            "tinyreorder boards",
            "tinyreorder boards cortex-m4",
            "tinyreorder boards esp32 --format json");
        var filter = new Argument<string?>("FILTER")
        {
            Description = "Lists only boards with this text in their id, alias, name, MCU, core or kernel library.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> boardFile = CommonOptions.BoardFile();
        command.Arguments.Add(filter);
        command.Options.Add(boardFile);
        command.Options.Add(CommonOptions.Format());
        command.SetAction(line =>
        {
            string wanted = line.GetValue(filter) ?? "";
            Board[] boards = BoardFile.Load(line.GetValue(boardFile)).Boards.Where(board => BoardFile.Matches(board, wanted)).ToArray();
            if (OutputFormat.IsJson(line))
                context.Output.Write(JsonOutput.OfIndented(writer => BoardJson.Write(writer, boards)));
            else
                Write(context, boards, wanted);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(CommandContext context, Board[] boards, string wanted)
    {
        if (boards.Length == 0)
            context.Error.WriteLine($"no board has '{Quote.Text(wanted)}' in its id, alias, name, MCU, core or kernel library; 'tinyreorder boards' lists "
                + $"all{Chip(wanted)}");
        else
            TableWriter.Write(context, Columns, [.. boards.Select(Cells)]);
    }

    /// <summary>What to say of a chip that --board takes although no board has it.</summary>
    private static string Chip(string wanted) => ChipCatalog.Find(wanted) is { } chip
        ? $"; --board takes the chip {chip.Id}, with {Quantity.Bytes(chip.StaticRegionBytes)} of SRAM and {Quantity.Bytes(chip.FlashBytes)} of flash"
        : "";

    private static string[] Cells(Board board) =>
    [
        board.Id,
        board.Name,
        board.Mcu,
        board.Core,
        Quantity.Bytes(board.StaticRegionBytes),
        Quantity.Bytes(board.UsableFlashBytes),
        board.Kernels,
        string.Join(", ", board.Regions.Skip(1).Select(region => $"{region.Name} {Quantity.Bytes(region.Bytes)}")),
        string.Join(' ', board.Aliases),
    ];
}
