using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>What a formula sees of an operator, and where it leaves what the kernel takes. Sizes are bytes.</summary>
internal sealed class KernelContext(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, ResourceVariables variables, KernelRequests requests)
{
    private List<long> kept = requests.InitBytes;

    public TfliteModel Model => model;

    public TfliteSubgraph Subgraph => subgraph;

    public TfliteOperator Operator => op;

    public OperatorOptions Options => op.Options;

    public ResourceVariables Variables => variables;

    public FormulaCall Call { get; private set; } = new("", new Dictionary<string, long>());

    /// <summary>From here on, what is kept is kept by Prepare.</summary>
    public void EnterPrepare() => kept = requests.PrepareBytes;

    public void Run(FormulaCall call)
    {
        Call = call;
        KernelFormulas.All[call.Name](this);
    }

    /// <summary>A parameter of the profile.</summary>
    public long Parameter(string name) => Call.Parameters.TryGetValue(name, out long value) ? value : 0;

    /// <summary>Memory that the kernel keeps (AllocatePersistentBuffer).</summary>
    public void Keep(long bytes) => kept.Add(Checked(bytes));

    /// <summary>A scratch buffer (RequestScratchBufferInArena).</summary>
    public void Scratch(long bytes) => requests.ScratchBytes.Add(Checked(bytes));

    /// <summary>A scratch buffer where the kernel asks only for more than nothing.</summary>
    public void ScratchUnlessEmpty(long bytes)
    {
        if (bytes > 0)
            Scratch(bytes);
    }

    /// <summary>The output's memory is the kernel's own, so that the planner leaves it out.</summary>
    public void ProvideOutput(int position) => requests.UnplannedOutputs.Add(position);

    /// <summary>The figures given are an upper bound.</summary>
    public void Inexact(string because) => requests.InexactBecause ??= because;

    public TfliteTensor? FindInput(int position) => new Operand(IsOutput: false, position).Find(subgraph, op);

    public TfliteTensor Input(int position) => FindInput(position) ?? throw new KernelMismatchException($"has no input {position}");

    public TfliteTensor Output(int position) =>
        new Operand(IsOutput: true, position).Find(subgraph, op) ?? throw new KernelMismatchException($"has no output {position}");

    /// <summary>A dimension of a tensor; negative axes count from the end.</summary>
    public static long Dimension(TfliteTensor tensor, int axis)
    {
        int index = axis < 0 ? tensor.Shape.Count + axis : axis;
        return index >= 0 && index < tensor.Shape.Count
            ? tensor.Shape[index]
            : throw new KernelMismatchException($"has a tensor of rank {tensor.Shape.Count} where a dimension {axis} is read");
    }

    /// <summary>
    /// The number of scales of a tensor that TFLM takes as affinely quantized: it has to have scales and zero points; 0 when it has not
    /// (micro/micro_allocator.cc, InitializeTfLiteTensorFromFlatbuffer).
    /// </summary>
    public static long AffineScales(TfliteTensor tensor) => tensor.ZeroPointCount > 0 ? tensor.Scales.Count : 0;

    private static long Checked(long bytes) => bytes switch
    {
        < 0 => throw new KernelMismatchException("has sizes that make no sense"),
        > int.MaxValue => throw new OverflowException(),
        _ => bytes,
    };
}
