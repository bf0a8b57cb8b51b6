using System.Text.Json;

namespace TinyReorder.CompareBuilds.Differences;

/// <summary>Finds how two JSON texts differ, member by member.</summary>
internal static class JsonDifferences
{
    /// <summary>A member that is the time a search took.</summary>
    private const string SearchTime = "searchMilliseconds";

    /// <summary>The members that differ, but for times.</summary>
    public static IEnumerable<Difference> Of(JsonElement before, JsonElement after) => Of("", "", before, after);

    private static IEnumerable<Difference> Of(string path, string kind, JsonElement before, JsonElement after)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
            return OfObjects(path, kind, before, after);
        if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
            return HasParts(before) || HasParts(after) ? OfLists(path, kind, before, after) : OfValues(path, kind, before, after);
        return before.GetRawText() == after.GetRawText() ? [] : [Changed(path, kind, before, after)];
    }

    private static IEnumerable<Difference> OfObjects(string path, string kind, JsonElement before, JsonElement after)
    {
        string dot = path.Length > 0 ? "." : "";
        IEnumerable<string> names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(member => member.Name);
        foreach (string name in names.Distinct().Where(name => name != SearchTime))
        {
            string member = path + dot + name, memberKind = kind + dot + name;
            if (!after.TryGetProperty(name, out JsonElement recent))
                yield return new Difference($"{memberKind} only BEFORE", member, "only BEFORE");
            else if (!before.TryGetProperty(name, out JsonElement old))
                yield return new Difference($"{memberKind} only AFTER", member, "only AFTER");
            else
            {
                foreach (Difference difference in Of(member, memberKind, old, recent))
                    yield return difference;
            }
        }
    }

    private static IEnumerable<Difference> OfLists(string path, string kind, JsonElement before, JsonElement after)
    {
        int old = before.GetArrayLength(), recent = after.GetArrayLength();
        if (old != recent)
            yield return new Difference($"{kind} entries", path, FormattableString.Invariant($"{old} -> {recent} entries")) { Numbers = (old, recent) };
        IEnumerable<int> common = Enumerable.Range(0, Math.Min(old, recent));
        foreach (Difference difference in common.SelectMany(index => Of($"{path}[{index}]", kind + "[]", before[index], after[index])))
            yield return difference;
    }

    // A list of plain values, such as an order, is one thing.
    private static IEnumerable<Difference> OfValues(string path, string kind, JsonElement before, JsonElement after)
    {
        string[] old = Values(before), recent = Values(after);
        int same = old.AsSpan().CommonPrefixLength(recent);
        if (same == old.Length && same == recent.Length)
            return [];
        string At(string[] values) => same < values.Length ? TextDifference.Excerpt(values[same], 0) : "its end";
        string text = FormattableString.Invariant($"entry {same} is the first that differs, {At(old)} -> {At(recent)}, of {old.Length} -> {recent.Length}");
        return [new Difference(kind, path, text)];
    }

    private static bool HasParts(JsonElement list) => list.EnumerateArray().Any(entry => entry.ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    private static string[] Values(JsonElement list) => [.. list.EnumerateArray().Select(entry => entry.GetRawText())];

    private static Difference Changed(string path, string kind, JsonElement before, JsonElement after)
    {
        string old = before.GetRawText(), recent = after.GetRawText();
        bool areNumbers = before.ValueKind == JsonValueKind.Number && after.ValueKind == JsonValueKind.Number;
        return new Difference(kind, path, TextDifference.Change(old, recent))
        {
            Numbers = areNumbers && before.TryGetInt64(out long a) && after.TryGetInt64(out long b) ? (a, b) : null,
        };
    }
}
