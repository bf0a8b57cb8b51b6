using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>The options of an operator as a text that only equal options have.</summary>
internal static class OptionsText
{
    private const int ReshapeKind = 22, VariableKind = 142;

    /// <summary>Built-in operators whose options, if any, are plain numbers: no vector, text or table hangs on them.</summary>
    private static readonly HashSet<string> WithNumbers =
    [
        "ADD", "SUB", "MUL", "DIV", "MINIMUM", "MAXIMUM", "SQUARED_DIFFERENCE", "FLOOR_DIV", "FLOOR_MOD", "PRELU", "BATCH_MATMUL",
        "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED", "AVERAGE_POOL_2D", "MAX_POOL_2D", "L2_POOL_2D", "L2_NORMALIZATION",
        "QUANTIZE", "DEQUANTIZE", "CAST", "LOGISTIC", "TANH", "RELU", "RELU6", "RELU_N1_TO_1", "HARD_SWISH", "LEAKY_RELU", "ELU", "GELU",
        "ABS", "NEG", "EXP", "LOG", "SQRT", "RSQRT", "SQUARE", "SIN", "COS", "FLOOR", "CEIL", "ROUND", "SOFTMAX", "LOG_SOFTMAX",
        "MEAN", "SUM", "REDUCE_MAX", "REDUCE_MIN", "ARG_MAX", "ARG_MIN", "PAD", "PADV2", "MIRROR_PAD", "TRANSPOSE", "SLICE", "STRIDED_SLICE",
        "CONCATENATION", "SPLIT", "SPLIT_V", "PACK", "UNPACK", "GATHER", "GATHER_ND", "EXPAND_DIMS", "SHAPE", "TILE", "BROADCAST_TO", "FILL",
        "RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR", "DEPTH_TO_SPACE", "SPACE_TO_DEPTH", "BATCH_TO_SPACE_ND", "SPACE_TO_BATCH_ND", "SELECT_V2",
        "EQUAL", "NOT_EQUAL", "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL", "LOGICAL_AND", "LOGICAL_OR", "LOGICAL_NOT", "DYNAMIC_UPDATE_SLICE",
    ];

    /// <summary>The text, or null where it is not known what the options are.</summary>
    public static string? Of(TfliteModel model, SimpleOperator op)
    {
        if (op.Options is { } own)
            return $"{own.UnionType}: {string.Join(" ", own.Fields.Select(field => $"{field.Slot}={field.Value}"))}";
        OperatorOptions options = op.Like.Options;
        return op.Like.IsCustom || op.Like.Options.CustomOptions.Length > 0 ? null
            : op.Like.Code == ReshapeKind ? ""
            : op.Kind == "SQUEEZE" ? string.Join(" ", options.Int32Array(0))
            : op.Like.Code == VariableKind ? Name(options.FindText(0)) + Name(options.FindText(1))
            : WithNumbers.Contains(op.Kind) && IsOfNumbers(options) ? $"{options.UnionType}: {Table(model.Bytes, options.TablePosition)}" : null;
    }

    /// <summary>Whether the table is none of those with texts or vectors, whatever the operator's kind.</summary>
    private static bool IsOfNumbers(OperatorOptions options) =>
        options.TablePosition is null || options.UnionType is not (0 or 3 or 17 or 30 or 111 or 115 or > 126);

    private static string Name(string? text) => text is null ? "-" : $"{text.Length}:{text} ";

    /// <summary>The bytes of a table of numbers, with where each field stands in it.</summary>
    private static string Table(byte[] bytes, int? position)
    {
        if (position is not { } table)
            return "";
        int fields = table - unchecked((int)LittleEndian.ReadUInt32(bytes, table));
        int fieldBytes = bytes[fields] | (bytes[fields + 1] << 8), tableBytes = bytes[fields + 2] | (bytes[fields + 3] << 8);
        return BitConverter.ToString(bytes, fields, fieldBytes) + " " + BitConverter.ToString(bytes, table + 4, tableBytes - 4);
    }
}
