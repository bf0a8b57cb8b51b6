using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Streams;

/// <summary>The operators that a loop is built of: kinds, versions and option tables of the schema (schema.fbs; versions of tools/versioning/op_version.cc).</summary>
internal static class NewOperators
{
    private const int ConcatenationCode = 2, ReshapeCode = 22, PadCode = 34, GatherCode = 36, SliceCode = 65, WhileCode = 119, SelectCode = 123,
        UpdateSliceCode = 151;
    private const byte ConcatenationTable = 10, ReshapeTable = 17, PadTable = 22, GatherTable = 23, SliceTable = 48, WhileTable = 93, SelectTable = 98;

    /// <summary>A part of <paramref name="table"/>, from numbers that may be made at run time.</summary>
    public static DraftOperator Slice(DraftTensor table, DraftTensor begin, DraftTensor size, DraftTensor result) =>
        New(SliceCode, result.Type switch { TensorType.Bool => 3, TensorType.Int8 => 2, _ => 1 }, Table(SliceTable), [table, begin, size], result);

    /// <summary>Rows of <paramref name="source"/> by their numbers.</summary>
    public static DraftOperator Gather(DraftTensor source, DraftTensor rows, int axis, DraftTensor result) =>
        New(GatherCode, VersionOf(result), Table(GatherTable, (0, false, axis)), [source, rows], result);

    /// <summary>One tensor behind the other along an axis.</summary>
    public static DraftOperator Join(IReadOnlyList<DraftTensor> pieces, int axis, DraftTensor result) =>
        New(ConcatenationCode, VersionOf(result), Table(ConcatenationTable, (0, false, axis)), pieces, result);

    /// <summary>An image with zeros around it, as its quantization has them.</summary>
    public static DraftOperator Pad(DraftTensor source, DraftTensor paddings, DraftTensor result) =>
        New(PadCode, VersionOf(result), Table(PadTable), [source, paddings], result);

    /// <summary>The same bytes in another shape.</summary>
    public static DraftOperator Reshape(DraftTensor source, DraftTensor shape, DraftTensor result) =>
        New(ReshapeCode, 1, Table(ReshapeTable), [source, shape], result);

    /// <summary>The elements of one tensor where <paramref name="condition"/> holds, else those of the other.</summary>
    public static DraftOperator Select(DraftTensor condition, DraftTensor then, DraftTensor otherwise, DraftTensor result) =>
        New(SelectCode, 1, Table(SelectTable), [condition, then, otherwise], result);

    /// <summary>A tensor with a part of it replaced.</summary>
    public static DraftOperator Update(DraftTensor whole, DraftTensor part, DraftTensor begin, DraftTensor result) =>
        New(UpdateSliceCode, 1, null, [whole, part, begin], result);

    /// <summary>A loop.</summary>
    public static DraftOperator While(IReadOnlyList<DraftTensor> inputs, IReadOnlyList<DraftTensor> outputs, int condition, int body) => new()
    {
        Code = WhileCode,
        Options = Table(WhileTable, (0, false, condition), (1, false, body)),
        Inputs = inputs,
        Outputs = outputs,
    };

    /// <summary>The options of a window with padding of its own made explicit.</summary>
    /// <param name="op">A convolution, depthwise convolution or pool.</param>
    /// <param name="isDilated">Whether a convolution gets a dilation of 2.</param>
    public static NewOptions Unpadded(TfliteOperator op, bool isDilated) => Window(op, isUnpadded: true, isDilated);

    /// <summary>The options of a convolution with a dilation of 2.</summary>
    public static NewOptions Dilated(TfliteOperator op) => Window(op, isUnpadded: false, isDilated: true);

    private static NewOptions Window(TfliteOperator op, bool isUnpadded, bool isDilated)
    {
        OperatorOptions old = op.Options;
        int padding = isUnpadded ? 1 : old.Byte(0);
        (int, bool, int) Number(int slot, int absent = 0) => (slot, false, old.Int32(slot, absent));
        (int, bool, int) Flag(int slot) => (slot, true, old.Byte(slot));
        return op.Kind switch
        {
            "CONV_2D" when isDilated => new(1, [(0, true, padding), Number(1), Number(2), Flag(3), (4, false, 2), (5, false, 2), Flag(6)]),
            "CONV_2D" => new(1, [(0, true, padding), Number(1), Number(2), Flag(3), Number(4, 1), Number(5, 1), Flag(6)]),
            "DEPTHWISE_CONV_2D" => new(2, [(0, true, padding), Number(1), Number(2), Number(3), Flag(4), Number(5, 1), Number(6, 1)]),
            _ => new(5, [(0, true, padding), Number(1), Number(2), Number(3), Number(4), Flag(5)]),
        };
    }

    private static int VersionOf(DraftTensor result) => result.Type == TensorType.Int8 ? 2 : 1;

    private static NewOptions Table(byte union, params (int Slot, bool IsByte, int Value)[] fields) => new(union, fields);

    private static DraftOperator New(int code, int version, NewOptions? options, IReadOnlyList<DraftTensor?> inputs, DraftTensor result) =>
        new() { Code = code, Version = version, Options = options, Inputs = inputs, Outputs = [result] };
}
