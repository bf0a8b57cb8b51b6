using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>A condition that a kernel puts on its operands; where it does not hold, the interpreter refuses or misruns the model.</summary>
internal sealed class SupportRule
{
    /// <summary>How far the logarithm of a scale may be from a whole number (kernels/internal/quantization_util.cc, CheckedLog2).</summary>
    private const double LogTolerance = 1e-3;

    /// <summary>Operands and kind of condition: a version's rule takes the place of an inherited one with the same key.</summary>
    public string Key { get; init; } = "";

    /// <summary>The operands that it speaks of; the condition is not checked where one is absent.</summary>
    public required IReadOnlyList<Operand> Operands { get; init; }

    /// <summary>The types for which the condition holds at all, of every operand; null when it holds for every type.</summary>
    public IReadOnlyList<TensorType>? When { get; init; }

    /// <summary>Combinations of types that are accepted, one type for each operand; null when types do not matter.</summary>
    public IReadOnlyList<IReadOnlyList<TensorType>>? Types { get; init; }

    /// <summary>Whether each operand has to be constant.</summary>
    public bool Constant { get; init; }

    /// <summary>Whether each operand has to keep its value from one invocation to the next.</summary>
    public bool Variable { get; init; }

    /// <summary>The lowest rank that is accepted; null when the rank does not matter.</summary>
    public int? MinRank { get; init; }

    /// <summary>The highest rank that is accepted; null when the rank does not matter.</summary>
    public int? MaxRank { get; init; }

    /// <summary>The least number of inputs or outputs, omitted ones included; null when the number does not matter.</summary>
    public int? MinCount { get; init; }

    /// <summary>The greatest number of inputs or outputs, omitted ones included; null when the number does not matter.</summary>
    public int? MaxCount { get; init; }

    /// <summary>The number of elements that each operand has; null when it does not matter.</summary>
    public long? Elements { get; init; }

    /// <summary>In what the operands agree; null when they need not.</summary>
    public SameAs? Same { get; init; }

    /// <summary>The zero point of each operand; null when it does not matter.</summary>
    public long? ZeroPoint { get; init; }

    /// <summary>The logarithm to base 2 of each operand's scale, exact for INT8 and within a thousandth otherwise; null when it does not matter.</summary>
    public int? ScaleLog2 { get; init; }

    /// <summary>Whether each operand has to be quantized, or must not be; null when it does not matter.</summary>
    public bool? Quantized { get; init; }

    /// <summary>A check in code, or null.</summary>
    public Func<SupportContext, SupportProblem?>? Check { get; init; }

    /// <summary>What to do where the rule fails; null for what usually helps.</summary>
    public string? Cure { get; init; }

    private string Names => string.Join(" and ", Operands);

    /// <summary>What is wrong with the operator; null when the rule holds.</summary>
    public SupportProblem? Problem(SupportContext context)
    {
        SupportProblem? found = CountProblem(context.Operator) ?? OperandProblem(context);
        return found is null || Cure is null ? found : found with { Cure = Cure };
    }

    private SupportProblem? CountProblem(TfliteOperator op)
    {
        if (MinCount is null && MaxCount is null)
            return null;
        bool isOutput = Operands[0].IsOutput;
        int count = (isOutput ? op.Outputs : op.Inputs).Count;
        if (count >= (MinCount ?? 0) && count <= (MaxCount ?? int.MaxValue))
            return null;
        string taken = MinCount == MaxCount ? $"{MinCount}" : MaxCount is null ? $"at least {MinCount}" : MinCount is null
            ? $"at most {MaxCount}" : $"{MinCount} to {MaxCount}";
        return new SupportProblem($"has {Quantity.Count(count)} {(isOutput ? "outputs" : "inputs")}; the kernel takes {taken}", Cures.Again);
    }

    private SupportProblem? OperandProblem(SupportContext context)
    {
        if (Find(context) is not { } tensors || (When is not null && tensors.Any(tensor => !When.Contains(tensor.Type))))
            return null;
        return TypeProblem(tensors) ?? FormProblem(tensors) ?? SameProblem(tensors) ?? QuantizationProblem(tensors) ?? Check?.Invoke(context);
    }

    /// <summary>The tensors of all operands in turn; null where one of them is omitted, and the rule says nothing then.</summary>
    private TfliteTensor[]? Find(SupportContext context)
    {
        var tensors = new List<TfliteTensor>(Operands.Count);
        foreach (Operand operand in Operands)
        {
            int before = tensors.Count;
            tensors.AddRange(operand.FindAll(context.Subgraph, context.Operator));
            if (tensors.Count == before)
                return null;
        }
        return [.. tensors];
    }

