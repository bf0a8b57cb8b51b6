using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// What interpreters of before March 2022 need beside what later ones do: they plan subgraph by subgraph, each with the scratch of all, and leave the requests
/// for scratch in front of the plan while they check that it fits (micro/micro_allocator.cc). Nothing for later ones.
/// </summary>
internal sealed class SubgraphPlanning(TfliteModel model, AllocatorSizes sizes)
{
    /// <summary>Whether the figures are an upper bound, because there are several subgraphs to plan.</summary>
    public bool IsBound => sizes.PlansEachSubgraph && model.Subgraphs.Count > 1;

    /// <summary>The height of the highest plan of one subgraph, 0 where all are planned together.</summary>
    /// <param name="orders">For each subgraph, the file's index of the operator that runs i-th.</param>
    /// <param name="buffers">The buffers of all subgraphs, with lifetimes across them.</param>
    public long HeadBytes(ModelOrder orders, IReadOnlyList<TflmBuffer> buffers) =>
        IsBound ? model.Subgraphs.Max(subgraph => Height(orders, [.. buffers.Where(buffer => buffer.IsScratch || buffer.Subgraph == subgraph.Index)])) : 0;

    /// <summary>The arena in which the plan of <paramref name="headBytes"/> passes the check for it, 0 where that asks for nothing more.</summary>
    public long ArenaBytes(long headBytes, TflmTail tail, long scratchBuffers)
    {
        if (!sizes.PlansEachSubgraph)
            return 0;
        long requests = sizes.ScratchRequestBytes * (sizes.ScratchRequestReserve + scratchBuffers);
        return checked(RoundUp(requests) + headBytes + RoundUp(tail.AtPlanningBytes));
    }

    /// <summary>
    /// Lifetimes of the subgraph alone: tensors keep theirs, which only differ by a constant; scratch lives while the operator of its number runs.
    /// </summary>
    private static long Height(ModelOrder orders, TflmBuffer[] buffers)
    {
        int first = buffers.Where(buffer => !buffer.IsScratch && buffer.First >= 0).Select(buffer => buffer.First).DefaultIfEmpty(0).Min();
        GreedyBuffer[] requirements = [.. buffers.Select(buffer =>
        {
            if (!buffer.IsScratch)
                return new GreedyBuffer(buffer.Bytes, buffer.First, buffer.Last, buffer.OfflineOffset);
            int step = orders[buffer.Subgraph].TakeWhile(op => op != buffer.Operator).Count();
            return new GreedyBuffer(buffer.Bytes, first + 1 + step, first + 1 + step, null);
        })];
        long[] offsets = GreedyMemoryPlanner.Place(requirements);
        return requirements.Select((buffer, i) => offsets[i] + buffer.Bytes).DefaultIfEmpty(0).Max();
    }

    private long RoundUp(long bytes) => Rounding.Up(bytes, sizes.Alignment);
}
