using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Boards;

/// <summary>
/// A target that is given by its sizes and its core instead of a board's name: <c>sram=131072 flash=524288 core=cortex-m4f</c>, which a catalog takes as a
/// name too.
/// </summary>
internal static class BoardSpec
{
    private const string SramName = "sram=", FlashName = "flash=", CoreName = "core=";
    private const decimal MostBytes = 1L << 40;

    /// <summary>The name of the target; null where nothing is given.</summary>
    /// <param name="sram">The bytes that a static array can take, such as <c>128k</c>; null or empty for none.</param>
    /// <param name="flash">The bytes that a program can take.</param>
    /// <param name="core">The core, such as <c>cortex-m4f</c>; may be left out.</param>
    /// <param name="board">The board that is named; null or empty for none.</param>
    /// <param name="style">How options are called.</param>
    /// <exception cref="TinyReorderException">Something is missing, given twice or no size or core: TINY5003.</exception>
    public static string? Of(string? sram, string? flash, string? core, string? board, OptionStyle style)
    {
        if (Word.Given(sram) is null && Word.Given(flash) is null && Word.Given(core) is null)
            return null;
        if (Word.Given(board) is { } name)
            throw Bad($"{style.Name("Board")} is '{Quote.Text(name)}', and {style.Name("Sram")}, {style.Name("Flash")} or "
                + $"{style.Name("Core")} describe a target too; leave one out");
        if (Word.Given(sram) is null || Word.Given(flash) is null)
            throw Bad($"{style.Name(Word.Given(sram) is null ? "Sram" : "Flash")} is missing: a target without a board is described by "
                + $"{style.Name("Sram")} and {style.Name("Flash")}, and {style.Name("Core")} where kernels and ABI are to be known");
        string known = Word.Given(core) is { } word ? " " + CoreName + CoreNamed(word, style.Name("Core")) : "";
        return $"{SramName}{Bytes(sram!, style.Name("Sram"))} {FlashName}{Bytes(flash!, style.Name("Flash"))}{known}";
    }

    /// <summary>The target that <paramref name="name"/> describes; null where it is no such name.</summary>
    public static Board? TryParse(string name)
    {
        string[] parts = name.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 3 || BytesOf(parts[0], SramName) is not { } sram || BytesOf(parts[1], FlashName) is not { } flash)
            return null;
        string core = "";
        if (parts.Length == 3)
        {
            if (!parts[2].StartsWith(CoreName, StringComparison.OrdinalIgnoreCase) || CoreDefaults.Find(parts[2].Substring(CoreName.Length)) is not { } found)
                return null;
            core = found;
        }
        return new Board
        {
            Id = $"{SramName}{Text(sram)} {FlashName}{Text(flash)}{(core.Length > 0 ? " " + CoreName + core : "")}",
            Name = "given by its sizes",
            Core = core,
            StaticRegionBytes = sram,
            FlashBytes = flash,
            Kernels = CoreDefaults.KernelsOf(core),
            Library = CoreDefaults.LibraryOf(core),
            Abi = CoreDefaults.AbiOf(core),
        };
    }

    private static string CoreNamed(string word, string option) => CoreDefaults.Find(word)
        ?? throw Bad($"{option} is '{Quote.Text(word)}', which is no core that is known; nearest: "
            + $"{string.Join(", ", NearestNames.Find(word, CoreDefaults.Names))}");

    /// <summary>A size such as <c>131072</c>, <c>128k</c>, <c>128 KiB</c> or <c>1.5M</c>, where k and M are 1024 and 1024 times that.</summary>
    private static string Bytes(string word, string option)
    {
        string text = word.Trim();
        string number = text.TrimEnd('b', 'B').TrimEnd('i', 'I');
        decimal unit = number.EndsWith("k", StringComparison.OrdinalIgnoreCase) ? 1024
            : number.EndsWith("m", StringComparison.OrdinalIgnoreCase) ? 1024 * 1024 : 1;
        if (unit > 1)
            number = number.Substring(0, number.Length - 1);
        bool isNumber = decimal.TryParse(number.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count);
        decimal bytes = isNumber && count <= MostBytes ? count * unit : 0;
        return bytes >= 1 && bytes <= MostBytes && bytes == decimal.Truncate(bytes)
            ? Text((long)bytes)
            : throw Bad($"{option} is '{Quote.Text(word)}', but must be a whole number of bytes, such as 131072, 128k or 1.5M");
    }

    private static long? BytesOf(string part, string name) => part.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(part.Substring(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
        && bytes is >= 1 and <= (long)MostBytes ? bytes : null;

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