    private SupportProblem? TypeProblem(TfliteTensor[] tensors)
    {
        if (Types is null || Types.Any(types => types.Zip(tensors, (type, tensor) => tensor.Type == type).All(same => same)))
            return null;
        TensorType[] has = tensors.Select(tensor => tensor.Type).ToArray();
        return new SupportProblem($"has {Describe(has)} as {Names}; the kernel takes {string.Join(", ", Types.Select(Describe))}", Cures.Types(has));
    }

    private SupportProblem? FormProblem(TfliteTensor[] tensors)
    {
        if (Constant && tensors.Any(tensor => !tensor.IsConstant))
            return new SupportProblem($"computes its {Names}, which has to be a constant", Cures.Constant);
        if (Variable && tensors.Any(tensor => !tensor.IsVariable))
            return new SupportProblem($"has an ordinary tensor as {Names}, which has to be a variable", Cures.Again);
        if (MaxRank is { } most && tensors.FirstOrDefault(tensor => tensor.Shape.Count > most) is { } high)
            return new SupportProblem($"has a tensor of rank {high.Shape.Count} as {Names}; the kernel takes at most {most}{OfType(high)}", Cures.Rank);
        if (MinRank is { } least && tensors.FirstOrDefault(tensor => tensor.Shape.Count < least) is { } low)
            return new SupportProblem($"has a tensor of rank {low.Shape.Count} as {Names}; the kernel takes at least {least}{OfType(low)}",
                "reshape to more dimensions around it");
        if (Elements is { } elements && tensors.FirstOrDefault(tensor => tensor.ElementCount != elements) is { } other)
            return SupportProblem.Shapes($"has {Quantity.Count(other.ElementCount)} elements as {Names}; the kernel takes {Quantity.Count(elements)}");
        return null;
    }

    private SupportProblem? SameProblem(TfliteTensor[] tensors) => tensors.Length == 0 ? null : Same switch
    {
        SameAs.Type when tensors.FirstOrDefault(tensor => tensor.Type != tensors[0].Type) is { } other =>
            new SupportProblem($"has {Describe([tensors[0].Type, other.Type])} as {Names}, which have to be of one type",
                Cures.Types([tensors[0].Type, other.Type])),
        SameAs.Elements when tensors.FirstOrDefault(tensor => Count(tensor) != Count(tensors[0])) is { } other =>
            SupportProblem.Shapes($"has {Quantity.Count(Count(tensors[0]))} and {Quantity.Count(Count(other))} elements as {Names}, which have to be as many"),
        SameAs.Shape when tensors.FirstOrDefault(tensor => !tensor.Shape.SequenceEqual(tensors[0].Shape)) is { } other =>
            SupportProblem.Shapes($"has the shapes {Quote.List(tensors[0].Shape)} and {Quote.List(other.Shape)} as {Names}, which have to be equal"),
        SameAs.Quantization when tensors.Select(tensor => (SupportContext.Scale(tensor), SupportContext.ZeroPoint(tensor))).Distinct().Count() > 1 =>
            new SupportProblem($"has different scales or zero points in {Names}, which have to share one", Cures.Quantization),
        _ => null,
    };

    private SupportProblem? QuantizationProblem(TfliteTensor[] tensors)
    {
        if (ZeroPoint is { } zero && tensors.Any(tensor => SupportContext.ZeroPoint(tensor) != zero))
            return new SupportProblem($"has a zero point other than {zero} in {Names}", Cures.Quantization);
        if (ScaleLog2 is { } log && tensors.Any(tensor => !IsPower(tensor, log)))
            return new SupportProblem($"has another scale than 1/{Quantity.Count(1L << -log)} in {Names}", Cures.Quantization);
        if (Quantized is { } wanted && tensors.Any(tensor => SupportContext.IsQuantized(tensor) != wanted))
            return new SupportProblem($"has {(wanted ? "no " : "")}scale and zero point in {Names}, {(wanted ? "which needs them" : "which must have none")}",
                wanted ? Cures.Quantization : Cures.Again);
        return null;
    }

    /// <summary>The number of elements; the shape [0] of old files means a scalar.</summary>
    private static long Count(TfliteTensor tensor) => tensor.Shape.Count == 1 && tensor.Shape[0] == 0 ? 1 : tensor.ElementCount;

    private static bool IsPower(TfliteTensor tensor, int log)
    {
        double scale = SupportContext.Scale(tensor);
        return tensor.Type == TensorType.Int8 ? scale == Math.Pow(2, log) : scale > 0 && Math.Abs((Math.Log(scale) / Math.Log(2)) - log) < LogTolerance;
    }

    private string OfType(TfliteTensor tensor) => When is null ? "" : " of " + tensor.Type.ToString().ToUpperInvariant();

    private static string Describe(IEnumerable<TensorType> types) => string.Join(" with ", types.Select(type => type.ToString().ToUpperInvariant()));
}
