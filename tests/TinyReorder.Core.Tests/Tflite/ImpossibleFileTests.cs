using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

/// <summary>Files that are well-formed FlatBuffers and say impossible things.</summary>
public class ImpossibleFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not a model at all")]
    [InlineData("\u001c\0\0\0TFL4\u0014\0\u0020\0")]
    public void What_has_no_identifier_is_no_model(string text) =>
        Assert.Equal(DiagnosticCodes.NotAModel, HostileFiles.Outcome(text.Select(letter => (byte)letter).ToArray()));

    [Fact]
    public void A_root_without_subgraphs_is_said_so()
    {
        Assert.Equal(DiagnosticCodes.NoSubgraphs, HostileFiles.Outcome(FileOf(new FlatTableNode().Int32(0, 3))));
        Assert.Equal(DiagnosticCodes.NoSubgraphs, HostileFiles.Outcome(FileOf(new FlatTableNode().Int32(0, 3).Tables(2, [], evenEmpty: true))));
    }

    [Fact]
    public void A_negative_dimension_is_named_with_its_tensor_and_the_free_batch_of_a_signature_is_none()
    {
        ModelBuilder b = BuiltModels.Small();
        b.Inputs[0].ShapeSignature = [-1, 8, 8, 4];
        Assert.Null(HostileFiles.Outcome(b.Build()));
        b.Inputs[0].Shape = [-1, 8, 8, 4];

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => TfliteModel.Load(b.Build(), "hostile.tflite")).Diagnostic;

        Assert.Equal(DiagnosticCodes.DynamicShape, diagnostic.Code);
        Assert.Contains("'x'", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("[-1, 8, 8, 4]", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(0, diagnostic.Subgraph);
    }

    [Fact]
    public void Names_and_shapes_from_the_file_leave_the_message_one_short_line()
    {
        ModelBuilder b = BuiltModels.Small();
        b.Inputs[0].Name = "evil\r\nkws.tflite : error TINY1001: \u001b[31m" + new string('x', 100_000);
        b.Inputs[0].Shape = Enumerable.Repeat(-1, 50_000).ToArray();

        // The outcome checks the message.
        Assert.Equal(DiagnosticCodes.DynamicShape, HostileFiles.Outcome(b.Build()));
    }

    [Theory]
    [InlineData("operator input")]
    [InlineData("operator output")]
    [InlineData("subgraph input")]
    [InlineData("subgraph output")]
    [InlineData("intermediate")]
    [InlineData("operator code")]
    [InlineData("buffer of a tensor")]
    [InlineData("buffer of metadata")]
    [InlineData("")]
    public void An_index_out_of_range_is_said_so(string which)
    {
        int At(string here, int inRange) => which == here ? 1000 : inRange;
        FlatTableNode tensor = new FlatTableNode().Int32s(0, [4]).Byte(1, 9).Int32(2, At("buffer of a tensor", 0));
        FlatTableNode op = new FlatTableNode()
            .Int32(0, At("operator code", 0))
            .Int32s(1, [At("operator input", 0), -1])
            .Int32s(2, [At("operator output", 1)])
            .Int32s(8, [At("intermediate", 0)]);
        FlatTableNode subgraph = new FlatTableNode().Tables(0, [tensor, tensor]).Int32s(1, [At("subgraph input", 0)]).Int32s(2, [At("subgraph output", 1)])
            .Tables(3, [op]);
        FlatTableNode metadata = new FlatTableNode().Text(0, "note").Int32(1, At("buffer of metadata", 0));
        byte[] file = FileOf(new FlatTableNode().Int32(0, 3).Tables(1, [new FlatTableNode()]).Tables(2, [subgraph]).Tables(4, [new FlatTableNode()])
            .Tables(6, [metadata]));

        Assert.Equal(which.Length == 0 ? null : DiagnosticCodes.IndexOutOfRange, HostileFiles.Outcome(file));
    }

    [Fact]
    public void An_omitted_tensor_is_no_input_of_a_subgraph()
    {
        FlatTableNode subgraph = new FlatTableNode().Tables(0, [], evenEmpty: true).Int32s(1, [-1]);
        Assert.Equal(DiagnosticCodes.IndexOutOfRange, HostileFiles.Outcome(FileOf(new FlatTableNode().Tables(2, [subgraph]))));
    }

    [Fact]
    public void Sizes_that_overflow_are_the_largest_number_instead_of_a_small_one()
    {
        ModelBuilder b = BuiltModels.Small();
        b.Inputs[0].Shape = [65_536, 65_536, 65_536, 65_536];
        byte[] file = b.Build();

        Assert.Equal(DiagnosticCodes.SizeOverflow, HostileFiles.Outcome(file));
        Assert.Equal(long.MaxValue, TfliteModel.Load(file, "huge.tflite").Subgraphs[0].Tensors[0].Bytes);
    }

    [Fact]
    public void Very_many_operators_may_share_one_table()
    {
        const int operators = 65_536;
        FlatTableNode op = new FlatTableNode().Int32s(1, [0, 0]).Int32s(2, []);
        FlatTableNode subgraph = new FlatTableNode().Tables(0, [new FlatTableNode()]).Tables(3, Enumerable.Repeat<FlatNode>(op, operators).ToArray());
        byte[] file = FileOf(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [subgraph]));

        Assert.Null(HostileFiles.Outcome(file));
        Assert.Equal(operators, TfliteModel.Load(file, "shared.tflite").Subgraphs[0].Operators.Count);
    }

    [Theory]
    [InlineData("inputs", true)]
    [InlineData("custom options", true)]
    [InlineData("tensors", true)]
    [InlineData("shapes", true)]
    [InlineData("scales", true)]
    [InlineData("names", false)] // a string is read once, however many tensors bear it
    public void A_list_that_is_shared_over_and_over_is_no_bomb(string what, bool refused)
    {
        const int times = 10_000, length = 40_000;
        FlatTableNode tensor = new FlatTableNode().Byte(1, 9), op = new FlatTableNode().Int32s(2, []);
        int subgraphs = 1, tensors = 1, operators = 1;
        switch (what)
        {
            case "inputs": op.Int32s(1, new int[length]); operators = times; break;
            case "custom options": op.Reference(5, FlatVectorNode.Bytes(new byte[length])); operators = times; break;
            case "tensors": tensors = length; subgraphs = times; break;
            case "shapes": tensor.Int32s(0, Enumerable.Repeat(1, length).ToArray()); tensors = times; break;
            case "scales": tensor.Reference(4, new FlatTableNode().Reference(2, FlatVectorNode.Single(new float[length]))); tensors = times; break;
            default: tensor.Text(3, new string('n', length)); tensors = times; break;
        }
        FlatTableNode subgraph = new FlatTableNode()
            .Tables(0, Enumerable.Repeat<FlatNode>(tensor, tensors).ToArray())
            .Tables(3, Enumerable.Repeat<FlatNode>(op, operators).ToArray());
        byte[] file = FileOf(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, Enumerable.Repeat<FlatNode>(subgraph, subgraphs).ToArray()));

        // The outcome checks what was allocated.
        Assert.Equal(refused ? DiagnosticCodes.CorruptFile : null, HostileFiles.Outcome(file));
    }

    [Fact]
    public void Offsets_that_lead_back_to_where_they_started_end()
    {
        // The vtable, the root and everything else are the same bytes.
        byte[] file = new byte[64];
        for (int i = 8; i < file.Length; i += 2)
            file[i] = 4;
        file[0] = 12;
        "TFL3"u8.CopyTo(file.AsSpan(4));

        Assert.NotNull(HostileFiles.Outcome(file));
    }

    [Theory]
    [InlineData("", false)] // no version
    [InlineData("02", false)] // an unknown version
    [InlineData("0101", false)] // one subgraph, no count
    [InlineData("010200", false)] // more subgraphs than there are
    [InlineData("0100", true)]
    [InlineData("010100", true)]
    [InlineData("0101010002", true)] // 0 before 1
    [InlineData("0101010200", false)] // 1 before 0
    [InlineData("0101010000", false)] // 0 before itself
    [InlineData("0101010102", false)] // -1 before 1
    [InlineData("010101000200", false)] // a byte too many
    [InlineData("0101FFFFFFFF0F0002", false)] // four billion pairs
    [InlineData("01FFFFFFFFFFFFFFFFFF01", false)] // a number without end
    public void Control_dependencies_are_read_or_refused(string hex, bool fine)
    {
        ModelBuilder b = BuiltModels.Small();
        b.Metadata(TfliteMetadata.ControlDependenciesName, Convert.FromHexString(hex));

        Assert.Equal(fine ? null : DiagnosticCodes.BadMetadata, HostileFiles.Outcome(b.Build()));
    }

    private static byte[] FileOf(FlatNode root) => FlatBufferWriter.Write(root, "TFL3", vtablesBehindTables: false);
}
