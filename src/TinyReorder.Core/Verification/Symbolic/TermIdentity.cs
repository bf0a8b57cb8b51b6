using System.Globalization;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// What an operator or a constant is, beside the tensors that it works on. The rewritten file ends with the original one, byte for byte, so that tables and data
/// that lie equally far from the end are the same.
/// </summary>
internal sealed class TermIdentity(TfliteModel model, int originalBytes, TermTable terms)
{
    // The bits of the lowest float: floats are told by them, and zero has none.
    private const long LowestSingle = 0xFF7FFFFF;

    /// <summary>The options of an operator.</summary>
    public string Options(TfliteOperator op) =>
        op.Options.TablePosition is not { } position ? $"custom {Convert.ToBase64String(op.Options.CustomOptions)}"
        : model.Bytes.Length - position <= originalBytes ? $"{op.Options.UnionType}@{model.Bytes.Length - position}" : $"new {position}";

    /// <summary>The type and quantization of a tensor.</summary>
    public static string Type(TfliteTensor tensor) => string.Join(" ",
        tensor.Type,
        tensor.ZeroPointCount > 0 ? tensor.ZeroPoint : 0,
        string.Join(",", tensor.Scales.Select(scale => scale.ToString("R", CultureInfo.InvariantCulture))),
        tensor.Scales.Count > 1 ? tensor.QuantizedDimension : 0);

    /// <summary>The value that pads a tensor: zero as its quantization has it.</summary>
    public int Padding(TfliteTensor tensor) => terms.Padding(tensor.Type, tensor.Type == TensorType.Float32 || tensor.ZeroPointCount == 0 ? 0 : tensor.ZeroPoint);

    /// <summary>The lowest value of a tensor's type, which a maximum starts from (micro/kernels/pooling.cc); null for types that it does not take.</summary>
    public int? Lowest(TfliteTensor tensor) => tensor.Type switch
    {
        TensorType.Int8 => terms.Padding(tensor.Type, sbyte.MinValue),
        TensorType.Int16 => terms.Padding(tensor.Type, short.MinValue),
        TensorType.Float32 => terms.Padding(tensor.Type, LowestSingle),
        _ => null,
    };

    /// <summary>A constant: whole numbers and flags by their values, what is one value all over as padding, anything else by its place.</summary>
    public int Constant(TfliteTensor tensor)
    {
        ArraySegment<byte> data = tensor.ConstantBytes;
        if (data.Array is null || data.Count == 0 || data.Count < tensor.Bytes)
            return terms.Unknown();
        int fromEnd = model.Bytes.Length - data.Offset;
        if (fromEnd <= originalBytes)
            return Kept(tensor, fromEnd);
        if (tensor.Type is TensorType.Int32 or TensorType.Bool)
            return Numbers(tensor);
        int bytes = tensor.Type.ElementBytes();
        bool isOneValue = Enumerable.Range(0, data.Count).All(i => data.Array[data.Offset + i] == data.Array[data.Offset + (i % bytes)]);
        if (isOneValue && tensor.Type == TensorType.Int8)
            return terms.Padding(tensor.Type, unchecked((sbyte)data.Array[data.Offset]));
        bool isZero = isOneValue && Enumerable.Range(0, bytes).All(i => data.Array[data.Offset + i] == 0);
        bool isLowest = isOneValue && tensor.Type == TensorType.Float32 && LittleEndian.ReadUInt32(data.Array, data.Offset) == LowestSingle;
        return isZero ? terms.Padding(tensor.Type, 0) : isLowest ? terms.Padding(tensor.Type, LowestSingle) : terms.Unknown();
    }

    private int Kept(TfliteTensor tensor, int fromEnd) =>
        terms.Of($"constant {Type(tensor)} {string.Join("x", tensor.Shape)} @{fromEnd}");

    /// <summary>Whole numbers or flags.</summary>
    public int Numbers(TfliteTensor tensor)
    {
        ArraySegment<byte> data = tensor.ConstantBytes;
        int bytes = tensor.Type.ElementBytes(), count = data.Count / bytes;
        return terms.Numbers([.. Enumerable.Range(0, count).Select(i => bytes == 1
            ? data.Array![data.Offset + i] : unchecked((int)LittleEndian.ReadUInt32(data.Array!, data.Offset + (4 * i))))]);
    }
}
