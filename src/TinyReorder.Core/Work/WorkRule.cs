using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>Rates that hold for some operators of a kind.</summary>
/// <param name="Types">The types of the first input that is no constant; null for all.</param>
/// <param name="Traits">What the operator must have.</param>
/// <param name="Rates">The rates.</param>
internal sealed record WorkRule(IReadOnlyList<TensorType>? Types, WorkTrait Traits, WorkRates Rates)
{
    /// <summary>Whether the rule is for an operator.</summary>
    public bool Holds(OperatorQuantities quantities) =>
        (Types is null || Types.Contains(quantities.Type)) && (quantities.Traits & Traits) == Traits;
}
