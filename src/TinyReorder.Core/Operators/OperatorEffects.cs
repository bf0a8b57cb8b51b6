using TinyReorder.Tflite;

namespace TinyReorder.Operators;

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

    /// <summary>
    /// Whether <paramref name="candidate"/> has an effect that no activation tensor shows. Of an operator that nobody knows, nothing else can be said.
    /// </summary>
    public static bool Has(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator candidate) =>
        candidate.IsCustom
        || !BuiltinOperators.IsKnown(candidate.Code)
        || candidate.MutatesInputs
        || Kinds.Contains(candidate.Kind)
        || candidate.Inputs.Any(t => t >= 0 && (IsState(subgraph.Tensors[t]) || IsWritten(model, subgraph.Tensors[t])))
        || candidate.Outputs.Any(t => t >= 0 && (IsState(subgraph.Tensors[t]) || subgraph.Tensors[t].IsConstant));

    /// <summary>Whether the tensor has data that some operator of the model writes over: who reads it has to stay on its side of that.</summary>
    private static bool IsWritten(TfliteModel model, TfliteTensor tensor) => tensor.IsConstant && model.WrittenBuffers.Contains(tensor.Buffer);

    private static bool IsState(TfliteTensor tensor) => tensor.IsVariable || tensor.Type is TensorType.Resource or TensorType.Variant;
}
