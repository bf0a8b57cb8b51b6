using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>Small files that want to be much work: each is as large as a random size up to its largest.</summary>
internal static class Bombs
{
    private const int MostOperators = 24_576;

    // Nearly as many tensors as are placed at the most.
    private const int MostBuffers = 16_370;

    private static readonly (string Name, int Most, Func<int, Pcg32, byte[]> Make)[] All =
    [
        ("bombs: operators that share one table", MostOperators, (size, _) => SharedOperators(size)),
        ("bombs: operators in a chain", MostBuffers, (size, _) => Chain(size)),
        ("bombs: operators side by side", MostBuffers / 2, SideBySide),
        ("bombs: tensors that all live", MostBuffers, (size, _) => AllLive(size)),
        ("bombs: branches in parallel", 400, Branches),
        ("bombs: operators with many inputs", MostBuffers, (size, _) => Wide(size)),
        ("bombs: subgraphs that share one table", MostOperators, (size, _) => SharedSubgraphs(size)),
        ("bombs: subgraphs that need a search", 110, ManySearches),
        ("bombs: calls within calls", 40, (size, random) => Calls(size, random.OneIn(2) ? "WHILE" : "IF")),
        ("bombs: control dependencies", MostBuffers, Dependencies),
        ("bombs: deep vtables", 32_000, (size, _) => DeepVtables(size)),
        ("bombs: tensors that share one table", MostOperators, (size, _) => SharedTensors(size)),
        ("bombs: variables", 3_000, (size, _) => Variables(size)),
        ("bombs: operators with many inputs and outputs", MostBuffers / 2, (size, _) => WideBothWays(size)),
        ("bombs: operators that read all before them", 600, (size, _) => Dense(size)),
        ("bombs: as many calls as there may be", 15, (size, _) => Calls(size, "IF")),
    ];

    /// <summary>The names of the bombs.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(bomb => bomb.Name)];

    /// <summary>The bomb numbered <paramref name="which"/>, of a random size.</summary>
    public static byte[] Make(int which, Pcg32 random) => All[which].Make(Size(random, All[which].Most), random);

    /// <summary>The bomb numbered <paramref name="which"/> at its largest, or at a fraction of that.</summary>
    public static byte[] Largest(int which, int divisor = 1) => All[which].Make(Math.Max(1, All[which].Most / divisor), new Pcg32((ulong)which));

    /// <summary>Small ones often, and the largest now and then.</summary>
    private static int Size(Pcg32 random, int most) => random.OneIn(4) ? most : Math.Max(1, most >> random.Below(12));

    private static byte[] FileOf(FlatTableNode op, FlatTableNode tensor, int operators, int tensors, int subgraphs)
    {
        FlatTableNode subgraph = new FlatTableNode()
            .Tables(0, Enumerable.Repeat<FlatNode>(tensor, tensors).ToArray(), evenEmpty: true)
            .Tables(3, Enumerable.Repeat<FlatNode>(op, operators).ToArray(), evenEmpty: true);
        FlatTableNode root = new FlatTableNode().Int32(0, 3).Tables(1, [new FlatTableNode()])
            .Tables(2, Enumerable.Repeat<FlatNode>(subgraph, subgraphs).ToArray()).Tables(4, [new FlatTableNode()]);
        return FlatBufferWriter.Write(root, "TFL3", vtablesBehindTables: false);
    }

    private static byte[] SharedOperators(int count) =>
        FileOf(new FlatTableNode().Int32s(1, [0, 0]), new FlatTableNode().Int32s(0, [16]).Byte(1, 9), count, 1, 1);

    private static byte[] SharedSubgraphs(int count) => FileOf(new FlatTableNode(), new FlatTableNode().Byte(1, 9), 1, 1, count);

    private static byte[] SharedTensors(int count) => FileOf(new FlatTableNode(), new FlatTableNode().Int32s(0, [16]).Byte(1, 9), 1, count, 1);

    private static byte[] Chain(int count)
    {
        var model = new ModelBuilder { Layout = new ModelLayout { EqualIndexListsShareVector = true } };
        ModelTensor last = model.Input("x", [4]);
        for (int i = 0; i < count; i++)
            last = model.Operator("RELU", [last], [4 + (i % 3)]);
        model.Output(last);
        return model.Build();
    }

