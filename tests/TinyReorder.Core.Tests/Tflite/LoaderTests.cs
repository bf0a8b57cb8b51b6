using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

/// <summary>What the tables of a file say is what the model says, field by field, and what they cannot say is refused at its place.</summary>
public class LoaderTests
{
    [Fact]
    public void A_tensor_has_what_its_table_says()
    {
        FlatTableNode quantization = new FlatTableNode()
            .Reference(2, FlatVectorNode.Single([0.5f, 0.25f]))
            .Reference(3, FlatVectorNode.Int64([-7, 9, 11]))
            .Int32(6, 2);
        FlatTableNode full = new FlatTableNode().Int32s(0, [1, 2, 3]).Byte(1, 7).Int32(2, 1).Text(3, "full").Reference(4, quantization).Byte(5, 1)
            .Reference(6, new FlatTableNode()).Int32(10, 3);
        TfliteModel model = Load(Root(tensors: [full, new FlatTableNode()], buffers: [new FlatTableNode(), new FlatTableNode()]));

        TfliteTensor tensor = model.Subgraphs[0].Tensors[0], bare = model.Subgraphs[0].Tensors[1];
        Assert.Equal([1, 2, 3], tensor.Shape);
        Assert.Equal((0, TensorType.Int16, 1, "full", true, true, true),
            (tensor.Index, tensor.Type, tensor.Buffer, tensor.Name, tensor.IsVariable, tensor.IsSparse, tensor.IsConstant));
        Assert.Equal([0.5f, 0.25f], tensor.Scales);
        Assert.Equal((3, -7L, 2), (tensor.ZeroPointCount, tensor.ZeroPoint, tensor.QuantizedDimension));
        Assert.Equal((1, TensorType.Float32, 0, "", false, false, false),
            (bare.Index, bare.Type, bare.Buffer, bare.Name, bare.IsVariable, bare.IsSparse, bare.IsConstant));
        Assert.Empty(bare.Shape);
        Assert.Empty(bare.Scales);
        Assert.Equal((0, 0L, 0), (bare.ZeroPointCount, bare.ZeroPoint, bare.QuantizedDimension));
        Assert.Equal(0, bare.ConstantBytes.Count);
    }

    [Fact]
    public void An_operator_has_what_its_table_says()
    {
        FlatTableNode full = new FlatTableNode()
            .Int32(0, 1)
            .Int32s(1, [1, -1])
            .Int32s(2, [0])
            .Byte(3, 5)
            .Reference(4, new FlatTableNode().Int32(1, 77))
            .Reference(5, FlatVectorNode.Bytes([4, 5, 6]))
            .Reference(7, FlatVectorNode.Bytes([0, 1]))
            .Int32s(8, [1])
            .UInt64(9, 1);
        FlatTableNode second = new FlatTableNode().Int32(0, 2).Byte(11, 1).Reference(4, new FlatTableNode().Int32(1, 77))
            .Reference(12, new FlatTableNode().Int32(1, 78)).Reference(7, FlatVectorNode.Bytes([0, 0])).UInt64(9, 2);
        FlatTableNode[] codes = [new FlatTableNode().Byte(0, 3).Int32(3, 3), new FlatTableNode().Byte(0, 32).Text(1, "Mine").Int32(2, 4).Int32(3, 32),
            new FlatTableNode().Byte(0, 127).Text(1, "not its name").Int32(3, 200)];
        TfliteModel model = Load(Root(operators: [full, second, new FlatTableNode()], codes: codes));

        TfliteOperator first = model.Subgraphs[0].Operators[0], other = model.Subgraphs[0].Operators[1], bare = model.Subgraphs[0].Operators[2];
        Assert.Equal((0, 32, 32, "Mine", "Mine", 4, true),
            (first.Index, first.Code, first.LongCode, first.CustomCode, first.Kind, first.Version, first.MutatesInputs));
        Assert.Equal([1, -1], first.Inputs);
        Assert.Equal([0], first.Outputs);
        Assert.Equal([1], first.Intermediates);
        Assert.Equal((5, 77), (first.Options.UnionType, first.Options.Int32(1)));
        Assert.Equal([4, 5, 6], first.Options.CustomOptions);
        Assert.Equal((1, 200, 200, "", 1, false, 78),
            (other.Index, other.Code, other.LongCode, other.CustomCode, other.Version, other.MutatesInputs, other.Options.Int32(1)));
        Assert.Equal((2, 3, "CONV_2D", 1, false, false), (bare.Index, bare.Code, bare.Kind, bare.Version, bare.MutatesInputs, bare.Options.Exist));
        Assert.Empty(bare.Options.CustomOptions);
        // 0 and 1 stand for no data behind the flatbuffer.
        Assert.Single(model.AbsoluteOffsetFields);
    }

