using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>Reads a profile file (docs/profiles.md says what it holds) over the profile that it extends.</summary>
internal static class RuntimeProfileReader
{
    private const long Schema = 1;
    private const long MostBytes = 1 << 30;

    /// <summary>The name of the profile that the file extends, or null.</summary>
    public static string? BaseOf(byte[] json, string fileName) => JsonFile.Parse(json, fileName, DiagnosticCodes.BadProfileFile).AsObject().FindString("extends");

    /// <summary>Reads a profile; <paramref name="find"/> answers the profile that the file extends.</summary>
    public static RuntimeProfile Read(byte[] json, string fileName, Func<string, RuntimeProfile?> find)
    {
        JsonValue root = JsonFile.Parse(json, fileName, DiagnosticCodes.BadProfileFile).AsObject();
        root.GetInt64("schema", Schema, Schema);
        RuntimeProfile? parent = root.FindString("extends") is { } name
            ? find(name) ?? throw root.Get("extends").Error($"names the profile '{name}', which is not there")
            : null;
        return new RuntimeProfile(
            root.Find("allocator") is { } allocator ? ReadAllocator(allocator) : parent?.Allocator ?? throw root.Error("has no \"allocator\""),
            root.Find("unknownOperator") is { } unknown ? ReadUnknown(unknown) : parent?.Unknown ?? throw root.Error("has no \"unknownOperator\""),
            ReadOperators(root.Get("operators").AsObject(), parent))
        {
            Id = root.GetString("id"),
            Runtime = parent?.Runtime ?? root.GetString("runtime"),
            KernelLibrary = root.GetString("kernels"),
            Version = root.GetString("version"),
            Aliases = root.FindArray("aliases").Select(alias => alias.AsString()).ToArray(),
            DefaultOverlap = root.Find("defaultOverlap") is { } overlap ? OverlapRuleReader.ReadChoice(overlap) : OverlapChoice.None,
        };
    }

    private static AllocatorSizes ReadAllocator(JsonValue value)
    {
        long[] objects = value.GetArray("objects").Select(entry => entry.AsInt64(0, MostBytes)).ToArray();
        return new AllocatorSizes
        {
            Alignment = Alignment(value, "alignment"),
            ObjectAlignment = Alignment(value, "objectAlignment"),
            Objects = objects,
            ObjectsBeforeVariables = (int)value.GetInt64("objectsBeforeVariables", 0, objects.Length),
            SplitObjects = value.FindArray("splitObjects").Select(entry => entry.AsInt64(0, MostBytes)).ToArray(),
            SubgraphBytes = Bytes(value, "subgraph"),
            EvalTensorBytes = Bytes(value, "evalTensor"),
            NodeBytes = Bytes(value, "node"),
            ScratchHandleBytes = Bytes(value, "scratchHandle"),
            PointerBytes = Bytes(value, "pointer"),
            TensorBytes = Bytes(value, "tensor"),
            QuantizationBytes = Bytes(value, "quantization"),
            ScratchRequestBytes = Bytes(value, "scratchRequest"),
            ScratchRequestReserve = (int)value.GetInt64("scratchRequestReserve", 0, 1 << 16),
            SubgraphOffsetBytes = Bytes(value, "subgraphOffset"),
            AllocationInfoBytes = Bytes(value, "allocationInfo"),
            PlannerEntryBytes = Bytes(value, "plannerEntry"),
            ResourceVariablesBytes = Bytes(value, "resourceVariables"),
            ResourceVariableBytes = Bytes(value, "resourceVariable"),
        };
    }

    private static UnknownOperatorAllowance ReadUnknown(JsonValue value) => new()
    {
        OptionsBytes = Bytes(value, "options"),
        PersistentBytes = Bytes(value, "persistent"),
        PersistentBytesPerScale = Bytes(value, "persistentPerScale"),
        ScratchBytesPerElement = Bytes(value, "scratchPerElement"),
    };

    private static Dictionary<string, OperatorProfile> ReadOperators(JsonValue operators, RuntimeProfile? parent)
    {
        Dictionary<string, OperatorProfile> all = parent?.Operators.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            ?? new Dictionary<string, OperatorProfile>(StringComparer.Ordinal);
        foreach (JsonValue value in operators.Children)
            all[value.Name!] = ReadOperator(value.AsObject(), all.TryGetValue(value.Name!, out OperatorProfile? inherited) ? inherited : null);
        return all;
    }

