namespace TinyReorder.Graphs;

/// <summary>What is held in memory while one operator runs: a bar of the memory map (Sudharsan et al. 2021, "Tensor Memory Mapping").</summary>
/// <param name="Operator">The operator that runs; -1 for the moment before the first one.</param>
/// <param name="InputBytes">Its inputs.</param>
/// <param name="OutputBytes">Its outputs.</param>
/// <param name="OtherBytes">Tensors that are kept for later.</param>
/// <param name="ReservedBytes">Scratch buffers of the operator.</param>
/// <param name="SharedBytes">What outputs can have in common with inputs that die here, counted once.</param>
internal sealed record MemoryStep(int Operator, long InputBytes, long OutputBytes, long OtherBytes, long ReservedBytes, long SharedBytes = 0)
{
    /// <summary>All bytes held in this step.</summary>
    public long TotalBytes => InputBytes + OutputBytes + OtherBytes + ReservedBytes - SharedBytes;
}
