using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Planning;

/// <summary>The arena without a runtime: the height of the planned tensors. Subgraphs that nothing calls share it one after the other.</summary>
internal sealed class PlainArenaPlanning(ModelGraphs graphs, CancellationToken cancellation) : ArenaPlanning(graphs, cancellation)
{
    // Nothing is known of what runs the model; that of TensorFlow Lite on a processor is no larger.
    private const long UsualAlignmentBytes = 16;

    private TflmBuffer[]? planned;

    /// <inheritdoc/>
    public override long AlignmentBytes => UsualAlignmentBytes;

    public override IEnumerable<Diagnostic> Diagnose() => TensorNotes.Unsized(Model);

    public override GraphSizing Sizing => GraphSizing.Plain with { KeepsInputs = KeepsInputs };

    public override bool HasRuntime => false;

    protected override ArenaResult OnDevice(ModelOrder orders, OrderChoice order)
    {
        TflmBuffer[] buffers = Buffers(orders);
        return Result(orders, At(buffers, Greedy(buffers)), order, PlanChoice.Device, Cleared());
    }

    protected override ArenaResult Offline(ModelOrder orders, OrderChoice order, long nodes, ModelShares shares)
    {
        TflmBuffer[] buffers = Buffers(orders);
        (long[] offsets, Placement placement) = Place(WithKeptInputs(buffers), nodes, shares);
        return Result(orders, At(buffers, offsets), order, PlanChoice.Offline, ToOfflinePlan(buffers, offsets)) with
        {
            Overlap = shares.Choice,
            PlacementBytes = placement.HeightBytes,
            PlacementBoundBytes = placement.LowerBoundBytes,
        };
    }

    protected override ArenaResult Verified(ArenaResult result, ModelShares? shares) => Verify(result, shares);

    public override ArenaResult OwnPlan(ModelOrder fileOrders)
    {
        OfflinePlan own = OfflinePlan.Find(Model)!;
        TflmBuffer[] buffers = Buffers(fileOrders)
            .Select(buffer => own.OffsetBytes[EntryOf(buffer)] is var offset && offset >= 0 ? buffer with { OfflineOffset = offset } : buffer)
            .ToArray();
        long[] offsets = Greedy(buffers);
        TflmBuffer[] placed = At(buffers, offsets);
        return Result(fileOrders, placed, OrderChoice.File, PlanChoice.Own, own) with
        {
            KeepsPromises = !PromisedLifetimes.AreBroken(placed, WithKeptInputs(placed), alsoByPlan: true),
        };
    }

    private OfflinePlan? Cleared() => OfflinePlan.Find(Model) is null ? null : OfflinePlan.AllOnline(Model);

    private static TflmBuffer[] At(TflmBuffer[] buffers, long[] offsets) => buffers.Select((buffer, i) => buffer with { Offset = offsets[i] }).ToArray();

    private static long[] Greedy(TflmBuffer[] buffers) =>
        GreedyMemoryPlanner.Place(buffers.Select(buffer => new GreedyBuffer(buffer.Bytes, buffer.First, buffer.Last, buffer.OfflineOffset)).ToArray());

    private TflmBuffer[] Buffers(ModelOrder orders)
    {
        var lifetimes = TflmLifetimes.Of(Model, orders, everySubgraph: true);
        planned ??= Planned();
        return planned
            .Select(buffer =>
                buffer with { First = lifetimes.Tensors[buffer.Subgraph][buffer.Tensor].First, Last = lifetimes.Tensors[buffer.Subgraph][buffer.Tensor].Last })
            .ToArray();
    }

    /// <summary>What is planned in any order.</summary>
    private TflmBuffer[] Planned() =>
        Model.Subgraphs
            .SelectMany(subgraph => Graphs.Of(subgraph.Index, Sizing).Tensors
                .Where(tensor => tensor.Bytes > 0)
                .Select(tensor => new TflmBuffer
                {
                    Subgraph = subgraph.Index,
                    Tensor = tensor.Index,
                    Operator = -1,
                    Bytes = Aligned(tensor.Bytes),
                    First = -1,
                    Last = -1,
                }))
            .ToArray();

    private ArenaResult Result(ModelOrder orders, TflmBuffer[] placed, OrderChoice order, PlanChoice plan, OfflinePlan? offline) => new()
    {
        Runtime = ArenaResult.NoRuntime,
        AlignmentBytes = AlignmentBytes,
        Kernels = ArenaResult.NoRuntime,
        Profile = ArenaResult.NoRuntime,
        ProfileVersion = "",
        Order = order,
        Orders = orders,
        Plan = plan,
        Overlap = OverlapChoice.None,
        PlannedBytes = Height(placed),
        ScratchBytes = 0,
        PersistentBytes = 0,
        PlannerBytes = 0,
        ArenaBytes = Aligned(Height(placed)) is var arena and <= int.MaxValue ? arena : throw TflmErrors.Overflow(Model, "the arena"),
        Exact = true,
        Buffers = placed,
        OfflinePlan = offline,
    };
}
