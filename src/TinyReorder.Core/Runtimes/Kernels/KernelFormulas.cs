namespace TinyReorder.Runtimes.Kernels;

/// <summary>Every formula that a profile can name.</summary>
internal static class KernelFormulas
{
    /// <summary>The formulas by name.</summary>
    public static IReadOnlyDictionary<string, Action<KernelContext>> All { get; } = new Dictionary<string, Action<KernelContext>>(StringComparer.Ordinal)
    {
        ["keep"] = CommonFormulas.Keep,
        ["output-shape-copy"] = CommonFormulas.OutputShapeCopy,
        ["channel-arrays"] = CommonFormulas.ChannelArrays,
        ["scale-arrays"] = CommonFormulas.ScaleArrays,
        ["int4-filter"] = CommonFormulas.Int4Filter,
        ["int16-tables"] = CommonFormulas.Int16Tables,
        ["rank-indices"] = CommonFormulas.RankIndices,
        ["input-scales"] = CommonFormulas.InputScales,
        ["input-pointers"] = CommonFormulas.InputPointers,
        ["reduce"] = ReduceFormulas.Reduce,
        ["transpose-conv"] = TransposeConvFormulas.Reference,
        ["batch-matmul"] = MatmulFormulas.BatchMatmul,
        ["svdf"] = RecurrentFormulas.Svdf,
        ["lstm"] = RecurrentFormulas.Lstm,
        ["lstm-gates"] = GateFormulas.Lstm,
        ["variable-handle"] = VariableFormulas.Handle,
        ["variable-memory"] = VariableFormulas.Memory,
        ["detection"] = DetectionFormulas.Detection,
        ["ethos-u"] = CompilerFormulas.EthosU,
        ["decode"] = CompilerFormulas.Decode,
        ["cmsis-conv"] = CmsisConvolutionFormulas.Convolution,
        ["cmsis-depthwise"] = CmsisConvolutionFormulas.Depthwise,
        ["cmsis-transpose-conv-products"] = TransposeConvFormulas.CmsisProducts,
        ["cmsis-transpose-conv"] = TransposeConvFormulas.Cmsis,
        ["cmsis-average-pool"] = CmsisFormulas.AveragePool,
        ["cmsis-fully-connected"] = CmsisFormulas.FullyConnected,
        ["cmsis-fully-connected-arrays"] = CmsisFormulas.FullyConnectedArrays,
        ["cmsis-batch-matmul"] = CmsisFormulas.BatchMatmul,
        ["cmsis-svdf-sums"] = CmsisFormulas.SvdfSums,
        ["esp-softmax"] = EspFormulas.Softmax,
        ["esp-s3-conv"] = EspS3Formulas.Convolution,
        ["esp-s3-depthwise"] = EspS3Formulas.Depthwise,
        ["esp-p4-conv"] = EspP4Formulas.Convolution,
        ["signal-state"] = SignalFormulas.State,
        ["signal-fft"] = SignalFormulas.Fft,
        ["signal-fft-work"] = SignalFormulas.FftWork,
        ["signal-rings"] = SignalFormulas.Rings,
        ["signal-stacker"] = SignalFormulas.Stacker,
        ["signal-overlap-add"] = SignalFormulas.OverlapAdd,
    };
}
