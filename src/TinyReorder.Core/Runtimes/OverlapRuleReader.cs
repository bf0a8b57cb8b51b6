using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Runtimes;

/// <summary>Reads the member <c>overlap</c> of an operator in a profile file.</summary>
internal static class OverlapRuleReader
{
    private const int MostInputs = 1 << 16;

    /// <summary>
    /// The rule that the entry names. An entry without one keeps the rule that it inherits only if its figures come from the same source: another kernel has
    /// to be shown anew. <c>"overlap": null</c> takes a rule away.
    /// </summary>
    public static OverlapRule? Read(JsonValue entry, OperatorProfile? inherited)
    {
        if (entry.Children.Any(member => member.Name == "overlap"))
            return entry.Find("overlap") is { } value ? Read(value) : null;
        return inherited?.Source == entry.GetString("source") ? inherited.Overlap : null;
    }

    /// <summary>The choice that a profile makes where nobody says.</summary>
    public static OverlapChoice ReadChoice(JsonValue value) =>
        OverlapWords.All.Find(value.AsString()) ?? throw value.Error("must be \"none\", \"in-place\" or \"diagonal\"");

    private static OverlapRule Read(JsonValue value) => new()
    {
        Inputs = (int)(value.AsObject().FindInt64("inputs", 1, MostInputs) ?? 1),
        Ways = [.. value.FindArray("ways").Select(way => ReadWay(way, ReadCondition(way.AsObject().Get("if")))), ReadWay(value, condition: null)],
        Evidence = value.GetString("evidence"),
    };

    private static OverlapWay ReadWay(JsonValue value, OverlapCondition? condition) =>
        new(condition, Named(value.Get("rule"), OverlapWay.RuleNames), Named(value.Get("access"), OverlapWay.AccessNames));

    private static OverlapCondition ReadCondition(JsonValue value)
    {
        string text = value.AsString();
        if (OverlapCondition.Names.Contains(text) && !text.EndsWith(" N", StringComparison.Ordinal))
            return new OverlapCondition(text, 0);
        int space = text.LastIndexOf(' ');
        string name = space < 0 ? text : text.Substring(0, space) + " N";
        return OverlapCondition.Names.Contains(name)
            && long.TryParse(text.Substring(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new OverlapCondition(name, number)
            : throw value.Error($"must be one of: {string.Join(", ", OverlapCondition.Names)}");
    }

    private static string Named(JsonValue value, IReadOnlyList<string> names)
    {
        string name = value.AsString();
        return names.Contains(name) ? name : throw value.Error($"must be one of: {string.Join(", ", names)}; not {Quote.Text(name)}");
    }
}
