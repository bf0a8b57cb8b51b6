using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tests.Tflite.Lossless;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite.Editing;

/// <summary>What is put in front of a model for new metadata: whole, aligned, and no larger than it must be.</summary>
public class AddedMetadataTests
{
    private const int BuffersSlot = 4, MetadataSlot = 6;

    /// <summary>Lengths that leave what comes behind them unaligned unless it is aligned on purpose.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 16)]
    [InlineData(12, 0)]
    [InlineData(13, 31)]
    public void Everything_new_is_aligned_and_strings_end_with_a_zero(int nameLength, int dataLength)
    {
        TfliteModel model = Load(Root());
        string[] names = [new('a', nameLength), new('b', nameLength + 1), new('c', nameLength)];
        byte[] bytes = TfliteRewriter.Rewrite(model, [[0]], names.Select(name => (name, Enumerable.Repeat((byte)7, dataLength).ToArray())).ToArray());

        var file = new RawFlatBuffer(bytes);
        int[] buffers = file.Elements(file.Root, BuffersSlot), metadata = file.Elements(file.Root, MetadataSlot);
        Assert.Equal((5, 3), (buffers.Length, metadata.Length));
        Assert.All([file.Root, buffers[0], metadata[0], .. buffers.Concat(metadata).Select(file.Follow)], at => Assert.Equal(0, at % 4));
        Assert.All(
            new[] { file.Root }.Concat(buffers[2..].Concat(metadata).Select(file.Follow)).Select(table => table - (int)file.UInt32(table)),
            vtable => Assert.Equal((0, true), (vtable % 2, vtable >= 8)));
        for (int i = 0; i < names.Length; i++)
        {
            int entry = file.Follow(metadata[i]), name = file.Follow(file.Field(entry, 0)), buffer = (int)file.UInt32(file.Field(entry, 1));
            Assert.Equal((0, names[i].Length, 2 + i), (name % 4, (int)file.UInt32(name), buffer));
            Assert.Equal([.. names[i].Select(letter => (byte)letter), 0], bytes[(name + 4)..(name + 5 + names[i].Length)]);
            int data = file.Follow(file.Field(file.Follow(buffers[buffer]), 0));
            Assert.Equal((0, dataLength), ((data + 4) % 16, (int)file.UInt32(data)));
            Assert.All(bytes[(data + 4)..(data + 4 + dataLength)], value => Assert.Equal(7, value));
        }
        Assert.Equal(0, (bytes.Length - model.Bytes.Length) % 16);
    }

    /// <summary>
    /// A header of 8 bytes, a root table of five fields with its vtable, lists of two buffers and of one entry, the tables of the new one, its name with
    /// length and zero, its data on a boundary of 16 with the length right before; then up to a multiple of 16.
    /// </summary>
    [Theory]
    [InlineData(3, 0, 128)]
    [InlineData(3, 1, 144)]
    [InlineData(3, 16, 144)]
    [InlineData(3, 17, 160)]
    [InlineData(8, 16, 144)]
    [InlineData(24, 16, 160)]
    public void It_is_as_long_as_it_must_be(int nameLength, int dataLength, int expected)
    {
        TfliteModel model = Load(new FlatTableNode().Int32(0, 3).Tables(1, [new FlatTableNode()]).Tables(2, [Subgraph()])
            .Tables(BuffersSlot, [new FlatTableNode()]));
        byte[] bytes = TfliteRewriter.Rewrite(model, [[0]], [(new string('n', nameLength), new byte[dataLength])]);

        Assert.Equal(expected, bytes.Length - model.Bytes.Length);
        Assert.Equal(model.Bytes, bytes[expected..]);
    }

    [Fact]
    public void An_entry_of_that_name_is_replaced_where_it_stands_and_others_follow()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", [1, 4])));
        foreach ((string name, byte data) in new[] { ("one", (byte)1), ("two", (byte)2), ("two", (byte)3), ("three", (byte)4) })
            b.Metadata(name, [data, data]);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");

