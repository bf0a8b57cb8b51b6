using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite;

/// <summary>Files in which the same bytes are two things, found by fuzzing: moving one would change the other, so nothing is moved.</summary>
public class KnottedFileTests
{
    [Fact]
    public void A_list_of_operators_that_is_also_a_shape_is_not_reordered()
    {
        var list = FlatVectorNode.References([Operator(1), Operator(2)]);
        FlatTableNode Tensor() => new FlatTableNode().Int32s(0, [4]).Byte(1, 9);
        FlatTableNode subgraph = new FlatTableNode()
            .Tables(0, [Tensor(), Tensor(), Tensor(), new FlatTableNode().Reference(0, list).Byte(1, 9)])
            .Int32s(1, [0])
            .Reference(3, list);
        var model = TfliteModel.Load(FlatBufferWriter.Write(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(2, [subgraph]), "TFL3",
            vtablesBehindTables: false), "knotted.tflite");

        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(model, [[0, 1]]));
        Refused("the operators of subgraph 0 cannot be moved: the list of operators is at the same time another part of the file", () =>
            TfliteRewriter.Rewrite(model, [[1, 0]]));
    }

    [Fact]
    public void Data_that_hold_the_position_of_other_data_get_no_metadata_beside_them()
    {
        FlatTableNode sound = new FlatTableNode().UInt64(1, 8).UInt64(2, 4), overAll = new FlatTableNode().UInt64(1, 8).UInt64(2, 60);
        FlatTableNode subgraph = new FlatTableNode().Tables(0, [new FlatTableNode().Int32s(0, [4]).Byte(1, 9)]).Tables(3, [Operator(0)]);
        TfliteModel Load(FlatTableNode buffer) => TfliteModel.Load(
            FlatBufferWriter.Write(new FlatTableNode().Tables(1, [new FlatTableNode()]).Tables(4, [new FlatTableNode(), buffer]).Tables(2, [subgraph]), "TFL3",
                vtablesBehindTables: true), "knotted.tflite");

        Assert.NotNull(TfliteRewriter.Rewrite(Load(sound), [[0]], [("note", [1])]));
        TfliteModel knotted = Load(new FlatTableNode().UInt64(1, 8).UInt64(2, (ulong)Load(overAll).Bytes.Length - 8));
        Refused("no metadata can be added", () => TfliteRewriter.Rewrite(knotted, [[0]], [("note", [1])]));
    }

    private static FlatTableNode Operator(int output) => new FlatTableNode().Int32s(1, [0]).Int32s(2, output == 0 ? [] : [output]);

    private static void Refused(string start, Action action)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(action).Diagnostic;
        Assert.Equal((DiagnosticCodes.CorruptFile, "knotted.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.StartsWith(start, diagnostic.Message, StringComparison.Ordinal);
    }
}
