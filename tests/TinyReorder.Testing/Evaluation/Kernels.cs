namespace TinyReorder.Tests.Shared;

/// <summary>The operators that <see cref="ArenaInterpreter"/> evaluates, by their kinds.</summary>
internal static class Kernels
{
    private static readonly Dictionary<string, Action<OperatorCall>> Known = new()
    {
        ["CONV_2D"] = ConvolutionKernels.Convolution,
        ["DEPTHWISE_CONV_2D"] = ConvolutionKernels.Depthwise,
        ["TRANSPOSE_CONV"] = TransposeConvKernels.TransposeConv,
        ["FULLY_CONNECTED"] = FullyConnectedKernels.FullyConnected,
        ["MAX_POOL_2D"] = PoolKernels.Max,
        ["AVERAGE_POOL_2D"] = PoolKernels.Average,
        ["ADD"] = SumKernels.Add,
        ["SUB"] = SumKernels.Sub,
        ["MUL"] = ProductKernels.Mul,
        ["MAXIMUM"] = ComparisonKernels.Maximum,
        ["MINIMUM"] = ComparisonKernels.Minimum,
        ["LESS"] = ComparisonKernels.Comparison(order => order < 0),
        ["LESS_EQUAL"] = ComparisonKernels.Comparison(order => order <= 0),
        ["EQUAL"] = ComparisonKernels.Comparison(order => order == 0),
        ["NOT_EQUAL"] = ComparisonKernels.Comparison(order => order != 0),
        ["GREATER_EQUAL"] = ComparisonKernels.Comparison(order => order >= 0),
        ["GREATER"] = ComparisonKernels.Comparison(order => order > 0),
        ["SELECT_V2"] = ComparisonKernels.Select,
        ["RELU"] = ActivationKernels.Relu,
        ["RELU6"] = ActivationKernels.Relu6,
        ["LEAKY_RELU"] = ActivationKernels.LeakyRelu,
        ["HARD_SWISH"] = HardSwishKernels.HardSwish,
        ["LOGISTIC"] = SigmoidKernels.Logistic,
        ["TANH"] = SigmoidKernels.Tanh,
        ["SOFTMAX"] = SoftmaxKernels.Softmax,
        ["QUANTIZE"] = ConversionKernels.Quantize,
        ["DEQUANTIZE"] = ConversionKernels.Dequantize,
        ["CAST"] = ConversionKernels.Cast,
        ["MEAN"] = MeanKernels.Mean,
        ["RESIZE_NEAREST_NEIGHBOR"] = ResizeKernels.NearestNeighbor,
        ["RESIZE_BILINEAR"] = ResizeKernels.Bilinear,
        ["PAD"] = PadKernels.Pad,
        ["PADV2"] = PadKernels.Pad,
        ["RESHAPE"] = CopyKernels.Reshape,
        ["SQUEEZE"] = CopyKernels.Reshape,
        ["EXPAND_DIMS"] = CopyKernels.ExpandDims,
        ["CONCATENATION"] = CopyKernels.Concatenation,
        ["SPLIT"] = CopyKernels.Split,
        ["SPLIT_V"] = CopyKernels.SplitV,
        ["PACK"] = CopyKernels.Pack,
        ["UNPACK"] = CopyKernels.Unpack,
        ["GATHER"] = CopyKernels.Gather,
        ["TRANSPOSE"] = CopyKernels.Transpose,
        ["SLICE"] = SliceKernels.Slice,
        ["STRIDED_SLICE"] = SliceKernels.StridedSlice,
        ["DYNAMIC_UPDATE_SLICE"] = SliceKernels.DynamicUpdateSlice,
        ["WHILE"] = ControlKernels.While,
        ["IF"] = ControlKernels.If,
        ["CALL_ONCE"] = ControlKernels.CallOnce,
        ["VAR_HANDLE"] = VariableKernels.Handle,
        ["READ_VARIABLE"] = VariableKernels.Read,
        ["ASSIGN_VARIABLE"] = VariableKernels.Assign,
    };

    /// <summary>The kinds that are evaluated.</summary>
    public static IReadOnlyCollection<string> Kinds => Known.Keys;

    /// <summary>What evaluates an operator.</summary>
    /// <exception cref="NotSupportedException">Nothing does.</exception>
    public static Action<OperatorCall> Find(OperatorCall call) =>
        Known.TryGetValue(call.Kind, out Action<OperatorCall>? kernel) ? kernel : throw call.Unsupported();
}