        TfliteModel changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, [[0]], [("new", [5]), ("two", [6]), ("last", [7])]), "changed.tflite");

        Assert.Equal(["one:0101", "two:0202", "two:06", "three:0404", "new:05", "last:07"],
            changed.Metadata.Select(entry => $"{entry.Name}:{Convert.ToHexString(changed.BufferBytes(entry.Buffer))}"));
    }

    [Fact]
    public void A_model_without_buffers_and_metadata_gets_both()
    {
        TfliteModel model = Load(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [Subgraph()]));
        TfliteModel changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, [[0]], [("note", [1, 2])]), "changed.tflite");

        Assert.Equal<byte>([1, 2], [.. changed.BufferBytes(Assert.Single(changed.Metadata).Buffer)]);
        Assert.Equal(model.Subgraphs[0].Tensors.Count, changed.Subgraphs[0].Tensors.Count);
        Assert.Equal(0u, changed.Root.UInt32(0));
    }

    [Fact]
    public void Only_fields_that_the_schema_has_can_move()
    {
        var known = Root().Reference(9, FlatVectorNode.Int32([1]));
        Assert.True(TfliteRewriter.CanAddMetadata(Load(known)));
        TfliteModel added = TfliteModel.Load(TfliteRewriter.Rewrite(Load(known), [[0]], [("note", [1])]), "changed.tflite");
        Assert.Equal([1], added.Root.Int32Array(9));

        TfliteModel newer = Load(Root().Int32(10, 5));
        Assert.False(TfliteRewriter.CanAddMetadata(newer));
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => TfliteRewriter.Rewrite(newer, [[0]], [("note", [1])])).Diagnostic;
        Assert.Equal((DiagnosticCodes.BadMetadata, "built.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.False(TfliteRewriter.CanAddMetadata(Load(Root().Int32(12, 5))));
    }

    /// <summary>Data behind the flatbuffer keep the alignment that they happen to have, up to that of a page.</summary>
    [Theory]
    [InlineData(16, 144)]
    [InlineData(32, 160)]
    [InlineData(1024, 1024)]
    [InlineData(2048, 2048)]
    [InlineData(4096, 4096)]
    [InlineData(8192, 4096)]
    public void Data_outside_keeps_its_alignment(int alignment, int expected)
    {
        byte[] flat = Load(Root(new FlatTableNode().UInt64(1, 8).UInt64(2, 4))).Bytes;
        int start = (flat.Length + alignment) / alignment * alignment, field = TfliteModel.Load(flat, "flat.tflite").Buffers[1].OffsetField;
        start += start % (2 * alignment) == 0 ? alignment : 0;
        byte[] file = [.. flat, .. new byte[start - flat.Length], 1, 2, 3, 4];
        BitConverter.TryWriteBytes(file.AsSpan(field), (ulong)start);
        TfliteModel model = TfliteModel.Load(file, "built.tflite");

        byte[] bytes = TfliteRewriter.Rewrite(model, [[0]], [("note", [1])]);

        // What is new takes 137 bytes, and moves everything else by a multiple of the alignment.
        Assert.Equal(expected, bytes.Length - file.Length);
        TfliteModel changed = TfliteModel.Load(bytes, "changed.tflite");
        Assert.Equal<byte>([1, 2, 3, 4], [.. changed.BufferBytes(1)]);
        Assert.Equal(start + expected, changed.Buffers[1].Start);
    }

    [Theory]
    [InlineData(-5, 4, true)]
    [InlineData(-4, 4, true)]
    [InlineData(-4, 5, false)]
    [InlineData(0, 1, false)]
    [InlineData(7, 1, false)]
    [InlineData(8, 1, true)]
    [InlineData(-20, 40, false)]
    public void Data_beside_a_position_that_follows_stay_and_data_on_it_are_refused(int fromField, int length, bool fine)
    {
        // The offset of buffer 2 is what must follow; buffer 1 lies at its side.
        FlatTableNode Outside(int offset, int count) => new FlatTableNode().UInt64(1, (ulong)offset).UInt64(2, (ulong)count);
        TfliteModel Make(int offset, int count, int last) => Load(Root(Outside(offset, count), Outside(last, 1)));
        int field = Make(8, 4, 8).Buffers[2].OffsetField, end = Make(8, 4, 8).Bytes.Length;
        TfliteModel model = Make(field + fromField, length, end - 1);
        Assert.Equal(field, model.Buffers[2].OffsetField);

        if (fine)
            Assert.Equal(model.BufferBytes(1).ToArray(),
                TfliteModel.Load(TfliteRewriter.Rewrite(model, [[0]], [("note", [1])]), "changed.tflite").BufferBytes(1).ToArray());
        else
            Assert.Equal(DiagnosticCodes.CorruptFile,
                Assert.Throws<TinyReorderException>(() => TfliteRewriter.Rewrite(model, [[0]], [("note", [1])])).Diagnostic.Code);
    }

    /// <summary>The positions of large options stand before those of buffers.</summary>
    [Theory]
    [InlineData(-4, true)]
    [InlineData(-3, false)]
    [InlineData(7, false)]
    public void Data_on_the_position_of_large_options_are_refused(int fromField, bool fine)
    {
        TfliteModel Make(int offset) => Load(RootOf(Subgraph(new FlatTableNode().UInt64(9, 8)), new FlatTableNode().UInt64(1, (ulong)offset).UInt64(2, 4)));
        int field = Assert.Single(Make(8).AbsoluteOffsetFields);
        Assert.True(field < Make(8).Buffers[1].OffsetField);
        Expect(fine, Make(field + fromField));
    }

    [Fact]
    public void Data_on_the_position_that_says_where_they_lie_are_refused()
    {
        TfliteModel Make(int offset) => Load(Root(new FlatTableNode().UInt64(1, (ulong)offset).UInt64(2, 1)));
        Expect(false, Make(Make(8).Buffers[1].OffsetField + 7));
    }

    /// <summary>A shape that is at the same time the position of large options would be another one where these have moved.</summary>
    [Fact]
    public void A_shape_on_a_position_that_follows_is_refused()
    {
        TfliteModel model = Load(RootOf(Subgraph(new FlatTableNode().UInt64(9, 8)), new FlatTableNode()));
        byte[] file = [.. model.Bytes];
        var raw = new RawFlatBuffer(file);
        int field = Assert.Single(model.AbsoluteOffsetFields), tensor = raw.Follow(raw.Elements(raw.Follow(raw.Elements(raw.Root, 2)[0]), 0)[0]),
            shape = raw.Field(tensor, 0);
        // The table is aligned to 8, so that four bytes before the field are free: there the length of the shape goes.
        BitConverter.TryWriteBytes(file.AsSpan(field - 4), 2);
        BitConverter.TryWriteBytes(file.AsSpan(shape), field - 4 - shape);
        TfliteModel knotted = TfliteModel.Load(file, "built.tflite");
        Assert.Equal([8, 0], knotted.Subgraphs[0].Tensors[0].Shape);
        Expect(false, knotted);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    public void Data_that_begin_in_the_header_move_whole(int start)
    {
        TfliteModel model = Load(Root(new FlatTableNode().UInt64(1, (ulong)start).UInt64(2, 4)));
        var changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, [[0]], [("note", [1])]), "changed.tflite");
        Assert.Equal(model.BufferBytes(1).ToArray(), changed.BufferBytes(1).ToArray());
    }

    private static void Expect(bool fine, TfliteModel model)
    {
        if (fine)
            Assert.NotEmpty(TfliteRewriter.Rewrite(model, [[0]], [("note", [1])]));
        else
            Assert.Equal(DiagnosticCodes.CorruptFile,
                Assert.Throws<TinyReorderException>(() => TfliteRewriter.Rewrite(model, [[0]], [("note", [1])])).Diagnostic.Code);
    }

    private static FlatTableNode Subgraph(FlatTableNode? op = null) =>
        new FlatTableNode().Tables(0, [new FlatTableNode().Int32s(0, [4]).Byte(1, 9)]).Tables(3, [(op ?? new FlatTableNode()).Int32s(1, [0]).Int32s(2, [])]);

    private static FlatTableNode Root(params FlatTableNode[] buffers) => RootOf(Subgraph(), buffers);

    private static FlatTableNode RootOf(FlatTableNode subgraph, params FlatTableNode[] buffers) => new FlatTableNode()
        .Int32(0, 3)
        .Tables(1, [new FlatTableNode()])
        .Tables(2, [subgraph])
        .Tables(BuffersSlot, buffers.Length == 0 ? [new FlatTableNode(), new FlatTableNode()] : [new FlatTableNode(), .. buffers]);

    private static TfliteModel Load(FlatTableNode root) => TfliteModel.Load(FlatBufferWriter.Write(root, "TFL3", vtablesBehindTables: true), "built.tflite");
}
