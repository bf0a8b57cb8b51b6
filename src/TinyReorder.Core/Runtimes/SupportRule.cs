using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>A condition that a kernel puts on its operands; where it does not hold, the interpreter refuses the model.</summary>
internal sealed class SupportRule
{
    /// <summary>The operands that it speaks of; the condition is not checked where one is absent.</summary>
    public required IReadOnlyList<Operand> Operands { get; init; }

    /// <summary>The types for which the condition holds at all, of every operand; null when it holds for every type.</summary>
    public IReadOnlyList<TensorType>? When { get; init; }

    /// <summary>Combinations of types that are accepted, one type for each operand; null when types do not matter.</summary>
    public IReadOnlyList<IReadOnlyList<TensorType>>? Types { get; init; }

    /// <summary>Whether each operand has to be constant.</summary>
    public bool Constant { get; init; }

    /// <summary>The highest rank that is accepted; null when the rank does not matter.</summary>
    public int? MaxRank { get; init; }

    /// <summary>What is wrong with the operator, in words that continue its name; null when the rule holds.</summary>
    public string? Problem(TfliteSubgraph subgraph, TfliteOperator op)
    {
        TfliteTensor?[] tensors = Operands.Select(operand => operand.Find(subgraph, op)).ToArray();
        if (tensors.Any(tensor => tensor is null || When?.Contains(tensor.Type) == false))
            return null;
        if (Types is not null && !Types.Any(types => types.Zip(tensors, (type, tensor) => tensor!.Type == type).All(same => same)))
            return $"has {Describe(tensors.Select(tensor => tensor!.Type))} as {string.Join(" and ", Operands)}; the kernel takes {string.Join(", ", Types.Select(Describe))}";
        if (Constant && tensors.Any(tensor => !tensor!.IsConstant))
            return $"computes its {string.Join(" and ", Operands)}, which has to be a constant";
        if (MaxRank is { } most && tensors.FirstOrDefault(tensor => tensor!.Shape.Count > most) is { } high)
            return $"has a tensor of rank {high.Shape.Count} as {string.Join(" and ", Operands)}; the kernel takes at most {most}{(When is null ? "" : " of " + high.Type.ToString().ToUpperInvariant())}";
        return null;
    }

    private static string Describe(IEnumerable<TensorType> types) => string.Join(" with ", types.Select(type => type.ToString().ToUpperInvariant()));
}