    private static OperatorProfile ReadOperator(JsonValue value, OperatorProfile? inherited) => new()
    {
        OptionsBytes = value.FindInt64("options", 0, MostBytes) ?? inherited?.OptionsBytes ?? 0,
        OptionsAlignment = value.Find("optionsAlignment") is null ? inherited?.OptionsAlignment ?? 4 : Alignment(value, "optionsAlignment"),
        InitBytes = value.Find("init") is null ? inherited?.InitBytes ?? [] : value.GetArray("init").Select(entry => entry.AsInt64(0, MostBytes)).ToArray(),
        InitFormulas = value.Find("initFormulas") is null ? inherited?.InitFormulas ?? [] : value.GetArray("initFormulas").Select(ReadFormula).ToArray(),
        PrepareFormulas = value.Find("prepare") is null ? inherited?.PrepareFormulas ?? [] : value.GetArray("prepare").Select(ReadFormula).ToArray(),
        Temporaries = value.Find("temporaries") is null ? inherited?.Temporaries : value.GetArray("temporaries").Select(ReadTemporary).ToArray(),
        Source = value.GetString("source"),
        Rules = value.Find("rules") is null ? inherited?.Rules ?? [] : value.GetArray("rules").Select(ReadRule).ToArray(),
        Overlap = OverlapRuleReader.Read(value, inherited),
    };

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
            value.Children.Where(child => child.Name != "formula").ToDictionary(child => child.Name!, child => child.AsInt64(-MostBytes, MostBytes), StringComparer.Ordinal));
    }

    private static SupportRule ReadRule(JsonValue value)
    {
        Operand[] operands = value.AsObject().GetArray("of").Select(ReadOperand).ToArray();
        return new SupportRule
        {
            Operands = operands,
            When = value.Find("when")?.AsArray().Select(type => ReadType(type, type.AsString())).ToArray(),
            Types = value.Find("types")?.AsArray().Select(combination => ReadTypes(combination, operands.Length)).ToArray(),
            Constant = value.Find("constant")?.AsBoolean() ?? false,
            MaxRank = (int?)value.FindInt64("maxRank", 0, 32),
        };
    }

    private static Temporary ReadTemporary(JsonValue value)
    {
        string text = value.AsString();
        int condition = text.IndexOf(" if ", StringComparison.Ordinal);
        return condition < 0
            ? new Temporary(ReadOperand(value, text), null)
            : new Temporary(ReadOperand(value, text.Substring(0, condition)), text.Substring(condition + 4).Split('|').Select(type => ReadType(value, type)).ToArray());
    }

    private static Operand ReadOperand(JsonValue value) => ReadOperand(value, value.AsString());

    private static Operand ReadOperand(JsonValue value, string text)
    {
        if (text is "inputs" or "outputs")
            return new Operand(text == "outputs", Operand.Every);
        int space = text.IndexOf(' ');
        string kind = space < 0 ? text : text.Substring(0, space);
        return kind is "input" or "output" && space > 0 && int.TryParse(text.Substring(space + 1), out int position) && position >= 0
            ? new Operand(kind == "output", position)
            : throw value.Error("must be \"input N\", \"output N\", \"inputs\" or \"outputs\"");
    }

    private static TensorType[] ReadTypes(JsonValue value, int count)
    {
        TensorType[] types = value.AsArray().Select(type => ReadType(type, type.AsString())).ToArray();
        return types.Length == count ? types : throw value.Error($"must name {count} types, one for each operand");
    }

    private static TensorType ReadType(JsonValue value, string name) =>
        Enum.TryParse(name, ignoreCase: true, out TensorType type) && Enum.IsDefined(typeof(TensorType), type) && !char.IsDigit(name[0])
            ? type
            : throw value.Error($"names the tensor type '{name}', which does not exist");

    private static long Bytes(JsonValue value, string name) => value.GetInt64(name, 0, MostBytes);

    private static int Alignment(JsonValue value, string name)
    {
        long alignment = value.GetInt64(name, 1, 4096);
        return (alignment & (alignment - 1)) == 0 ? (int)alignment : throw value.Get(name).Error("must be a power of two");
    }
}
