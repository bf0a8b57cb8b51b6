using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>Reads the files of rates (docs/work.md says what they hold). A file that extends another one holds only what differs.</summary>
internal static class WorkModelReader
{
    private const long Schema = 1;
    private const double MostRate = 1e9;
    private const string Prefix = "TinyReorder.Work.";

    private static readonly Dictionary<string, WorkQuantity> Quantities = Names<WorkQuantity>();
    private static readonly Dictionary<string, WorkTrait> Traits = Names(WorkTrait.None);
    private static readonly Dictionary<string, TensorType> Types = Names<TensorType>();

    /// <summary>The models in the files that are built into this library, by name.</summary>
    public static IReadOnlyList<WorkModel> ReadBuiltIn() =>
        [.. typeof(WorkModelReader).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => Read(EmbeddedFile.Read(name), name.Substring(Prefix.Length), FindBuiltIn))];

    /// <summary>Reads a file of rates.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <param name="find">Answers the bytes of the file that this one extends, or null where there is none.</param>
    /// <exception cref="TinyReorderException">The file is none of rates: TINY3005.</exception>
    public static WorkModel Read(byte[] json, string fileName, Func<string, byte[]?> find)
    {
        JsonValue root = Parse(json, fileName);
        WorkRates? eachOperator = null, other = null;
        var rules = new Dictionary<string, IReadOnlyList<WorkRule>>(StringComparer.Ordinal);
        foreach (JsonValue file in WithBase(root, find))
        {
            RefuseOthers(file, ["schema", "id", "kernels", "extends", "measured", "interpreter", "other", "operators"]);
            file.GetInt64("schema", Schema, Schema);
            file.GetString("measured");
            eachOperator = file.Find("interpreter") is { } interpreter ? ReadRates(interpreter, []) : eachOperator;
            other = file.Find("other") is { } generic ? ReadRates(generic, []) : other;
            foreach (JsonValue kind in file.Get("operators").AsObject().Children)
                rules[kind.Name!] = [.. kind.AsArray().Select(ReadRule)];
        }
        return new WorkModel(
            root.GetString("id"),
            [.. root.GetArray("kernels").Select(name => name.AsString())],
            eachOperator ?? throw root.Error("has no \"interpreter\""),
            other ?? throw root.Error("has no \"other\""),
            rules);
    }

    private static byte[]? FindBuiltIn(string id) =>
        typeof(WorkModelReader).Assembly.GetManifestResourceNames().Contains($"{Prefix}work-{id}.json") ? EmbeddedFile.Read($"{Prefix}work-{id}.json") : null;

    private static JsonValue Parse(byte[] json, string fileName) => JsonFile.Parse(json, fileName, DiagnosticCodes.BadProfileFile).AsObject();

    /// <summary>The file that is extended, which extends none itself, then the file.</summary>
    private static JsonValue[] WithBase(JsonValue root, Func<string, byte[]?> find)
    {
        if (root.Find("extends") is not { } name)
            return [root];
        JsonValue extended = Parse(find(name.AsString()) ?? throw name.Error($"names the rates {JsonText.Quote(name.AsString())}, which are not there"),
            $"work-{name.AsString()}.json");
        return extended.Find("extends") is { } further ? throw further.Error("must not be there: another file extends this one") : [extended, root];
    }

    private static WorkRule ReadRule(JsonValue value)
    {
        WorkTrait traits = value.AsObject().FindArray("when").Select(name => Named(name, Traits)).Aggregate(WorkTrait.None, (all, one) => all | one);
        return new WorkRule(value.Find("types")?.AsArray().Select(name => Named(name, Types)).ToArray(), traits, ReadRates(value, ["types", "when"]));
    }

    private static WorkRates ReadRates(JsonValue value, string[] further)
    {
        RefuseOthers(value.AsObject(), ["rates", "source", .. further]);
        (WorkQuantity, double)[] rates = [.. value.Get("rates").AsObject().Children.Select(rate => (QuantityOf(rate), rate.AsDouble(0, MostRate)))];
        return new WorkRates(rates, value.GetString("source"));
    }

    private static WorkQuantity QuantityOf(JsonValue rate) =>
        Quantities.TryGetValue(rate.Name!, out WorkQuantity quantity) ? quantity : throw Unknown(rate, rate.Name!, Quantities.Keys);

    private static T Named<T>(JsonValue value, Dictionary<string, T> names) =>
        names.TryGetValue(value.AsString(), out T? found) ? found : throw Unknown(value, value.AsString(), names.Keys);

    private static void RefuseOthers(JsonValue value, string[] known)
    {
        if (value.Children.FirstOrDefault(member => !known.Contains(member.Name, StringComparer.Ordinal)) is { } unknown)
            throw Unknown(unknown, unknown.Name!, known);
    }

    private static TinyReorderException Unknown(JsonValue value, string name, IEnumerable<string> known) =>
        value.Error($"is not known: {JsonText.Quote(name)}; near names: {string.Join(", ", NearestNames.Find(name, known))}");

    /// <summary>The members of an enumeration, without those that no file may name, by their names with a small first letter.</summary>
    private static Dictionary<string, T> Names<T>(params T[] without)
        where T : struct, Enum
    {
        // By their names: a native program cannot make an array of the values.
        return Enum.GetNames(typeof(T)).Select(name => (T)Enum.Parse(typeof(T), name)).Except(without).ToDictionary(Name, StringComparer.Ordinal);

        static string Name(T value)
        {
            string name = value.ToString();
            return char.ToLowerInvariant(name[0]) + name.Substring(1);
        }
    }
}
