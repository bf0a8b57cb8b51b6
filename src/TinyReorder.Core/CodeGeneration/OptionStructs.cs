namespace TinyReorder.CodeGeneration;

/// <summary>The structs of TensorFlow Lite that hold the parsed options of built-in operators, for a program that prints their sizes.</summary>
internal static class OptionStructs
{
    private static readonly Dictionary<string, string> TypesByKind = new(StringComparer.Ordinal)
    {
        ["ADD"] = "TfLiteAddParams",
        ["ARG_MAX"] = "TfLiteArgMaxParams",
        ["ARG_MIN"] = "TfLiteArgMinParams",
        ["AVERAGE_POOL_2D"] = "TfLitePoolParams",
        ["BATCH_MATMUL"] = "TfLiteBatchMatMulParams",
        ["CALL_ONCE"] = "TfLiteCallOnceParams",
        ["CAST"] = "TfLiteCastParams",
        ["CONCATENATION"] = "TfLiteConcatenationParams",
        ["CONV_2D"] = "TfLiteConvParams",
        ["CUMSUM"] = "TfLiteCumsumParams",
        ["DEPTHWISE_CONV_2D"] = "TfLiteDepthwiseConvParams",
        ["DEPTH_TO_SPACE"] = "TfLiteDepthToSpaceParams",
        ["DIV"] = "TfLiteDivParams",
        ["FULLY_CONNECTED"] = "TfLiteFullyConnectedParams",
        ["GATHER"] = "TfLiteGatherParams",
        ["IF"] = "TfLiteIfParams",
        ["L2_NORMALIZATION"] = "TfLiteL2NormParams",
        ["L2_POOL_2D"] = "TfLitePoolParams",
        ["LEAKY_RELU"] = "TfLiteLeakyReluParams",
        ["MAX_POOL_2D"] = "TfLitePoolParams",
        ["MEAN"] = "TfLiteReducerParams",
        ["MIRROR_PAD"] = "TfLiteMirrorPaddingParams",
        ["MUL"] = "TfLiteMulParams",
        ["PACK"] = "TfLitePackParams",
        ["REDUCE_ALL"] = "TfLiteReducerParams",
        ["REDUCE_MAX"] = "TfLiteReducerParams",
        ["REDUCE_MIN"] = "TfLiteReducerParams",
        ["RESHAPE"] = "TfLiteReshapeParams",
        ["RESIZE_BILINEAR"] = "TfLiteResizeBilinearParams",
        ["RESIZE_NEAREST_NEIGHBOR"] = "TfLiteResizeNearestNeighborParams",
        ["SHAPE"] = "TfLiteShapeParams",
        ["SOFTMAX"] = "TfLiteSoftmaxParams",
        ["SPACE_TO_DEPTH"] = "TfLiteSpaceToDepthParams",
        ["SPLIT"] = "TfLiteSplitParams",
        ["SPLIT_V"] = "TfLiteSplitVParams",
        ["SQUEEZE"] = "TfLiteSqueezeParams",
        ["STRIDED_SLICE"] = "TfLiteStridedSliceParams",
        ["SUB"] = "TfLiteSubParams",
        ["SUM"] = "TfLiteReducerParams",
        ["SVDF"] = "TfLiteSVDFParams",
        ["TRANSPOSE_CONV"] = "TfLiteTransposeConvParams",
        ["UNIDIRECTIONAL_SEQUENCE_LSTM"] = "TfLiteUnidirectionalSequenceLSTMParams",
        ["UNPACK"] = "TfLiteUnpackParams",
        ["VAR_HANDLE"] = "TfLiteVarHandleParams",
        ["WHILE"] = "TfLiteWhileParams",
    };

    /// <summary>Every kind of operator with its struct.</summary>
    public static IReadOnlyDictionary<string, string> ByKind => TypesByKind;

    /// <summary>The structs, each once, in ordinal order. Libraries since December 2021 have all of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. TypesByKind.Values.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
}
