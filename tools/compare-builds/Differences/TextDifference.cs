namespace TinyReorder.CompareBuilds.Differences;

/// <summary>Tells how two texts differ.</summary>
internal static class TextDifference
{
    private const int ExcerptLength = 120, CharactersBefore = 30;

    /// <summary>The first line that differs, as it is in both.</summary>
    public static string Of(string before, string after)
    {
        string[] old = before.Split('\n'), recent = after.Split('\n');
        int same = old.AsSpan().CommonPrefixLength(recent);
        string change = same == old.Length || same == recent.Length
            ? $"{(same < old.Length ? Excerpt(old[same], 0) : "its end")} -> {(same < recent.Length ? Excerpt(recent[same], 0) : "its end")}"
            : Change(old[same], recent[same]);
        return FormattableString.Invariant($"line {same + 1} is the first that differs: {change}");
    }

    /// <summary>Two different texts of one line, each cut to what is around the place where they differ.</summary>
    public static string Change(string before, string after)
    {
        int same = before.AsSpan().CommonPrefixLength(after);
        return $"{Excerpt(before, same)} -> {Excerpt(after, same)}";
    }

    /// <summary>What is around a place of a text, in quotes, with what a terminal would act on as question marks.</summary>
    public static string Excerpt(string line, int place)
    {
        int start = line.Length <= ExcerptLength ? 0 : Math.Max(0, place - CharactersBefore), length = Math.Min(ExcerptLength, line.Length - start);
        string shown = string.Concat(line.AsSpan(start, length).ToString().Select(character => char.IsControl(character) ? '?' : character));
        return $"'{(start > 0 ? "…" : "")}{shown}{(start + length < line.Length ? "…" : "")}'";
    }
}