    private static byte[] SideBySide(int count, Pcg32 random)
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [4]);
        for (int i = 0; i < count; i++)
        {
            ModelTensor y = model.Operator("RELU", [x], [random.Between(1, 5000)]);
            if (random.OneIn(2))
                model.Operator("RELU", [y], [random.Between(1, 5000)]);
        }
        return model.Build();
    }

    private static byte[] AllLive(int count)
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [4]);
        for (int i = 0; i < count; i++)
            model.Output(model.Operator("RELU", [x], [1 + (i % 40)]));
        return model.Build();
    }

    /// <summary>Branches of several widths that are joined: the search and the placement have much to choose from.</summary>
    private static byte[] Branches(int count, Pcg32 random)
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [64]);
        AddBranches(model, x, count, random);
        return model.Build();
    }

    private static void AddBranches(SubgraphBuilder subgraph, ModelTensor x, int count, Pcg32 random)
    {
        var ends = new List<ModelTensor>();
        for (int i = 0; i < count; i++)
        {
            ModelTensor last = ends.Count > 1 && random.OneIn(2) ? random.Pick(ends) : x;
            for (int depth = random.Between(1, 5); depth > 0; depth--)
            {
                last = random.OneIn(3) && ends.Count > 0
                    ? subgraph.Operator("ADD", [last, random.Pick(ends)], [random.Between(1, 9999)])
                    : subgraph.Operator("RELU", [last], [random.Between(1, 9999)]);
            }
            ends.Add(last);
        }
        subgraph.Output(subgraph.Operator("ADD_N", [.. ends], [16]));
    }

    private static byte[] Wide(int count)
    {
        var model = new ModelBuilder();
        ModelTensor[] inputs = Enumerable.Range(0, count).Select(i => model.Input($"x{i}", [1 + (i % 9)])).ToArray();
        model.Output(model.Operator("ADD_N", [.. inputs, .. inputs], [16]), model.Operator("ADD_N", [.. inputs], [16]));
        return model.Build();
    }

    private static byte[] WideBothWays(int count)
    {
        var model = new ModelBuilder();
        ModelTensor[] inputs = Enumerable.Range(0, count).Select(i => model.Input($"x{i}", [4])).ToArray();
        ModelTensor[] outputs = Enumerable.Range(0, count).Select(i => model.Tensor($"y{i}", [4])).ToArray();
        model.Operator("ADD_N", inputs, outputs);
        model.Output(outputs[0]);
        return model.Build();
    }

    private static byte[] Dense(int count)
    {
        var model = new ModelBuilder();
        List<ModelTensor> all = [model.Input("x", [64])];
        for (int i = 0; i < count; i++)
            all.Add(model.Operator("ADD_N", [.. all], [16 * (1 + (i % 7))]));
        model.Output(all[^1]);
        return model.Build();
    }

    private static byte[] ManySearches(int count, Pcg32 random)
    {
        var model = new ModelBuilder();
        model.Input("x", [64]);
        for (int s = 0; s < count; s++)
        {
            SubgraphBuilder subgraph = model.Subgraph($"s{s}");
            AddBranches(subgraph, subgraph.Input("x", [64]), random.Between(5, 40), random);
        }
        return model.Build();
    }

    private static byte[] Calls(int depth, string kind)
    {
        var model = new ModelBuilder();
        SubgraphBuilder caller = model;
        for (int i = 1; i <= depth; i++)
        {
            SubgraphBuilder called = model.Subgraph($"s{i}");
            caller.Operator(kind, [caller.Tensors.Count > 0 ? caller.Tensors[0] : caller.Input("x", [4])], [caller.Tensor("y", [4])],
                new OptionsTable(92, new FlatTableNode().Int32(0, i).Int32(1, i)));
            caller = called;
        }
        caller.Output(caller.Operator("RELU", [caller.Input("x", [4])], [4]));
        return model.Build();
    }

    private static byte[] Dependencies(int count, Pcg32 random)
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [4]);
        for (int i = 0; i < count; i++)
            model.Operator("RELU", [x], [1 + (i % 40)]);
        model.ControlDependencies(Enumerable.Range(0, 3 * count).Select(_ =>
        {
            int after = random.Between(1, Math.Max(1, count - 1));
            return (random.Below(after), Math.Min(after, count - 1));
        }).Where(pair => pair.Item1 < pair.Item2).ToArray());
        return model.Build();
    }

    private static byte[] DeepVtables(int slots)
    {
        FlatTableNode Deep() => new FlatTableNode().Int32(slots, 7);
        var model = new ModelBuilder();
        ModelTensor last = model.Input("x", [4]);
        for (int i = 0; i < 40; i++)
        {
            last = model.Operator("RELU", [last], [4]);
            model.Operators[^1].Options = new OptionsTable(1, Deep());
        }
        model.Layout = new ModelLayout { UnknownModelFields = Math.Min(slots, 2_000), UnknownOperatorFields = Math.Min(slots, 500) };
        return model.Build();
    }

    private static byte[] Variables(int count)
    {
        var model = new ModelBuilder();
        for (int i = 0; i < count; i++)
        {
            ModelTensor handle = model.VarHandle($"v{i}"), old = model.ReadVariable(handle, [4]);
            model.AssignVariable(handle, model.Operator("RELU", [old], [4]));
        }
        model.Output(model.Operator("RELU", [model.Input("x", [4])], [4]));
        return model.Build();
    }
}
