namespace TinyReorder.Diagnostics;

/// <summary>A word that a user may have written.</summary>
internal static class Word
{
    /// <summary>The word without white space around it; null where there is none.</summary>
    public static string? Given(string? word) => string.IsNullOrWhiteSpace(word) ? null : word!.Trim();

    /// <summary>Whether it is <paramref name="known"/>, whatever its case and the white space around it.</summary>
    public static bool Is(string? word, string known) => string.Equals(word?.Trim(), known, StringComparison.OrdinalIgnoreCase);
}
