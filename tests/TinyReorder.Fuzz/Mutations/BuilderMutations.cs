using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>Changes what a well-formed file says: each mutant is a sound FlatBuffer of a model that may be impossible.</summary>
internal static class BuilderMutations
{
    private const int SchemaOperators = 216, UnknownTypes = 127;

    private static readonly int[] Dimensions = [0, 1, 2, 3, 7, 255, 4096, 65_536, 1 << 24, int.MaxValue, -1, int.MinValue];
    private static readonly int[] OptionValues = [int.MinValue, -1, 0, 1, 2, 3, 5, 100, 65_536, int.MaxValue];
    private static readonly string[] OddNames =
        ["", "a,b", "\"", "*/", "//", "\\", "</script><script>alert(1)</script>", "=cmd()", "line\nbreak", "\u202e", "\ud83d\ude00", "%s%n", "{{symbol}}",
            "../../x", "\0", new('n', 3000)];

    private static readonly (string Name, Action<ModelBuilder, Pcg32> Change)[] All =
    [
        ("built: shapes", ChangeShapes),
        ("built: types",
            (model, random) =>
            Any(model, random).Type = random.OneIn(8) ? (TensorType)random.Between(-UnknownTypes, UnknownTypes) : (TensorType)random.Below(23)),
        ("built: constants and variables", ChangeData),
        ("built: quantization", ChangeQuantization),
        ("built: names", (model, random) => Any(model, random).Name = random.Pick(OddNames)),
        ("built: inputs of operators", ChangeInputs),
        ("built: outputs of operators", ChangeOutputs),
        ("built: order of operators", Shuffle),
        ("built: options", ChangeOptions),
        ("built: operators of any kind", AddOperator),
        ("built: calls of subgraphs", AddCall),
        ("built: outputs of subgraphs", AddOutputs),
        ("built: metadata", AddMetadata),
        ("built: layout", ChangeLayout),
    ];

    /// <summary>The names of the mutations.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(mutation => mutation.Name)];

    /// <summary>A random model, mutated by the mutation numbered <paramref name="which"/>, and now and then by others as well.</summary>
    public static byte[] Mutate(int which, Pcg32 random)
    {
        ModelBuilder model = random.Below(10) switch
        {
            0 => BuiltModels.Everything(),
            1 => BuiltModels.Runnable(),
            2 => BuiltModels.Small(),
            3 or 4 or 5 => BuiltModels.Streamable(random.Next()),
            _ => RandomModels.Create(random.Next()),
        };
        if (random.OneIn(3))
            model.Layout = random.Pick(BuiltModels.Layouts);
        for (int more = random.Between(1, 4); more > 0; more--)
            All[which].Change(model, random);
        if (random.OneIn(3))
            random.Pick(All).Change(model, random);
        return model.Build();
    }

    private static void ChangeShapes(ModelBuilder model, Pcg32 random)
    {
        int rank = random.OneIn(20) ? 300 : random.Below(7);
        Any(model, random).Shape = Enumerable.Range(0, rank).Select(_ => random.OneIn(3) ? random.Pick(Dimensions) : random.Between(1, 9)).ToArray();
    }

    private static void ChangeData(ModelBuilder model, Pcg32 random)
    {
        ModelTensor tensor = Any(model, random);
        switch (random.Below(4))
        {
            case 0: tensor.Data = null; break;
            case 1: tensor.Data = Bytes(random, random.Below(64)); break;
            case 2: tensor.Data = tensor.Data?[..(tensor.Data.Length / 2)]; break;
            default: tensor.IsVariable = !tensor.IsVariable; break;
        }
    }

    private static void ChangeQuantization(ModelBuilder model, Pcg32 random)
    {
        float[] scales = Enumerable.Range(0, random.Below(6)).Select(_ => random.OneIn(3) ? BitConverter.UInt32BitsToSingle(random.Next()) : 0.5f).ToArray();
        Any(model, random).Quantization = random.OneIn(5) ? null : new Quantization(scales, new long[random.Below(6)], random.Between(-1, 5));
    }