    [Theory]
    [InlineData(0, 32, 32)]
    [InlineData(127, 5, 127)]
    [InlineData(255, 0, 0)]
    [InlineData(4, 0, 4)]
    public void A_code_is_the_larger_of_the_old_field_and_the_new(int old, int now, int expected)
    {
        TfliteModel model = Load(Root(operators: [new FlatTableNode()], codes: [new FlatTableNode().Byte(0, old).Int32(3, now)]));
        Assert.Equal((expected, now), (model.Subgraphs[0].Operators[0].Code, model.Subgraphs[0].Operators[0].LongCode));
    }

    [Theory]
    [InlineData(0UL, 4UL, false, true)]
    [InlineData(1UL, 4UL, false, true)]
    [InlineData(2UL, 4UL, true, true)]
    [InlineData(-4L, 4UL, true, true)]
    [InlineData(-4L, 5UL, true, false)]
    [InlineData(0L, 0UL, false, true)]
    [InlineData(-0.5, 0UL, true, true)]
    [InlineData(0.5, 0UL, true, false)]
    [InlineData(8UL, ulong.MaxValue, true, false)]
    [InlineData(ulong.MaxValue, 1UL, true, false)]
    public void Data_behind_the_flatbuffer_lie_inside_the_file(object place, ulong size, bool outside, bool fine)
    {
        FlatTableNode Make(ulong at) => Root(buffers: [new FlatTableNode(), new FlatTableNode().UInt64(1, at).UInt64(2, size)]);
        // A negative number counts from the end of the file; half of one stands for the end itself.
        int end = Bytes(Make(8)).Length;
        ulong offset = place switch
        {
            ulong at => at,
            long at => at < 0 ? (ulong)(end + at) : 0,
            double at => (ulong)(at < 0 ? end : end + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(place)),
        };
        byte[] file = Bytes(Make(offset));
        if (offset != 0)
            Assert.Equal(end, file.Length);
        if (!fine)
        {
            Assert.Equal(DiagnosticCodes.CorruptFile, HostileFiles.Outcome(file));
            return;
        }
        TfliteBuffer buffer = TfliteModel.Load(file, "loaded.tflite").Buffers[1];
        Assert.Equal(outside ? ((int)offset, (int)size, true) : (0, 0, false), (buffer.Start, buffer.Length, buffer.IsOutside));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public void A_tensor_with_data_is_a_constant_wherever_they_lie(int buffer, bool constant)
    {
        FlatTableNode[] buffers = [new FlatTableNode(), new FlatTableNode(), new FlatTableNode().Reference(0, FlatVectorNode.Bytes([1, 2])),
            new FlatTableNode().UInt64(1, 8)];
        TfliteModel model = Load(Root(tensors: [new FlatTableNode().Int32(2, buffer)], buffers: buffers));
        Assert.Equal((constant, buffer == 2 ? 2 : 0), (model.Subgraphs[0].Tensors[0].IsConstant, model.Subgraphs[0].Tensors[0].ConstantBytes.Count));
        Assert.Equal(buffer == 2 ? "0102" : "", Convert.ToHexString(model.BufferBytes(buffer)));
        Assert.Equal(0, model.BufferBytes(-1).Count);
        Assert.Equal(0, model.BufferBytes(buffers.Length).Count);
    }

    /// <summary>Two tensors and two buffers: number 2 is the first that is not there, and an omitted tensor is -1.</summary>
    [Theory]
    [InlineData(1, 1, -1, -1, 1, true)]
    [InlineData(2, 1, 0, 0, 0, false)]
    [InlineData(-1, 1, 0, 0, 0, false)]
    [InlineData(0, 2, 0, 0, 0, false)]
    [InlineData(0, 0, 2, 0, 0, false)]
    [InlineData(0, 0, 0, 2, 0, false)]
    [InlineData(0, 0, -2, 0, 0, false)]
    [InlineData(0, 0, 0, 0, 2, false)]
    public void An_index_is_in_range_up_to_the_last(int output, int input, int written, int intermediate, int buffer, bool fine)
    {
        FlatTableNode op = new FlatTableNode().Int32s(1, [input]).Int32s(2, [written]).Int32s(8, [intermediate]);
        FlatTableNode subgraph = new FlatTableNode().Tables(0, [new FlatTableNode().Int32s(0, [0, 4]), new FlatTableNode().Int32(2, buffer)])
            .Int32s(2, [output]).Tables(3, [op]);
        byte[] file = Bytes(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [subgraph]).Tables(4, [new FlatTableNode(), new FlatTableNode()]));
        Assert.Equal(fine ? null : DiagnosticCodes.IndexOutOfRange, HostileFiles.Outcome(file));
    }

