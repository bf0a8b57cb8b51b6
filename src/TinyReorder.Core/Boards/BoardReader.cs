using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes;

namespace TinyReorder.Boards;

/// <summary>Reads the boards of a JSON file (docs/boards.md); what is wrong in it is one error with the file and the path.</summary>
internal static class BoardReader
{
    private const int MaxNameCharacters = 200;

    /// <summary>No microcontroller addresses more bytes, and sums of a few such numbers stay far inside a long.</summary>
    internal const long MaxBytes = 1L << 40;

    private static readonly string[] MemberNames =
    [
        "id", "name", "mcu", "core", "fpu", "dsp", "vector", "sramTotalBytes", "staticRegionBytes", "flashBytes", "maxFlashBytes",
        "regions", "kernels", "library", "abi", "source", "notes", "aliases",
    ];

    /// <summary>Reads the boards in the file's order.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadBoardFile"/>.</exception>
    public static IReadOnlyList<Board> Read(byte[] json, string fileName)
    {
        JsonValue root = JsonFile.Parse(json, fileName, DiagnosticCodes.BadBoardFile);
        List<Board> boards = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonValue item in root.GetArray("boards"))
        {
            RefuseUnknownMembers(item.AsObject(), MemberNames, "a board");
            Board board = ReadBoard(item);
            if (!names.Add(board.Id))
                throw item.Get("id").Error($"is the name of two boards: {JsonText.Quote(board.Id)}");
            for (int i = 0; i < board.Aliases.Count; i++)
            {
                if (!names.Add(board.Aliases[i]))
                    throw item.GetArray("aliases")[i].Error($"is the name of two boards: {JsonText.Quote(board.Aliases[i])}");
            }
            boards.Add(board);
        }
        return boards;
    }

    private static Board ReadBoard(JsonValue item)
    {
        Board board = new()
        {
            Id = Name(item.Get("id")),
            Name = Name(item.Get("name")),
            Mcu = Text(item, "mcu") ?? "",
            Core = Text(item, "core") ?? "",
            Fpu = Text(item, "fpu") ?? "none",
            Dsp = Text(item, "dsp") ?? "no",
            Vector = Text(item, "vector") ?? "none",
            SramTotalBytes = item.FindInt64("sramTotalBytes", 1, MaxBytes),
            StaticRegionBytes = item.GetInt64("staticRegionBytes", 1, MaxBytes),
            FlashBytes = item.GetInt64("flashBytes", 1, MaxBytes),
            MaxFlashBytes = item.FindInt64("maxFlashBytes", 1, MaxBytes),
            Kernels = Kernels(item.Find("kernels")),
            Library = Library(item.Find("library")),
            Abi = item.Find("abi") is { } abi ? ReadAbi(abi) : CoreDefaults.AbiOf(Text(item, "core") ?? ""),
            Source = Text(item, "source") ?? "",
            Notes = Text(item, "notes") ?? "",
            Aliases = item.FindArray("aliases").Select(Name).ToList(),
        };
        if (RegionReader.Read(item, board.StaticRegionBytes) is { } regions)
            board = board with { Regions = regions };
        if (board.SramTotalBytes is { } total && total < board.StaticRegionBytes)
            throw item.Get("sramTotalBytes").Error($"({Quantity.Bytes(total)}) is less than staticRegionBytes ({Quantity.Bytes(board.StaticRegionBytes)})");
        return board;
    }

    private static string Kernels(JsonValue? value)
    {
        if (value is null)
            return "reference";
        string kernels = value.AsString();
        if (BoardCatalog.KernelLibraries.Contains(kernels, StringComparer.Ordinal))
            return kernels;
        throw value.Error($"is no kernel library: {JsonText.Quote(kernels)}; there are {string.Join(", ", BoardCatalog.KernelLibraries)}");
    }

    private static string? Library(JsonValue? value)
    {
        if (value is null)
            return null;
        string name = OneLine(value);
        ReleaseLibrary? library = ReleaseCatalog.FindLibrary(name.Split('@')[0]);
        return library is not null && (!name.Contains("@") || library.Find(name.Substring(name.IndexOf('@') + 1)) is not null)
            ? name
            : throw value.Error($"is no library with a version that is known: {JsonText.Quote(name)}; there are "
                + $"{string.Join(", ", ReleaseCatalog.Libraries.Select(known => known.Name))}");
    }

    private static TargetAbi ReadAbi(JsonValue value) =>
        AbiWords.Find(OneLine(value)) ?? throw value.Error($"must be one of: {string.Join(", ", AbiWords.Choice.Words)}");

    private static string Name(JsonValue value)
    {
        string name = OneLine(value);
        if (string.IsNullOrWhiteSpace(name) || name != name.Trim())
            throw value.Error($"must be a name without spaces around it, not {JsonText.Quote(name)}");
        return name.Length <= MaxNameCharacters ? name : throw value.Error($"is longer than {MaxNameCharacters} characters");
    }

    private static string? Text(JsonValue item, string name) => item.Find(name) is { } value ? OneLine(value) : null;

    /// <summary>Text that a message or a comment can show.</summary>
    internal static string OneLine(JsonValue value)
    {
        string text = value.AsString();
        return text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') ? throw value.Error("must be text of one line") : text;
    }

    /// <summary>Refuses a member that is none of <paramref name="names"/>.</summary>
    internal static void RefuseUnknownMembers(JsonValue item, string[] names, string what)
    {
        JsonValue? unknown = item.Children.FirstOrDefault(member => !names.Contains(member.Name, StringComparer.Ordinal));
        if (unknown is not null)
            throw unknown.Error($"is no member of {what}; nearest: {string.Join(", ", NearestNames.Find(unknown.Name!, names, 2))}");
    }
}
