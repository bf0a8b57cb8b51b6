using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Reads the rules of an operator from a profile (docs/profiles.md says what they hold).</summary>
internal static class SupportRuleReader
{
    private const int MostRank = 32;
    private const int MostCount = 1 << 16;

    private static readonly Dictionary<string, SameAs> SameNames = new(StringComparer.Ordinal)
    {
        ["type"] = SameAs.Type,
        ["elements"] = SameAs.Elements,
        ["shape"] = SameAs.Shape,
        ["quantization"] = SameAs.Quantization,
    };

    /// <summary>Reads one rule.</summary>
    /// <param name="value">The rule.</param>
    /// <param name="readOperand">Reads an operand's name.</param>
    /// <param name="readType">Reads a type's name.</param>
    public static SupportRule Read(JsonValue value, Func<JsonValue, Operand> readOperand, Func<JsonValue, TensorType> readType)
    {
        value.AsObject();
        Operand[] operands = value.Find("check") is null
            ? value.GetArray("of").Select(readOperand).ToArray() : value.FindArray("of").Select(readOperand).ToArray();
        int? count = (int?)value.FindInt64("count", 0, MostCount);
        return new SupportRule
        {
            Key = KeyOf(value),
            Operands = operands,
            When = value.Find("when")?.AsArray().Select(readType).ToArray(),
            Types = value.Find("types")?.AsArray().Select(combination => ReadTypes(combination, operands.Length, readType)).ToArray(),
            Constant = value.Find("constant")?.AsBoolean() ?? false,
            Variable = value.Find("variable")?.AsBoolean() ?? false,
            MinRank = (int?)value.FindInt64("minRank", 0, MostRank),
            MaxRank = (int?)value.FindInt64("maxRank", 0, MostRank),
            MinCount = count ?? (int?)value.FindInt64("minCount", 0, MostCount),
            MaxCount = count ?? (int?)value.FindInt64("maxCount", 0, MostCount),
            Elements = value.FindInt64("elements", 0),
            Same = value.Find("same") is { } same ? ReadSame(same) : null,
            ZeroPoint = value.FindInt64("zeroPoint"),
            ScaleLog2 = (int?)value.FindInt64("scaleLog2", -MostRank, 0),
            Quantized = value.Find("quantized")?.AsBoolean(),
            Check = value.Find("check") is { } check ? ReadCheck(check) : null,
            Cure = value.FindString("cure"),
        };
    }

    /// <summary>Everything that says what is looked at, without what is wanted of it; a check in code by its name.</summary>
    private static string KeyOf(JsonValue value) => string.Join(";", value.Children.Select(member => member.Name switch
    {
        "cure" => "",
        "of" or "when" => $"{member.Name}={string.Join(",", member.AsArray().Select(entry => entry.AsString()))}",
        "check" => $"check={member.AsString()}",
        _ => member.Name!,
    }).Where(part => part.Length > 0).OrderBy(part => part, StringComparer.Ordinal));

    private static TensorType[] ReadTypes(JsonValue value, int count, Func<JsonValue, TensorType> readType)
    {
        TensorType[] types = value.AsArray().Select(readType).ToArray();
        return types.Length == count ? types : throw value.Error($"must name {count} types, one for each operand");
    }

    private static SameAs ReadSame(JsonValue value) =>
        SameNames.TryGetValue(value.AsString(), out SameAs same) ? same : throw value.Error($"must be one of {string.Join(", ", SameNames.Keys)}");

    private static Func<SupportContext, SupportProblem?> ReadCheck(JsonValue value)
    {
        if (SupportChecks.All.TryGetValue(value.AsString(), out Func<SupportContext, SupportProblem?>? check))
            return check;
        string nearest = string.Join(", ", NearestNames.Find(value.AsString(), SupportChecks.All.Keys));
        throw value.Error($"names the check '{value.AsString()}', which this version does not have; near names: {nearest}");
    }
}