    [Fact]
    public void A_custom_operator_without_a_code_is_called_custom()
    {
        TfliteModel model = Load(Root(operators: [new FlatTableNode()], codes: [new FlatTableNode().Byte(0, 32).Int32(3, 32)]));
        Assert.Equal(("CUSTOM", true), (model.Subgraphs[0].Operators[0].Kind, model.Subgraphs[0].Operators[0].IsCustom));
    }

    /// <summary>The root table says that it is as long as the rest of the file, and that its version is the last byte.</summary>
    [Fact]
    public void A_version_that_ends_behind_the_file_is_damage()
    {
        byte[] file = Bytes(Root());
        int root = BitConverter.ToInt32(file), vtable = root - BitConverter.ToInt32(file, root), rest = file.Length - root;
        BitConverter.TryWriteBytes(file.AsSpan(vtable + 2), (ushort)rest);
        Assert.Null(HostileFiles.Outcome(file));
        BitConverter.TryWriteBytes(file.AsSpan(vtable + 4), (ushort)(rest - 4));
        Assert.Null(HostileFiles.Outcome(file));
        BitConverter.TryWriteBytes(file.AsSpan(vtable + 4), (ushort)(rest - 3));
        Assert.Equal(DiagnosticCodes.CorruptFile, HostileFiles.Outcome(file));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Each_letter_of_the_identifier_counts(int at)
    {
        byte[] file = Bytes(Root());
        file[at] ^= 0x20;
        Diagnostic diagnostic = Refused(file);
        Assert.Equal(DiagnosticCodes.NotAModel, diagnostic.Code);
        Assert.Contains("the identifier TFL3 is missing", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("it has 7 bytes", Refused(file[..7]).Message, StringComparison.Ordinal);
        Assert.Contains("the identifier", Refused(file[..8]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_subgraph_and_operator()
    {
        Diagnostic code = Refused(Bytes(Root(operators: [new FlatTableNode(), new FlatTableNode().Int32(0, 1)])));
        Assert.Equal((DiagnosticCodes.IndexOutOfRange, 0, 1, "loaded.tflite"), (code.Code, code.Subgraph, code.Operator, code.File));
        Assert.Contains("operator 1 of subgraph 0 names operator code 1, but the model has 1", code.Message, StringComparison.Ordinal);
        Diagnostic shape = Refused(Bytes(Root(tensors: [new FlatTableNode(), new FlatTableNode().Int32s(0, [2, -1]).Text(3, "free")],
            operators: [new FlatTableNode().Int32s(1, [1])])));
        Assert.Equal((DiagnosticCodes.DynamicShape, (int?)0, (int?)null), (shape.Code, shape.Subgraph, shape.Operator));
        Assert.Contains("tensor 1 of subgraph 0 ('free')", shape.Message, StringComparison.Ordinal);
    }

    /// <summary>Where the reader is when something is damaged: the last thing of each kind has a name that lies outside of the file.</summary>
    [Theory]
    [InlineData("operator code 1")]
    [InlineData("metadata entry 0")]
    [InlineData("subgraph 0")]
    [InlineData("tensor 1 of subgraph 0")]
    public void A_damaged_file_is_said_to_be_damaged_there(string place)
    {
        FlatTableNode Named(bool here, int slot) => here ? new FlatTableNode().Int32(slot, 1 << 30) : new FlatTableNode();
        FlatTableNode root = new FlatTableNode()
            .Tables(1, [new FlatTableNode(), Named(place == "operator code 1", 1)])
            .Tables(2, [Named(place == "subgraph 0", 4).Tables(0, [new FlatTableNode(), Named(place == "tensor 1 of subgraph 0", 3)])])
            .Tables(4, [new FlatTableNode()])
            .Tables(6, [Named(place == "metadata entry 0", 0)]);
        Diagnostic diagnostic = Refused(Bytes(root));
        Assert.Equal(DiagnosticCodes.CorruptFile, diagnostic.Code);
        Assert.Contains($"in {place}, ", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 32)]
    [InlineData(9, 40)]
    public void Fields_of_the_root_that_are_copied_are_checked_and_newer_ones_are_not(int slot, int offset)
    {
        Assert.Equal(DiagnosticCodes.CorruptFile, HostileFiles.Outcome(Bytes(Root().Int32(slot, 1 << 20))));
        Assert.Null(HostileFiles.Outcome(Bytes(Root().Int32(10, offset << 20))));
    }

    [Fact]
    public void Options_have_what_their_fields_say_or_what_was_asked_for()
    {
        FlatTableNode options = new FlatTableNode().Byte(0, 3).Byte(1, 1).Int32(2, -5).Single(3, 1.5f).Text(4, "text").Int32s(5, [6, 7]).Int32(6, 1 << 28);
        TfliteModel model = Load(Root(operators: [new FlatTableNode().Reference(4, options), new FlatTableNode()]));
        OperatorOptions there = model.Subgraphs[0].Operators[0].Options, none = model.Subgraphs[0].Operators[1].Options;

        Assert.Equal((3, true, -5, 1.5f, "text"), (there.Byte(0), there.Bool(1), there.Int32(2), there.Single(3), there.FindText(4)));
        Assert.Equal([6, 7], there.Int32Array(5));
        foreach (OperatorOptions absent in new[] { there, none })
        {
            Assert.Equal((9, true, false, -9, 2.5f, null),
                (absent.Byte(7, 9), absent.Bool(7, true), absent.Bool(7), absent.Int32(7, -9), absent.Single(7, 2.5f), absent.FindText(7)));
            Assert.Empty(absent.Int32Array(7));
        }
        Assert.Equal((true, false), (there.Exist, none.Exist));
        Diagnostic damaged = Assert.Throws<TinyReorderException>(() => there.FindText(6)).Diagnostic;
        Assert.Equal(DiagnosticCodes.CorruptFile, damaged.Code);
        Assert.Contains("the options of operator 0 of subgraph 0 are damaged", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_the_schema_does_not_have_is_shown_as_a_number()
    {
        Assert.Equal(("ADD", "BUILTIN_-1", "BUILTIN_1000"), (BuiltinOperators.NameOf(0), BuiltinOperators.NameOf(-1), BuiltinOperators.NameOf(1000)));
        int last = Enumerable.Range(0, 1000).Last(code => !BuiltinOperators.NameOf(code).StartsWith("BUILTIN_", StringComparison.Ordinal));
        Assert.Equal($"BUILTIN_{last + 1}", BuiltinOperators.NameOf(last + 1));
    }

    private static FlatTableNode Root(FlatTableNode[]? tensors = null, FlatTableNode[]? operators = null, FlatTableNode[]? codes = null,
        FlatTableNode[]? buffers = null) => new FlatTableNode()
        .Int32(0, 3)
        .Tables(1, codes ?? [new FlatTableNode()])
        .Tables(2, [new FlatTableNode().Tables(0, tensors ?? [new FlatTableNode().Int32s(0, [4]).Byte(1, 9), new FlatTableNode()]).Tables(3, operators ?? [])])
        .Tables(4, buffers ?? [new FlatTableNode()]);

    private static byte[] Bytes(FlatTableNode root) => FlatBufferWriter.Write(root, "TFL3", vtablesBehindTables: false);

    private static TfliteModel Load(FlatTableNode root) => TfliteModel.Load(Bytes(root), "loaded.tflite");

    private static Diagnostic Refused(byte[] file) => Assert.Throws<TinyReorderException>(() => TfliteModel.Load(file, "loaded.tflite")).Diagnostic;
}
