namespace TinyReorder.Runtimes.Tflm;

/// <summary>What <see cref="GreedyMemoryPlanner"/> places.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="First">The first moment at which it is in use.</param>
/// <param name="Last">The last moment at which it is in use; inclusive.</param>
/// <param name="OfflineOffset">The offset that it must have, or null when the planner chooses.</param>
internal readonly record struct GreedyBuffer(long Bytes, int First, int Last, long? OfflineOffset = null);
