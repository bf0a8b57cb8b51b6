namespace TinyReorder.Cli.Files;

/// <summary>Scripts for shells and build tools that the tool carries with it.</summary>
internal static class ShippedFile
{
    /// <summary>For each build tool the files that a project of it needs: where they go, and the name for <see cref="Text"/>.</summary>
    public static IReadOnlyDictionary<string, (string Path, string Resource)[]> Integrations { get; } = new SortedDictionary<string, (string,
        string)[]>(StringComparer.Ordinal)
    {
        ["cmake"] = [("TinyReorder.cmake", "TinyReorder.cmake")],
        ["make"] = [("tinyreorder.mk", "tinyreorder.mk")],
        ["platformio"] = [("tinyreorder.py", "tinyreorder.py")],
        ["esp-idf"] =
        [
            ("tinyreorder/CMakeLists.txt", "esp-idf.CMakeLists.txt"),
            ("tinyreorder/project_include.cmake", "esp-idf.project_include.cmake"),
            ("tinyreorder/TinyReorder.cmake", "TinyReorder.cmake"),
        ],
    };

    /// <summary>The text of a file.</summary>
    public static string Text(string resource)
    {
        using Stream stream = typeof(ShippedFile).Assembly.GetManifestResourceStream("TinyReorder.Cli.Shipped." + resource)
            ?? throw new InvalidOperationException($"the tool carries no '{resource}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
