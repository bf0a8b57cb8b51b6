using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Cli.Files;

/// <summary>Reads boards of the user's own.</summary>
internal static class BoardFile
{
    /// <summary>The built-in boards, and beside them those of the file at <paramref name="path"/> where one is given.</summary>
    /// <exception cref="TinyReorderException">The file cannot be read or is no board file: TINY1004.</exception>
    public static BoardCatalog Load(string? path) => string.IsNullOrEmpty(path)
        ? BoardCatalog.BuiltIn
        : BoardCatalog.BuiltIn.With(BoardCatalog.Load(InputFile.Read(path, path, DiagnosticCodes.BadBoardFile, BoardCatalog.MaxFileBytes), path));

    /// <summary>
    /// Whether <paramref name="wanted"/> stands in the id, an alias, the name, the MCU, the core or the kernel library of <paramref name="board"/>.
    /// </summary>
    public static bool Matches(Board board, string wanted) =>
        new[] { board.Id, board.Name, board.Mcu, board.Core, board.Kernels }.Concat(board.Aliases)
            .Any(text => text.Contains(wanted, StringComparison.OrdinalIgnoreCase));
}
