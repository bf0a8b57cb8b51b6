using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>Makes names, shapes and lists fit where there is little room.</summary>
internal static class ShortText
{
    private const string Ellipsis = "…";

    /// <summary>
    /// A name from a file with its middle left out when it is longer than <paramref name="longest"/> characters, and nothing in it that could forge lines.
    /// </summary>
    public static string Middle(string name, int longest)
    {
        string harmless = ForeignText.Line(name);
        if (harmless.Length <= longest)
            return harmless;
        int head = (longest - 1) / 2, tail = longest - 1 - head;
        // Half of a surrogate pair is no character.
        if (char.IsHighSurrogate(harmless[head - 1]))
            head--;
        int from = harmless.Length - tail;
        if (char.IsLowSurrogate(harmless[from]))
            from++;
        return harmless.Substring(0, head) + Ellipsis + harmless.Substring(from);
    }

    /// <summary>A shape as the seeds print it: <c>(1,30,30,16)</c>.</summary>
    public static string Shape(IReadOnlyList<int> shape) => $"({string.Join(",", shape.Select(Number))})";

    /// <summary>At most <paramref name="most"/> of <paramref name="ids"/>, and how many more there are.</summary>
    public static string Ids(IReadOnlyList<int> ids, int most)
    {
        string shown = string.Join(" ", ids.Take(most).Select(Number));
        return ids.Count > most ? $"{shown} +{Quantity.Count(ids.Count - most)}" : shown;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
