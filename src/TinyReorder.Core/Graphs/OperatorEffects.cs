using TinyReorder.Tflite;

namespace TinyReorder.Graphs;

/// <summary>Tells which operators do more than their inputs and outputs show, and so keep their relative order.</summary>
internal static class OperatorEffects
{
    private static readonly HashSet<string> Kinds =
    [
        // State outside of the tensors.
        "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE", "HASHTABLE", "HASHTABLE_FIND", "HASHTABLE_IMPORT", "HASHTABLE_SIZE",
        // Other subgraphs run inside.
        "CALL_ONCE", "CALL", "IF", "WHILE", "STABLEHLO_WHILE", "STABLEHLO_CASE", "STABLEHLO_COMPOSITE", "STABLEHLO_CUSTOM_CALL",
        // Each run draws from a generator that the next one goes on with.
        "RANDOM_UNIFORM", "RANDOM_STANDARD_NORMAL", "MULTINOMIAL", "STABLEHLO_RNG_BIT_GENERATOR",
    ];

    /// <summary>Whether <paramref name="candidate"/> has an effect that no activation tensor shows.</summary>
    public static bool Has(TfliteSubgraph subgraph, TfliteOperator candidate) =>
        candidate.IsCustom
        || candidate.MutatesInputs
        || Kinds.Contains(candidate.Kind)
        || candidate.Inputs.Any(t => t >= 0 && IsState(subgraph.Tensors[t]))
        || candidate.Outputs.Any(t => t >= 0 && (IsState(subgraph.Tensors[t]) || subgraph.Tensors[t].IsConstant));

    private static bool IsState(TfliteTensor tensor) => tensor.IsVariable || tensor.Type is TensorType.Resource or TensorType.Variant;
}