    private static void ChangeInputs(ModelBuilder model, Pcg32 random)
    {
        if (AnyOperator(model, random) is not { } op)
            return;
        List<ModelTensor?> inputs = [.. op.Inputs];
        ChangeList(inputs, random, () => random.OneIn(4) ? null : AnyOf(SubgraphOf(model, op), random));
        op.Inputs = inputs;
    }

    private static void ChangeOutputs(ModelBuilder model, Pcg32 random)
    {
        if (AnyOperator(model, random) is not { } op)
            return;
        List<ModelTensor> outputs = [.. op.Outputs];
        ChangeList(outputs, random, () => AnyOf(SubgraphOf(model, op), random));
        op.Outputs = outputs;
    }

    private static void ChangeList<T>(List<T> list, Pcg32 random, Func<T> make)
    {
        switch (random.Below(4))
        {
            case 0 when list.Count > 0: list.RemoveAt(random.Below(list.Count)); break;
            case 1 when list.Count > 0: list.Add(random.Pick(list)); break;
            case 2 when list.Count > 0: list[random.Below(list.Count)] = make(); break;
            default: list.Add(make()); break;
        }
    }

    private static void Shuffle(ModelBuilder model, Pcg32 random)
    {
        SubgraphBuilder subgraph = random.Pick(model.Subgraphs);
        int[] order = [.. Enumerable.Range(0, subgraph.Operators.Count)];
        if (random.OneIn(2))
            random.Shuffle(order);
        else if (order.Length > 1 && random.Below(order.Length - 1) is var i)
            (order[i], order[i + 1]) = (order[i + 1], order[i]);
        subgraph.Reorder(order);
    }

    private static void ChangeOptions(ModelBuilder model, Pcg32 random)
    {
        if (AnyOperator(model, random) is not { } op)
            return;
        op.Options = random.OneIn(6) ? null : Options(random);
        op.Version = random.OneIn(4) ? random.Pick(OptionValues) : op.Version;
        if (random.OneIn(3))
            op.CustomOptions = Bytes(random, random.Below(40));
        if (random.OneIn(6))
            op.MutatingInputs = [true];
    }

    private static void AddOperator(ModelBuilder model, Pcg32 random)
    {
        SubgraphBuilder subgraph = random.Pick(model.Subgraphs);
        string kind = random.OneIn(10) ? random.Pick(OddNames) : BuiltinOperators.NameOf(random.Below(SchemaOperators));
        ModelTensor?[] inputs = Enumerable.Range(0, random.Below(5)).Select(_ => random.OneIn(8) ? null : AnyOf(subgraph, random)).ToArray();
        ModelTensor[] outputs = Enumerable.Range(0, random.Below(4))
            .Select(i => subgraph.Tensor($"new {i}", [random.Below(5), random.Below(50)], random.OneIn(3) ? (TensorType)random.Below(23) : TensorType.Int8))
            .ToArray();
        ModelOperator added = subgraph.Operator(kind, inputs, outputs, random.OneIn(4) ? null : Options(random), random.Below(6));
        added.CustomOptions = random.OneIn(3) ? Bytes(random, random.Below(40)) : null;
        added.Intermediates = random.OneIn(4) ? [AnyOf(subgraph, random)] : null;
        subgraph.Output(outputs.Where(_ => random.OneIn(2)).ToArray());
    }

    private static void AddCall(ModelBuilder model, Pcg32 random)
    {
        SubgraphBuilder caller = random.Pick(model.Subgraphs);
        int Target() => random.OneIn(6) ? random.Pick(OptionValues) : random.Below(model.Subgraphs.Count + 1);
        string kind = random.Pick(["IF", "WHILE", "CALL_ONCE", "STABLEHLO_WHILE", "CALL"]);
        ModelTensor?[] inputs = Enumerable.Range(0, random.Below(4)).Select(_ => (ModelTensor?)AnyOf(caller, random)).ToArray();
        ModelTensor[] outputs = Enumerable.Range(0, random.Below(4)).Select(i => caller.Tensor($"called {i}", [random.Below(50)])).ToArray();
        caller.Operator(kind, inputs, outputs, new OptionsTable(92, new FlatTableNode().Int32(0, Target()).Int32(1, Target())));
        caller.Output(outputs);
    }

