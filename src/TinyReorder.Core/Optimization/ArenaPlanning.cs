using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>Plans the arena of a model for an order, by the device's planner or by our own placement, and has each plan checked by the verifier.</summary>
internal abstract class ArenaPlanning(TfliteModel model, CancellationToken cancellation)
{
    /// <summary>What every offset is a multiple of (micro/micro_arena_constants.h).</summary>
    public const long AlignmentBytes = 16;

    private readonly int[] firstEntryOf = FirstEntries(model);
    private readonly HashSet<int> entriesOfVariables = [.. model.Subgraphs.SelectMany(subgraph => subgraph.Tensors).Where(tensor => tensor.IsVariable).Select(tensor => tensor.Index)];

    protected TfliteModel Model { get; } = model;

    /// <summary>How bytes count when an order is searched for this arena.</summary>
    public abstract GraphSizing Sizing { get; }

    /// <summary>Whether the device's own plan lets tensors that are still needed be overwritten, so that only an offline plan is right.</summary>
    public virtual bool NeedsOfflinePlan => false;

    /// <summary>Warnings about the model on the runtime.</summary>
    public virtual IReadOnlyList<Diagnostic> Diagnostics => [];

    /// <summary>The smallest arena when the device places the tensors, over <paramref name="candidates"/>; the first of equal ones.</summary>
    /// <exception cref="TinyReorderException">The verifier rejects the plan, or the model cannot be planned.</exception>
    public ArenaResult OnDevice(IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> candidates, OrderChoice order) =>
        Verified(candidates.Select(orders => OnDevice(orders, order)).OrderBy(result => result.ArenaBytes).First());

    /// <summary>
    /// The smallest arena when we place the tensors, over <paramref name="candidates"/>; the first of equal ones. Greedy placements come first:
    /// only a candidate that could still be lower than all of them is searched exactly.
    /// </summary>
    /// <exception cref="TinyReorderException">The verifier rejects the plan, or the model cannot be planned.</exception>
    public ArenaResult Offline(IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> candidates, OrderChoice order)
    {
        List<ArenaResult> results = candidates.Select(orders => Offline(orders, order, nodes: 0)).ToList();
        ArenaResult best = results.OrderBy(result => result.ArenaBytes).ThenBy(result => result.PlacementBytes).First();
        foreach (ArenaResult rough in results.OrderBy(result => result.ArenaBoundBytes).ThenBy(result => result.PlacementBoundBytes).ToList())
        {
            if (rough.ArenaBoundBytes >= best.ArenaBytes)
                break;
            ArenaResult exact = Offline(rough.Orders, order, PlacementLimits.Default.Nodes);
            if (exact.ArenaBytes < best.ArenaBytes)
                best = exact;
        }
        return Verified(best);
    }

    protected abstract ArenaResult OnDevice(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order);

    protected abstract ArenaResult Offline(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, long nodes);

    protected abstract ArenaResult Verified(ArenaResult result);

    /// <summary>The file's own plan, as it is.</summary>
    public abstract ArenaResult OwnPlan(IReadOnlyList<IReadOnlyList<int>> fileOrders);

    /// <summary>Places what has bytes and lives at some moment; the rest may lie anywhere, and lies at 0.</summary>
    protected (long[] OffsetBytes, Placement Placement) Place(IReadOnlyList<TflmBuffer> buffers, long nodes)
    {
        int[] living = Enumerable.Range(0, buffers.Count).Where(i => buffers[i].Last >= 0 && buffers[i].Bytes > 0).ToArray();
        Placement placement = ArenaPlacer.Place(
            living.Select(i => new PlacementItem(i, buffers[i].Bytes, buffers[i].First, buffers[i].Last)).ToArray(),
            AlignmentBytes,
            PlacementLimits.Default with { Cancellation = cancellation, Nodes = nodes });
        long[] offsets = new long[buffers.Count];
        for (int i = 0; i < living.Length; i++)
            offsets[living[i]] = placement.OffsetBytes[i];
        return (offsets, placement);
    }

    protected static long Height(IEnumerable<TflmBuffer> buffers) => buffers.Select(buffer => buffer.Offset + buffer.Bytes).DefaultIfEmpty(0).Max();

    protected ArenaResult Verify(ArenaResult result, bool isTflm, bool followsOldCodes = true)
    {
        PlanVerifier.Verify(
            Model,
            result.Orders,
            result.Buffers.Select(buffer => new PlacedBuffer(buffer.Subgraph, buffer.Tensor, buffer.Operator, buffer.Bytes, buffer.Offset)).ToArray(),
            result.PlannedBytes + result.ScratchBytes,
            AlignmentBytes,
            handlesAreUnplanned: isTflm,
            everySubgraph: !isTflm,
            followsOldCodes);
        return result;
    }

    /// <summary>
    /// Whether the device places the buffer itself. It does so with scratch, and it has to with a tensor whose entry of the plan it also takes for that of a
    /// variable of a later subgraph: it looks variables up by their index in their own subgraph, and gives one that has an offset there no memory at all
    /// (micro/micro_allocator.cc, AllocateVariables).
    /// </summary>
    protected bool IsLeftToDevice(TflmBuffer buffer) => buffer.IsScratch || entriesOfVariables.Contains(EntryOf(buffer));

    /// <summary>The place of a tensor among those of all subgraphs, which is its entry in an offline plan.</summary>
    protected int EntryOf(TflmBuffer buffer) => firstEntryOf[buffer.Subgraph] + buffer.Tensor;

    /// <summary>The offsets as the metadata has them: one for each tensor of all subgraphs, -1 for what the device places itself.</summary>
    protected OfflinePlan ToOfflinePlan(IReadOnlyList<TflmBuffer> buffers, IReadOnlyList<long> offsets)
    {
        long[] all = OfflinePlan.AllOnline(Model).OffsetBytes.ToArray();
        for (int i = 0; i < buffers.Count; i++)
        {
            if (!IsLeftToDevice(buffers[i]))
                all[EntryOf(buffers[i])] = offsets[i];
        }
        return new OfflinePlan(all);
    }

    /// <summary>Where the tensors of each subgraph begin among those of all.</summary>
    private static int[] FirstEntries(TfliteModel model)
    {
        int[] first = new int[model.Subgraphs.Count];
        for (int s = 1; s < first.Length; s++)
            first[s] = first[s - 1] + model.Subgraphs[s - 1].Tensors.Count;
        return first;
    }
}
