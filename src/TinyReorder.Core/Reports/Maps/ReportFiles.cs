using TinyReorder.Diagnostics;

namespace TinyReorder.Reports.Maps;

/// <summary>The reports that a build or a command asks for by words such as <c>html;csv</c>, as files.</summary>
internal static class ReportFiles
{
    private static readonly char[] Separators = [';', ',', ' '];

    private static readonly Dictionary<string, (string Ending, Func<MemoryReport, string> Render)[]> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["html"] = [(".memory.html", MapHtml.Of)],
        ["csv"] = [(".steps.csv", MapCsv.Steps), (".tensors.csv", MapCsv.Tensors)],
        ["svg"] = [(".memory.svg", MapSvg.Of)],
        ["json"] = [(".memory.json", MapJson.Of)],
    };

    /// <summary>The words that <see cref="Names"/> and <see cref="Of"/> know.</summary>
    public static IReadOnlyList<string> KnownFormats { get; } = ["html", "csv", "svg", "json"];

    /// <summary>The names of the files, without making them: what a build declares beforehand.</summary>
    /// <param name="formats">Words separated by semicolons, commas or spaces; null or empty for none.</param>
    /// <param name="baseName">What the names begin with, such as the model's symbol.</param>
    /// <exception cref="TinyReorderException">A word is not one of <see cref="KnownFormats"/>: TINY5003.</exception>
    public static IReadOnlyList<string> Names(string? formats, string baseName) => Chosen(formats).Select(file => baseName + file.Ending).ToArray();

    /// <summary>The files, named as <see cref="Names"/> says, in its order.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="formats">Words separated by semicolons, commas or spaces; null or empty for none.</param>
    /// <param name="baseName">What the names begin with, such as the model's symbol.</param>
    /// <exception cref="TinyReorderException">A word is not one of <see cref="KnownFormats"/>: TINY5003.</exception>
    public static IReadOnlyList<ReportFile> Of(MemoryReport report, string? formats, string baseName) =>
        Chosen(formats).Select(file => new ReportFile(baseName + file.Ending, file.Render(report))).ToArray();

    private static (string Ending, Func<MemoryReport, string> Render)[] Chosen(string? formats) => (formats ?? "")
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .SelectMany(word => Formats.TryGetValue(word, out (string, Func<MemoryReport, string>)[]? files) ? files : throw Unknown(word))
        .ToArray();

    private static TinyReorderException Unknown(string word) => new(Diagnostic.Error(
        DiagnosticCodes.BadOption,
        $"Report has '{Quote.Text(word)}', but must be any of: {string.Join(", ", KnownFormats)}, separated by semicolons"));
}
