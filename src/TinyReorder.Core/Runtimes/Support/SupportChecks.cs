namespace TinyReorder.Runtimes.Support;

/// <summary>Every check that a profile can name: conditions of a kernel that no general rule says.</summary>
internal static class SupportChecks
{
    private static readonly int[] Two = [0, 1];
    private static readonly int[] Three = [0, 1, 2];

    /// <summary>The checks by name.</summary>
    public static IReadOnlyDictionary<string, Func<SupportContext, SupportProblem?>> All { get; } =
        new Dictionary<string, Func<SupportContext, SupportProblem?>>(StringComparer.Ordinal)
        {
            ["argument"] = IndexChecks.Argument,
            ["batch-matmul"] = MatrixChecks.BatchMatmul,
            ["broadcast"] = op => ShapeChecks.Broadcast(op, Two),
            ["broadcast-of-three"] = op => ShapeChecks.Broadcast(op, Three),
            ["broadcast-of-three-within-5"] = op => ShapeChecks.BroadcastWithin(op, Three, 5),
            ["broadcast-within-4"] = op => ShapeChecks.BroadcastWithin(op, Two, 4),
            ["broadcast-within-5"] = op => ShapeChecks.BroadcastWithin(op, Two, 5),
            ["broadcast-to"] = ShapeChecks.BroadcastTo,
            ["circular-buffer"] = RecurrentChecks.CircularBuffer,
            ["concatenation"] = JoinChecks.Concatenation,
            ["bias-of-depthwise"] = WindowChecks.BiasOfDepthwise,
            ["convolution"] = WindowChecks.Convolution,
            ["decode"] = CustomChecks.Decode,
            ["depth-to-space"] = ShapeChecks.DepthToSpace,
            ["depthwise"] = WindowChecks.Depthwise,
            ["detection"] = CustomChecks.Detection,
            ["dynamic-update-slice"] = SliceChecks.DynamicUpdateSlice,
            ["embedding-lookup"] = IndexChecks.EmbeddingLookup,
            ["ethos-u"] = CustomChecks.EthosU,
            ["expand-dims"] = ShapeChecks.ExpandDims,
            ["fill"] = ShapeChecks.Fill,
            ["five-intermediates"] = RecurrentChecks.FiveIntermediates,
            ["fully-connected"] = MatrixChecks.FullyConnected,
            ["gather"] = IndexChecks.Gather,
            ["gather-nd"] = IndexChecks.GatherNd,
            ["if"] = ControlChecks.If,
            ["int16-bias-of-convolution"] = WindowChecks.Int16BiasOfConvolution,
            ["int16-bias-of-transpose-convolution"] = WindowChecks.Int16BiasOfTransposeConvolution,
            ["lstm"] = RecurrentChecks.Lstm,
            ["lstm-of-2022"] = FullLstmChecks.Check,
            ["one-scale"] = MatrixChecks.OneScale,
            ["pack"] = JoinChecks.Pack,
            ["pad"] = ShapeChecks.Pad,
            ["pool"] = WindowChecks.Pool,
            ["reduce"] = IndexChecks.Reduce,
            ["resize"] = WindowChecks.Resize,
            ["resize-bilinear"] = WindowChecks.ResizeBilinear,
            ["reverse"] = IndexChecks.Reverse,
            ["shape"] = ShapeChecks.Shape,
            ["slice"] = SliceChecks.Slice,
            ["softmax"] = QuantizationChecks.Softmax,
            ["space-to-depth"] = ShapeChecks.SpaceToDepth,
            ["split"] = JoinChecks.Split,
            ["split-v"] = JoinChecks.SplitV,
            ["squeeze"] = ShapeChecks.Squeeze,
            ["strided-slice"] = SliceChecks.StridedSlice,
            ["svdf"] = RecurrentChecks.Svdf,
            ["transpose"] = ShapeChecks.Transpose,
            ["transpose-convolution"] = WindowChecks.TransposeConvolution,
            ["two-axes"] = IndexChecks.TwoAxes,
            ["unpack"] = JoinChecks.Unpack,
            ["while"] = ControlChecks.While,
        };
}
