using System.Globalization;
using System.Text.Json;
using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Runtimes.Measuring;
using TinyReorder.Runtimes.Support;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>Reads a profile file (docs/profiles.md says what it holds) over the profile that it extends.</summary>
internal static class RuntimeProfileReader
{
    private const long Schema = 1;
    private const long MostBytes = 1 << 30;
    private const long DefaultMostScratchBytes = 1 << 20;

    /// <summary>The root of a profile file.</summary>
    public static JsonValue Parse(byte[] json, string fileName) => JsonFile.Parse(json, fileName, DiagnosticCodes.BadProfileFile).AsObject();

    /// <summary>
    /// Reads a profile; <paramref name="find"/> answers the profiles that the file extends. It holds what the first says, then what the further ones say on
    /// top of what they have in common with those before, then what the file itself says.
    /// </summary>
    public static RuntimeProfile Read(JsonValue root, Func<string, RuntimeProfile?> find)
    {
        root.GetInt64("schema", Schema, Schema);
        RuntimeProfile[] bases = [.. Bases(root).Select(name => find(name.AsString()) ?? throw name.Error(
            $"names the profile '{name.AsString()}', which is not there"))];
        JsonValue[] files = [.. bases.SelectMany(profile => profile.Files).Distinct(), root];
        TargetAbi? fixedAbi = root.Find("abi") is { } named ? ReadAbi(named) : null;
        return new RuntimeProfile(files, (abi, full) => ReadFigures(files, abi, full))
        {
            Id = root.GetString("id"),
            Runtime = bases.FirstOrDefault()?.Runtime ?? root.GetString("runtime"),
            KernelLibrary = root.GetString("kernels"),
            Version = root.GetString("version"),
            Library = root.FindString("library"),
            Aliases = root.FindArray("aliases").Select(alias => alias.AsString()).ToArray(),
            KernelVersions = root.FindArray("kernelVersions").Select(version => version.AsString()).ToArray(),
            IsDefault = root.Find("default")?.AsBoolean() ?? false,
            Abi = fixedAbi ?? TargetAbi.ShortEnums,
            FixedAbi = fixedAbi,
            Extends = bases.FirstOrDefault()?.Id,
            Measurements = Measurements.Read(root),
            DefaultOverlap = root.Find("defaultOverlap") is { } overlap ? OverlapRuleReader.ReadChoice(overlap) : OverlapChoice.None,
            MostOverlap = files.Select(file => file.Find("mostOverlap")).LastOrDefault(most => most is not null) is { } most
                ? OverlapRuleReader.ReadChoice(most) : OverlapChoice.Diagonal,
            KnownOverlap = root.Find("knownOverlap") is { } known ? OverlapRuleReader.ReadChoice(known) : null,
        };
    }

    private static IReadOnlyList<JsonValue> Bases(JsonValue root) => root.Find("extends") switch
    {
        null => [],
        { Kind: JsonValueKind.Array } several => several.AsArray(),
        var one => [one],
    };

    private static TargetAbi ReadAbi(JsonValue value) =>
        AbiWords.Find(value.AsString()) ?? throw value.Error($"must be one of: {string.Join(", ", AbiWords.Choice.Words)}");

    private static RuntimeFigures ReadFigures(JsonValue[] files, TargetAbi abi, bool full)
    {
        JsonValue root = files[files.Length - 1];
        var structs = new StructLayouts(files, abi);
        JsonValue[] allocators = [.. files.Select(file => file.Find("allocator")).OfType<JsonValue>()];
        if (allocators.Length == 0)
            throw root.Error("has no \"allocator\"");
        JsonValue unknown = files.Select(file => file.Find("unknownOperator")).LastOrDefault(value => value is not null)
            ?? throw root.Error("has no \"unknownOperator\"");
        var operators = new OperatorTable();
        foreach (JsonValue value in files.SelectMany(file => file.Get("operators").AsObject().Children))
        {
            if (value.Kind == JsonValueKind.Null)
                Remove(operators, value);
            else
                operators.Set(value.Name!, inherited => ReadOperator(value.AsObject(), inherited, structs));
        }
        return new RuntimeFigures(new AllocatorReader(allocators, structs, full).Read(), ReadUnknown(unknown), operators);
    }

    /// <summary>An operator that a base has and this version has not.</summary>
    private static void Remove(OperatorTable operators, JsonValue value)
    {
        if (!operators.Remove(value.Name!))
            throw value.Error("removes an operator that no profile it extends has");
    }

    private static UnknownOperatorAllowance ReadUnknown(JsonValue value) => new()
    {
        OptionsBytes = Bytes(value, "options"),
        PersistentBytes = Bytes(value, "persistent"),
        PersistentBytesPerScale = Bytes(value, "persistentPerScale"),
        ScratchBytesPerElement = Bytes(value, "scratchPerElement"),
        MostScratchBytes = value.FindInt64("scratchMost", 0, MostBytes) ?? DefaultMostScratchBytes,
    };

