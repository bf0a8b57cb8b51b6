using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Drafts;

/// <summary>A tensor of a draft: one of the file or a new one. Operators refer to it as an object, so that it has no index until the draft is written.</summary>
internal sealed class DraftTensor
{
    private DraftTensor(IReadOnlyList<int> shape, TensorType type)
    {
        Shape = shape;
        Type = type;
    }

    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Its element type.</summary>
    public TensorType Type { get; }

    /// <summary>The tensor of the file that it is, in the same subgraph; null for a new one.</summary>
    public TfliteTensor? Kept { get; private init; }

    /// <summary>The tensor of the file whose quantization it has; null for none.</summary>
    public TfliteTensor? Like { get; private init; }

    /// <summary>The data of a new constant; null for none.</summary>
    public byte[]? Data { get; private init; }

    /// <summary>The constant of the file whose data a new one shares; null for none.</summary>
    public TfliteTensor? DataOf { get; private init; }

    /// <summary>Whether the file holds its data.</summary>
    public bool IsConstant => Kept?.IsConstant ?? (Data is not null || DataOf is not null);

    /// <summary>Bytes that it takes in an arena, before rounding.</summary>
    public long Bytes => Shape.Aggregate((long)Type.ElementBytes(), (bytes, dimension) => bytes * dimension);

    /// <summary>A tensor of the file, with all that its table says.</summary>
    public static DraftTensor Of(TfliteTensor tensor) => new(tensor.Shape, tensor.Type) { Kept = tensor, Like = tensor };

    /// <summary>A tensor of another shape with the type and quantization of one of the file.</summary>
    public static DraftTensor WithShape(TfliteTensor like, IReadOnlyList<int> shape) => new(shape, like.Type) { Like = like };

    /// <summary>A tensor of another shape with the type and quantization of another one.</summary>
    public DraftTensor WithShape(IReadOnlyList<int> shape) => new(shape, Type) { Like = Like };

    /// <summary>A tensor without quantization.</summary>
    public static DraftTensor Plain(TensorType type, params int[] shape) => new(shape, type);

    /// <summary>A constant; <paramref name="like"/> gives its quantization.</summary>
    public static DraftTensor Constant(TensorType type, IReadOnlyList<int> shape, byte[] data, TfliteTensor? like = null) =>
        new(shape, type) { Data = data, Like = like };

    /// <summary>A constant with the data of one of the file, and the shape, type and quantization of <paramref name="like"/>.</summary>
    public static DraftTensor Sharing(TfliteTensor data, TfliteTensor like) => new(like.Shape, like.Type) { DataOf = data, Like = like };

    /// <summary>A constant vector of int32, or of another shape.</summary>
    public static DraftTensor Numbers(IReadOnlyList<int> values, params int[] shape)
    {
        byte[] data = new byte[4 * values.Count];
        for (int i = 0; i < values.Count; i++)
            LittleEndian.WriteUInt32(data, 4 * i, unchecked((uint)values[i]));
        return Constant(TensorType.Int32, shape.Length == 0 ? [values.Count] : shape, data);
    }
}
