using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite;

/// <summary>The rewriter on every odd but valid layout, by what it may touch and by what the result says.</summary>
public class RewriterLayoutTests
{
    public static TheoryData<int> Layouts => new(Enumerable.Range(0, BuiltModels.Layouts.Count));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_new_order_changes_the_slots_of_the_operators_and_nothing_else(int layout)
    {
        ModelBuilder b = BuiltModels.Runnable();
        b.Layout = BuiltModels.Layouts[layout];
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        TfliteSubgraph before = model.Subgraphs[0];
        int[] order = AnotherOrder(SubgraphGraph.Create(model, 0, GraphSizing.Plain));

        byte[] bytes = TfliteRewriter.Rewrite(model, [order]);

        Assert.Equal(model.Bytes.Length, bytes.Length);
        int first = before.OperatorSlots, end = first + (4 * before.Operators.Count);
        Assert.All(Enumerable.Range(0, bytes.Length).Where(at => bytes[at] != model.Bytes[at]), at => Assert.InRange(at, first, end - 1));
        TfliteSubgraph after = TfliteModel.Load(bytes, "reordered.tflite").Subgraphs[0];
        Assert.Equal(order.Select(old => Describe(before.Operators[old])), after.Operators.Select(Describe));

        int[] back = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            back[order[i]] = i;
        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(TfliteModel.Load(bytes, "reordered.tflite"), [back]));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void New_metadata_leaves_everything_that_the_model_says(int layout)
    {
        ModelBuilder b = BuiltModels.Everything();
        b.Layout = BuiltModels.Layouts[layout];
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        int[][] orders = model.Subgraphs.Select(subgraph => Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        if (!TfliteRewriter.CanAddMetadata(model))
        {
            Assert.True(b.Layout.UnknownModelFields > 0);
            return;
        }

        byte[] bytes = TfliteRewriter.Rewrite(model, orders, [("added", [1, 2, 3]), ("note", "another length"u8.ToArray())]);

        TfliteModel changed = TfliteModel.Load(bytes, "changed.tflite");
        byte[] Data(string name) => [.. changed.BufferBytes(changed.Metadata.Single(entry => entry.Name == name).Buffer)];
        Assert.Equal([1, 2, 3], Data("added"));
        Assert.Equal("another length"u8.ToArray(), Data("note"));
        Assert.Equal(model.ControlDependencies[0], changed.ControlDependencies[0]);
        Assert.Equal(
            model.Subgraphs.SelectMany(subgraph => subgraph.Tensors.Select(tensor => tensor.Name + Convert.ToHexString(model.BufferBytes(tensor.Buffer)))),
            changed.Subgraphs.SelectMany(subgraph => subgraph.Tensors.Select(tensor => tensor.Name
                + Convert.ToHexString(changed.BufferBytes(tensor.Buffer)))));
        Assert.Equal(model.Subgraphs.SelectMany(subgraph => subgraph.Operators.Select(Describe)),
            changed.Subgraphs.SelectMany(subgraph => subgraph.Operators.Select(Describe)));
        Assert.All(Enumerable.Range(0, changed.BufferCount), buffer => Assert.Equal(0, changed.BufferBytes(buffer).Offset % 16));
        int trailing = b.Layout.TrailingBytes.Length;
        Assert.Equal(b.Layout.TrailingBytes, bytes[^trailing..]);
        // Large custom options stand behind the flatbuffer; their absolute offset moves with them.
        int[] fields = [.. changed.AbsoluteOffsetFields];
        Assert.Equal([9, 8, 7, 6], bytes.AsSpan((int)BitConverter.ToUInt64(bytes, Assert.Single(fields)), 4).ToArray());
    }

    private static int[] AnotherOrder(Graph graph)
    {
        var random = new Pcg32(5);
        var order = new List<int>();
        while (order.Count < graph.Operators.Count)
            order.Add(random.Pick(graph.Operators.Where(op => !order.Contains(op.Index) && op.Predecessors.All(order.Contains)).Select(op => op.Index)
                .ToArray()));
        Assert.NotEqual(Enumerable.Range(0, order.Count), order);
        return [.. order];
    }

    private static string Describe(TfliteOperator op) =>
        $"{op.Kind} v{op.Version} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)}) {op.Options.UnionType} "
        + $"{Convert.ToHexString(op.Options.CustomOptions)}";
}
