using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>The tensors of an operator as the rules need them.</summary>
internal static class OperatorTensors
{
    /// <summary>The tensor at a position of a list of inputs or outputs, or null when there is none.</summary>
    public static TfliteTensor? Find(TfliteSubgraph subgraph, IReadOnlyList<int> tensors, int position) =>
        position < tensors.Count && tensors[position] >= 0 ? subgraph.Tensors[tensors[position]] : null;

    /// <summary>Whether a planner gives the tensor bytes of the arena, and of a type whose elements lie in whole bytes one after the other.</summary>
    public static bool IsPlanned(TfliteTensor tensor) =>
        !tensor.IsConstant && !tensor.IsVariable && tensor.Bytes is > 0 and <= int.MaxValue
        && tensor.Type is TensorType.Float32 or TensorType.Float16 or TensorType.Int8 or TensorType.UInt8 or TensorType.Int16 or TensorType.UInt16
            or TensorType.Int32 or TensorType.UInt32 or TensorType.Int64 or TensorType.Bool;

    /// <summary>
    /// The whole numbers of a constant of type INT32 or INT64; null where it is no such constant or has other than <paramref name="count"/> of them.
    /// </summary>
    public static long[]? FindConstants(TfliteTensor? tensor, int count)
    {
        if (tensor is null || tensor.Type is not (TensorType.Int32 or TensorType.Int64))
            return null;
        int bytes = tensor.Type.ElementBytes();
        ArraySegment<byte> data = tensor.ConstantBytes;
        if (data.Array is null || tensor.ElementCount != count || data.Count != (long)count * bytes)
            return null;
        return Enumerable.Range(0, count).Select(i => Read(data.Array, data.Offset + (i * bytes), bytes)).ToArray();
    }

    /// <summary>The product of the dimensions from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static long Product(IReadOnlyList<int> shape, int first, int end)
    {
        long product = 1;
        for (int i = first; i < end; i++)
            product *= shape[i];
        return product;
    }

    private static long Read(byte[] bytes, int at, int count)
    {
        ulong value = 0;
        for (int i = count - 1; i >= 0; i--)
            value = (value << 8) | bytes[at + i];
        return count == 4 ? unchecked((int)value) : unchecked((long)value);
    }
}
