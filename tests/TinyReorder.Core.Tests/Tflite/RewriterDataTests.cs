using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite;

/// <summary>When data of metadata are written over in place, and when the lists of operators may be written to at all.</summary>
public class RewriterDataTests
{
    private static readonly byte[] New = [9, 8, 7, 6];

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(0, false)]
    public void Data_of_equal_length_are_written_over_the_old(int length, bool inPlace)
    {
        TfliteModel model = Load(Root([FlatVectorNode.Bytes(new byte[length])], entries: [("note", 1)]));
        byte[] bytes = TfliteRewriter.Rewrite(model, [[0], []], [("note", New)]);

        Assert.Equal(inPlace, bytes.Length == model.Bytes.Length);
        TfliteModel changed = TfliteModel.Load(bytes, "changed.tflite");
        Assert.Equal(New, changed.BufferBytes(Assert.Single(changed.Metadata).Buffer).ToArray());
        int start = model.Buffers[1].Start;
        if (inPlace)
            Assert.All(Enumerable.Range(0, bytes.Length).Where(at => at < start || at >= start + 4), at => Assert.Equal(model.Bytes[at], bytes[at]));
    }

    [Fact]
    public void Of_two_entries_of_one_name_the_last_is_changed()
    {
        TfliteModel model = Load(Root([Data(1), Data(2)], entries: [("note", 1), ("note", 2)]));
        TfliteModel changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, [[0], []], [("note", New)]), "changed.tflite");
        Assert.Equal((model.Bytes.Length, "01010101", "09080706"),
            (changed.Bytes.Length, Convert.ToHexString(changed.BufferBytes(1)), Convert.ToHexString(changed.BufferBytes(2))));
    }

    [Fact]
    public void Data_that_others_read_too_are_left_to_them()
    {
        FlatVectorNode shared = Data(3);
        TfliteModel[] models =
        [
            Load(Root([Data(1)], entries: [("note", 1), ("other", 1)])),
            Load(Root([Data(1)], entries: [("note", 1)], tensorBuffer: 1)),
            Load(Root([shared, shared], entries: [("note", 1)])),
            Load(Overlapping(by: -3)),
            Load(Overlapping(by: 3)),
        ];
        foreach (TfliteModel model in models)
        {
            byte[] bytes = TfliteRewriter.Rewrite(model, [[0], []], [("note", New)]);
            Assert.True(bytes.Length > model.Bytes.Length);
            TfliteModel changed = TfliteModel.Load(bytes, "changed.tflite");
            Assert.Equal(New, changed.BufferBytes(changed.Metadata[0].Buffer).ToArray());
            Assert.All(Enumerable.Range(0, model.BufferCount),
                buffer => Assert.Equal(model.BufferBytes(buffer).ToArray(), changed.BufferBytes(buffer).ToArray()));
        }
    }

    [Theory]
    [InlineData(-4, 4)]
    [InlineData(4, 4)]
    [InlineData(2, 0)]
    public void Data_side_by_side_and_no_data_at_all_are_not_shared(int by, int length)
    {
        TfliteModel model = Load(Overlapping(by, length));
        byte[] bytes = TfliteRewriter.Rewrite(model, [[0], []], [("note", New)]);
        Assert.Equal(model.Bytes.Length, bytes.Length);
        Assert.Equal(New, bytes[model.Buffers[1].Start..(model.Buffers[1].Start + 4)]);
    }

    [Fact]
    public void A_list_that_two_subgraphs_share_is_not_reordered()
    {
        FlatVectorNode list = FlatVectorNode.References([Operator(1), Operator(2)]);
        FlatTableNode Subgraph() =>
            new FlatTableNode().Tables(0, Enumerable.Range(0, 3).Select(_ => new FlatTableNode().Int32s(0, [4]).Byte(1, 9)).ToArray()).Int32s(1, [0])
            .Reference(3, list);
        TfliteModel model = Load(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [Subgraph(), Subgraph()]));

        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(model, [[0, 1], [0, 1]]));
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => TfliteRewriter.Rewrite(model, [[0, 1], [1, 0]])).Diagnostic;
        Assert.Equal((DiagnosticCodes.CorruptFile, 0, "data.tflite"), (diagnostic.Code, diagnostic.Subgraph, diagnostic.File));
        Assert.Contains("it shares its list of operators with subgraph 1", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_subgraph_gets_its_own_order()
    {
        FlatTableNode Subgraph() =>
            new FlatTableNode().Tables(0, Enumerable.Range(0, 4).Select(_ => new FlatTableNode().Int32s(0, [4]).Byte(1, 9)).ToArray()).Int32s(1, [0])
            .Tables(3, [Operator(1), Operator(2), Operator(3)]);
        TfliteModel model = Load(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [Subgraph(), new FlatTableNode(), Subgraph()]));
        TfliteModel changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, [[2, 0, 1], [], [0, 2, 1]]), "changed.tflite");
        Assert.Equal([3, 1, 2], changed.Subgraphs[0].Operators.Select(op => op.Outputs[0]));
        Assert.Equal([1, 3, 2], changed.Subgraphs[2].Operators.Select(op => op.Outputs[0]));
    }

    [Fact]
    public void Dependencies_are_renumbered_in_as_many_bytes_as_they_take()
    {
        int[] turned = Enumerable.Range(0, 200).Reverse().ToArray();
        Assert.Equal([1, 2, 2, 0x8E, 0x03, 0x8C, 0x03, 0x82, 0x01, 0, 0], ControlDependencyMetadata.Remap([[(0, 1), (134, 199)], []], [turned, [0]]));
        Assert.Equal([1, 1, 1, 0x7E, 0x80, 0x01], ControlDependencyMetadata.Remap([[(63, 64)]], [Enumerable.Range(0, 200).ToArray()]));
        Assert.Equal([1, 0], ControlDependencyMetadata.Remap([], []));
    }

    [Theory]
    [InlineData("010100", true)]
    [InlineData("81808080000100", true)]
    [InlineData("8180808080000100", false)]
    [InlineData("010102000202 04", true)]
    [InlineData("0101020002 0206", false)]
    [InlineData("0101010402", false)]
    [InlineData("0101010202", false)]
    [InlineData("01010100", false)]
    [InlineData("010100 00", false)]
    [InlineData("0101010302", false)]
    public void Dependencies_name_operators_in_their_order(string hex, bool fine)
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Relu(b.Relu(b.Input("x", [4])))));
        b.Metadata(TfliteMetadata.ControlDependenciesName, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(fine ? null : DiagnosticCodes.BadMetadata, HostileFiles.Outcome(b.Build()));
    }

    [Fact]
    public void Dependencies_follow_where_any_order_is_another_and_stay_where_none_is()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        b.Output(b.Relu(x), b.Relu6(x), b.Tanh(x));
        SubgraphBuilder second = b.Subgraph("second");
        ModelTensor z = second.Input("z", [1, 4]);
        second.Output(second.Relu(z), second.Relu6(z));
        b.ControlDependencies([(0, 2)], []);
        TfliteModel model = TfliteModel.Load(b.Build(), "data.tflite");

        IReadOnlyList<(int, int)> Pairs(params int[][] orders) =>
            TfliteModel.Load(TfliteRewriter.Rewrite(model, orders), "changed.tflite").ControlDependencies[0];
        Assert.Equal([(0, 2)], Pairs([0, 1, 2], [1, 0]));
        Assert.Equal([(1, 2)], Pairs([1, 0, 2], [0, 1]));
        Assert.Equal([(0, 1)], Pairs([0, 2, 1], [1, 0]));
        Assert.Equal(model.Bytes.Length, TfliteRewriter.Rewrite(model, [[0, 2, 1], [1, 0]]).Length);
    }

    [Fact]
    public void Numbers_of_several_bytes_are_read()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        for (int i = 0; i < 200; i++)
            x = b.Relu(x);
        b.Output(x);
        b.ControlDependencies([(63, 64), (1, 199)]);
        Assert.Equal([(63, 64), (1, 199)], TfliteModel.Load(b.Build(), "data.tflite").ControlDependencies[0]);
    }

    [Fact]
    public void An_entry_that_names_no_dependency_stays_as_it_is_coded()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        b.Output(b.Relu(x), b.Relu6(x));
        b.Metadata(TfliteMetadata.ControlDependenciesName, [1, 1, 0x80, 0]);
        TfliteModel model = TfliteModel.Load(b.Build(), "data.tflite");
        Assert.Equal(model.Bytes.Length, TfliteRewriter.Rewrite(model, [[1, 0]]).Length);
    }

    /// <summary>What else lies on a list: data behind the flatbuffer on its first slot, or options of an operator of a subgraph that is read before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_list_that_is_also_data_is_not_reordered(bool asBuffer)
    {
        FlatVectorNode list = FlatVectorNode.References([Operator(1), Operator(2)]);
        TfliteModel Make(int at)
        {
            FlatTableNode[] Tensors() => Enumerable.Range(0, 3).Select(_ => new FlatTableNode().Int32s(0, [4]).Byte(1, 9)).ToArray();
            FlatTableNode first = new FlatTableNode().Tables(0, Tensors()).Tables(3, [asBuffer ? Operator(1) : Operator(1).Reference(5, list)]);
            return Load(new FlatTableNode()
                .Tables(1, [new FlatTableNode()])
                .Tables(2, [first, new FlatTableNode().Tables(0, Tensors()).Reference(3, list)])
                .Tables(4, [new FlatTableNode(), new FlatTableNode().UInt64(1, (ulong)at).UInt64(2, 4)]));
        }

        TfliteModel model = Make(asBuffer ? Make(8).Subgraphs[1].OperatorSlots : 8);
        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(model, [[0], [0, 1]]));
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => TfliteRewriter.Rewrite(model, [[0], [1, 0]])).Diagnostic;
        Assert.Contains("the list of operators is at the same time another part of the file", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_may_be_shared()
    {
        FlatVectorNode none = FlatVectorNode.Int32([]);
        FlatTableNode first = new FlatTableNode().Tables(0, Enumerable.Range(0, 3).Select(_ => new FlatTableNode().Int32s(0, [4]).Byte(1, 9)).ToArray())
            .Tables(3, [Operator(1), Operator(2)]);
        TfliteModel model = Load(new FlatTableNode().Tables(1, [new FlatTableNode()])
            .Tables(2, [first, new FlatTableNode().Reference(1, none).Reference(2, none).Reference(3, none)]));
        Assert.Equal(model.Bytes.Length, TfliteRewriter.Rewrite(model, [[1, 0], []]).Length);
    }

    private static FlatTableNode Operator(int output) => new FlatTableNode().Int32s(1, [0]).Int32s(2, [output]);

    private static FlatVectorNode Data(byte value) => FlatVectorNode.Bytes([value, value, value, value]);

    /// <summary>The data of two buffers behind the flatbuffer, the second <paramref name="by"/> bytes from the first.</summary>
    private static FlatTableNode Overlapping(int by, int length = 4)
    {
        FlatTableNode Make(int first) =>
            Root([], [("note", 1)],
            buffers: [new FlatTableNode().UInt64(1, (ulong)first).UInt64(2, 4),
            new FlatTableNode().UInt64(1, (ulong)(first + by)).UInt64(2, (ulong)length)], padding: 40);
        // The name of the model has room for both.
        int name = FlatBufferWriter.Write(Make(100), "TFL3", vtablesBehindTables: true).AsSpan().IndexOf(new byte[40].Select(_ => (byte)'-').ToArray());
        return Make(name + 16);
    }

    private static FlatTableNode Root(FlatVectorNode[] data, (string Name, int Buffer)[] entries, int tensorBuffer = 0, FlatTableNode[]? buffers = null,
        int padding = 0) => new FlatTableNode()
        .Tables(1, [new FlatTableNode()])
        .Tables(2,
            [new FlatTableNode().Tables(0, [new FlatTableNode(), new FlatTableNode().Int32s(0, [4]).Byte(1, 9).Int32(2, tensorBuffer)])
            .Tables(3, [new FlatTableNode().Int32s(1, [0]).Int32s(2, [])]), new FlatTableNode().Tables(0, [new FlatTableNode()])])
        .Text(3, new string('-', padding))
        .Tables(4, [new FlatTableNode(), .. buffers ?? data.Select(one => new FlatTableNode().Reference(0, one)).ToArray()])
        .Tables(6, entries.Select(entry => new FlatTableNode().Text(0, entry.Name).Int32(1, entry.Buffer)).ToArray());

    private static TfliteModel Load(FlatTableNode root) => TfliteModel.Load(FlatBufferWriter.Write(root, "TFL3", vtablesBehindTables: true), "data.tflite");
}
