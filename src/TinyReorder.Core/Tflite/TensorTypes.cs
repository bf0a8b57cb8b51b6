namespace TinyReorder.Tflite;

/// <summary>What the element types mean in memory.</summary>
internal static class TensorTypes
{
    /// <summary>
    /// Bytes that one element takes in the arena: INT4 a whole byte and RESOURCE four, as TensorFlow Lite Micro counts them
    /// (micro/memory_helpers.cc, TfLiteTypeSizeOf); 0 for types without a fixed size and for unknown types.
    /// </summary>
    public static int ElementBytes(this TensorType type) => type switch
    {
        TensorType.UInt8 or TensorType.Bool or TensorType.Int8 or TensorType.Int4 or TensorType.Int2 or TensorType.UInt4
            or TensorType.Float8E4M3FN or TensorType.Float8E5M2 => 1,
        TensorType.Float16 or TensorType.Int16 or TensorType.UInt16 or TensorType.BFloat16 => 2,
        TensorType.Float32 or TensorType.Int32 or TensorType.UInt32 or TensorType.Resource => 4,
        TensorType.Int64 or TensorType.UInt64 or TensorType.Float64 or TensorType.Complex64 => 8,
        TensorType.Complex128 => 16,
        _ => 0,
    };

    /// <summary>Whether the schema that this project knows has the type.</summary>
    public static bool IsKnown(this TensorType type) => type is >= TensorType.Float32 and <= TensorType.Float8E5M2;
}
