using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>A condition that a kernel puts on its operands; where it does not hold, the interpreter refuses the model.</summary>
internal sealed class SupportRule
{
    /// <summary>The operands that it speaks of; the condition is not checked where one is absent.</summary>
    public required IReadOnlyList<Operand> Operands { get; init; }

    /// <summary>Combinations of types that are accepted, one type for each operand; null when types do not matter.</summary>
    public IReadOnlyList<IReadOnlyList<TensorType>>? Types { get; init; }

    /// <summary>Whether each operand has to be constant.</summary>
    public bool Constant { get; init; }

    /// <summary>The highest rank that is accepted; null when the rank does not matter.</summary>
    public int? MaxRank { get; init; }

    /// <summary>What the interpreter lacks, in words for the diagnostic.</summary>
    public required string Reason { get; init; }
}
