namespace TinyReorder.Tflite;

/// <summary>Compares what two files say, wherever it stands in them.</summary>
internal static class ModelContent
{
    /// <summary>
    /// Whether <paramref name="b"/> says of subgraphs, tensors, operators and data all that <paramref name="a"/> does; it may have more buffers and
    /// metadata.
    /// </summary>
    public static bool IsIn(TfliteModel a, TfliteModel b) =>
        a.Subgraphs.Count == b.Subgraphs.Count && All(a.Subgraphs, b.Subgraphs, IsSame)
        && a.BufferCount <= b.BufferCount && All(a.Buffers, b.Buffers, (x, y) => x.Length == y.Length && x.IsOutside == y.IsOutside);

    private static bool IsSame(TfliteSubgraph a, TfliteSubgraph b) =>
        a.Name == b.Name && a.Inputs.SequenceEqual(b.Inputs) && a.Outputs.SequenceEqual(b.Outputs)
        && a.Tensors.Count == b.Tensors.Count && All(a.Tensors, b.Tensors, IsSame)
        && a.Operators.Count == b.Operators.Count && All(a.Operators, b.Operators, IsSame);

    private static bool IsSame(TfliteTensor a, TfliteTensor b) =>
        a.Name == b.Name && a.Shape.SequenceEqual(b.Shape) && a.Type == b.Type && a.Buffer == b.Buffer && a.IsConstant == b.IsConstant
            && a.IsVariable == b.IsVariable
        && a.Scales.SequenceEqual(b.Scales) && a.ZeroPointCount == b.ZeroPointCount && a.ZeroPoint == b.ZeroPoint
            && a.QuantizedDimension == b.QuantizedDimension && a.IsSparse == b.IsSparse;

    private static bool IsSame(TfliteOperator a, TfliteOperator b) =>
        a.Code == b.Code && a.LongCode == b.LongCode && a.CustomCode == b.CustomCode && a.Version == b.Version && a.MutatesInputs == b.MutatesInputs
        && a.Inputs.SequenceEqual(b.Inputs) && a.Outputs.SequenceEqual(b.Outputs) && a.Intermediates.SequenceEqual(b.Intermediates)
        && a.Options.UnionType == b.Options.UnionType && a.Options.CustomOptions.SequenceEqual(b.Options.CustomOptions);

    private static bool All<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, T, bool> same)
    {
        for (int i = 0; i < a.Count; i++)
        {
            if (!same(a[i], b[i]))
                return false;
        }
        return true;
    }
}