    private static void AddOutputs(ModelBuilder model, Pcg32 random)
    {
        SubgraphBuilder subgraph = random.Pick(model.Subgraphs);
        for (int more = random.Between(1, 5); more > 0; more--)
            subgraph.Output(AnyOf(subgraph, random));
    }

    private static void AddMetadata(ModelBuilder model, Pcg32 random)
    {
        int tensors = model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count);
        switch (random.Below(5))
        {
            case 0:
                model.OfflinePlan(Enumerable.Range(0, tensors + (random.OneIn(6) ? 1 : 0))
                    .Select(_ => random.OneIn(3) ? -1 : random.OneIn(9) ? random.Pick(OptionValues) : random.Below(400) * 16).ToArray());
                break;
            case 1:
                model.ControlDependencies(model.Subgraphs.Select(subgraph => Pairs(subgraph, random)).ToArray());
                break;
            case 2:
                model.Metadata(random.Pick(["OfflineMemoryAllocation", TfliteMetadata.ControlDependenciesName]), Bytes(random, random.Below(40)));
                break;
            default:
                model.Metadata(random.Pick(OddNames), Bytes(random, random.Below(40)));
                break;
        }
    }

    private static (int Before, int After)[] Pairs(SubgraphBuilder subgraph, Pcg32 random) => subgraph.Operators.Count < 2 ? [] : Enumerable.Range(0,
        random.Below(6)).Select(_ =>
    {
        int after = random.Between(1, subgraph.Operators.Count - 1);
        return (random.Below(after), after + (random.OneIn(20) ? 1 : 0));
    }).ToArray();

    private static void ChangeLayout(ModelBuilder model, Pcg32 random) => model.Layout = new ModelLayout
    {
        VtablesBehindTables = random.OneIn(2),
        EqualOperatorsShareTable = random.OneIn(2),
        EqualIndexListsShareVector = random.OneIn(2),
        UnknownModelFields = random.Below(4),
        UnknownOperatorFields = random.Below(4),
        EmptyBufferPerTensor = random.OneIn(2),
        BuffersOutside = random.OneIn(2),
        TrailingBytes = random.OneIn(2) ? Bytes(random, random.Below(80)) : [0x50, 0x4B, 5, 6, .. Bytes(random, 16), 0, 0],
    };

    private static OptionsTable Options(Pcg32 random)
    {
        var table = new FlatTableNode();
        for (int slot = 0, slots = random.Below(9); slot < slots; slot++)
        {
            if (random.OneIn(12))
                table.Int32s(slot, [1, 2, 3]);
            else
                table.Int32(slot, random.Pick(OptionValues), absent: 12_345);
        }
        return new OptionsTable(random.Below(130), table) { Second = random.OneIn(6) };
    }

    private static byte[] Bytes(Pcg32 random, int count) =>
        Enumerable.Range(0, count).Select(_ => (byte)(random.OneIn(2) ? random.Next() : random.Next() % 4)).ToArray();

    private static ModelTensor Any(ModelBuilder model, Pcg32 random) => AnyOf(random.Pick(model.Subgraphs), random);

    private static ModelTensor AnyOf(SubgraphBuilder subgraph, Pcg32 random) =>
        subgraph.Tensors.Count > 0 ? random.Pick(subgraph.Tensors) : subgraph.Tensor("only", [4]);

    private static ModelOperator? AnyOperator(ModelBuilder model, Pcg32 random) =>
        random.Pick(model.Subgraphs) is { Operators: { Count: > 0 } operators } ? random.Pick(operators) : null;

    private static SubgraphBuilder SubgraphOf(ModelBuilder model, ModelOperator op) => model.Subgraphs.First(subgraph => subgraph.Operators.Contains(op));
}