    private static OperatorProfile ReadOperator(JsonValue value, OperatorProfile? inherited, StructLayouts structs) => new()
    {
        Options = ReadOptions(value, inherited, structs),
        InitBytes = value.Find("init") is null ? inherited?.InitBytes ?? [] : value.GetArray("init").Select(entry => ReadBytes(entry, structs)).ToArray(),
        InitFormulas = value.Find("initFormulas") is null ? inherited?.InitFormulas ?? [] : value.GetArray("initFormulas").Select(ReadFormula).ToArray(),
        PrepareFormulas = value.Find("prepare") is null ? inherited?.PrepareFormulas ?? [] : value.GetArray("prepare").Select(ReadFormula).ToArray(),
        Temporaries = value.Find("temporaries") is null ? inherited?.Temporaries : value.GetArray("temporaries").Select(ReadTemporary).ToArray(),
        Source = value.GetString("source"),
        Rules = ReadRules(value, inherited?.Rules ?? []),
        Overlap = OverlapRuleReader.Read(value, inherited),
    };

    /// <summary>The operator's own rules, or those that it inherits; then each changed rule in the place of one with the same key, or behind them.</summary>
    private static List<SupportRule> ReadRules(JsonValue value, IReadOnlyList<SupportRule> inherited)
    {
        List<SupportRule> rules = value.Find("rules") is null ? [.. inherited] : [.. value.GetArray("rules").Select(ReadRule)];
        foreach (SupportRule changed in value.FindArray("changedRules").Select(ReadRule))
        {
            int place = rules.FindIndex(rule => rule.Key == changed.Key);
            if (place < 0)
                rules.Add(changed);
            else
                rules[place] = changed;
        }
        return rules;
    }

    /// <summary>A struct of the profile, or a number of bytes with an alignment.</summary>
    private static Layout ReadOptions(JsonValue value, OperatorProfile? inherited, StructLayouts structs)
    {
        if (value.Find("options") is { Kind: JsonValueKind.String } name)
            return structs.Of(name);
        Layout before = inherited?.Options ?? new Layout(0, 4);
        return new Layout(
            value.FindInt64("options", 0, MostBytes) ?? before.Bytes,
            value.Find("optionsAlignment") is null ? before.Alignment : AllocatorReader.Alignment(value.Get("optionsAlignment")));
    }

    /// <summary>A struct of the profile, or a number of bytes.</summary>
    private static long ReadBytes(JsonValue value, StructLayouts structs) =>
        value.Kind == JsonValueKind.String ? structs.Of(value).Bytes : value.AsInt64(0, MostBytes);

    private static FormulaCall ReadFormula(JsonValue value)
    {
        string name = value.AsObject().GetString("formula");
        if (!KernelFormulas.All.ContainsKey(name))
        {
            string nearest = string.Join(", ", NearestNames.Find(name, KernelFormulas.All.Keys));
            throw value.Get("formula").Error($"names the formula '{name}', which this version does not have; near names: {nearest}");
        }
        return new FormulaCall(
            name,
            value.Children.Where(child => child.Name != "formula")
                .ToDictionary(child => child.Name!, child => child.AsInt64(-MostBytes, MostBytes), StringComparer.Ordinal));
    }

    private static SupportRule ReadRule(JsonValue value) => SupportRuleReader.Read(value, ReadOperand, type => ReadType(type, type.AsString()));

    private static Temporary ReadTemporary(JsonValue value)
    {
        string text = value.AsString();
        int condition = text.IndexOf(" if ", StringComparison.Ordinal);
        return condition < 0
            ? new Temporary(ReadOperand(value, text), null)
            : new Temporary(ReadOperand(value, text.Substring(0, condition)),
                text.Substring(condition + 4).Split('|').Select(type => ReadType(value, type)).ToArray());
    }

    private static Operand ReadOperand(JsonValue value) => ReadOperand(value, value.AsString());

    private static Operand ReadOperand(JsonValue value, string text)
    {
        if (text is "inputs" or "outputs")
            return new Operand(text == "outputs", Operand.Every);
        int space = text.IndexOf(' ');
        string kind = space < 0 ? text : text.Substring(0, space);
        return kind is "input" or "output" && int.TryParse(text.Substring(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? new Operand(kind == "output", position)
            : throw value.Error("must be \"input N\", \"output N\", \"inputs\" or \"outputs\"");
    }

    private static TensorType ReadType(JsonValue value, string name) =>
        Enum.TryParse(name, ignoreCase: true, out TensorType type) && Enum.IsDefined(typeof(TensorType), type) && !char.IsDigit(name[0])
            ? type
            : throw value.Error($"names the tensor type '{name}', which does not exist");

    private static long Bytes(JsonValue value, string name) => value.GetInt64(name, 0, MostBytes);
}
