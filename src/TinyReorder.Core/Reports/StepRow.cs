namespace TinyReorder.Reports;

/// <summary>What is held in memory while one operator runs, tensors at their exact bytes: a bar of the memory map.</summary>
internal sealed record StepRow
{
    /// <summary>The position in the order, from 1; 0 is the moment before the first operator, in which the inputs of the subgraph are held.</summary>
    public required int Step { get; init; }

    /// <summary>The file's index of the operator; -1 for step 0.</summary>
    public required int Operator { get; init; }

    /// <summary>What it is called, such as <c>CONV_2D</c>; <c>(inputs)</c> for step 0.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of its first output; empty where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What the operator is in the original of a rewritten model: such as <c>3</c>, or <c>for 3</c> where it moves rows for that one; empty where there is
    /// nothing to say.
    /// </summary>
    public string Original { get; init; } = "";

    /// <summary>The operator of the original that it works for; null for none.</summary>
    public int? OriginalOperator { get; init; }

    /// <summary>The number of the loop that it runs in, or is; null for none.</summary>
    public int? Loop { get; init; }

    /// <summary>The file's indices of the tensors that are held, ascending.</summary>
    public required IReadOnlyList<int> Tensors { get; init; }

    /// <summary>Its inputs.</summary>
    public required long InputBytes { get; init; }

    /// <summary>Its outputs.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Tensors that are kept for later.</summary>
    public required long OtherBytes { get; init; }

    /// <summary>Scratch buffers of the operator.</summary>
    public required long ReservedBytes { get; init; }

    /// <summary>What outputs can have in common with inputs that die here, in the chosen plan; counted once in the sum.</summary>
    public long SharedBytes { get; init; }

    /// <summary>The same step as the runtime counts it: each tensor rounded up to what it aligns to.</summary>
    public required long RoundedBytes { get; init; }

    /// <summary>Multiplications with addition, or null for an operator that they are not counted for.</summary>
    public required long? Macs { get; init; }

    /// <summary>Bytes of the constants that the operator reads, as the file holds them.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>All bytes held in this step.</summary>
    public long TotalBytes => InputBytes + OutputBytes + OtherBytes + ReservedBytes - SharedBytes;
}
