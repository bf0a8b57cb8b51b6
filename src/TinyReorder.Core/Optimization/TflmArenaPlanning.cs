using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>The arena that TensorFlow Lite Micro needs.</summary>
internal sealed class TflmArenaPlanning(TfliteModel model, RuntimeProfile profile, CancellationToken cancellation) : ArenaPlanning(model, cancellation)
{
    private readonly TflmAllocator allocator = new(model, profile);
    private readonly bool hasOwnPlan = OfflinePlan.Find(model) is not null;
    private readonly Lazy<bool[]> isRunUnseen = new(() => RunUnseen(model));
    private readonly Lazy<HashSet<int>> variablesOfLaterSubgraphs =
        new(() => [.. model.Subgraphs.Skip(1).SelectMany(subgraph => subgraph.Tensors).Where(tensor => tensor.IsVariable).Select(tensor => tensor.Index)]);

    public override GraphSizing Sizing => new() { GranularityBytes = AlignmentBytes, CountsVariableHandles = false, ReservedBytes = allocator.ReservedBytes };

    public override IReadOnlyList<Diagnostic> Diagnostics =>
        allocator.Allocate(allocator.FileOrders()).Diagnostics.Where(diagnostic => diagnostic.Code != DiagnosticCodes.ExistingOfflinePlan).ToArray();

    // A plan that the file has was made for another order: the device must not follow it.
    private OfflinePlan? Online => hasOwnPlan ? new OfflinePlan(Enumerable.Repeat(OfflinePlan.Online, allocator.TensorCount).ToArray()) : null;

    protected override ArenaResult OnDevice(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order) =>
        ToResult(orders, order, PlanChoice.Device, allocator.Allocate(orders, Online), Online);

    protected override ArenaResult Offline(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, long nodes)
    {
        IReadOnlyList<TflmBuffer> buffers = allocator.Buffers(orders, Online);
        ArenaResult best = Offline(orders, order, buffers, nodes);
        if (best.ScratchBytes == 0 || best.PlacementBytes == best.PlacementBoundBytes)
            return best;
        // The device fits scratch around our tensors by its own rule, which may do better with tensors that were placed without it.
        ArenaResult apart = Offline(orders, order, buffers.Where(buffer => !buffer.IsScratch).ToArray(), nodes);
        return apart.ArenaBytes < best.ArenaBytes ? apart with { PlacementBoundBytes = best.PlacementBoundBytes } : best;
    }

    /// <summary>
    /// Subgraphs whose calls the device's planner does not see run all the same: only the memory of their own that it gives them is safe. And in models with
    /// several subgraphs it looks up the plan of a variable by its index in its own subgraph, so that entry must be empty (micro_allocator.cc, AllocateVariables).
    /// </summary>
    protected override bool IsLeftToDevice(TflmBuffer buffer) =>
        isRunUnseen.Value[buffer.Subgraph] || (buffer.Subgraph == 0 && variablesOfLaterSubgraphs.Value.Contains(buffer.Tensor));

    protected override ArenaResult Verified(ArenaResult result) => Verify(result, isTflm: true);

    private ArenaResult Offline(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, IReadOnlyList<TflmBuffer> placed, long nodes)
    {
        (long[] offsets, Placement placement) = Place(placed, nodes);
        OfflinePlan plan = ToOfflinePlan(placed, offsets);
        TflmAllocation allocation = allocator.Allocate(orders, plan);
        return ToResult(orders, order, PlanChoice.Offline, allocation, plan) with { PlacementBytes = allocation.HeadBytes, PlacementBoundBytes = placement.LowerBoundBytes };
    }

    public override ArenaResult OwnPlan(IReadOnlyList<IReadOnlyList<int>> fileOrders)
    {
        TflmAllocation allocation = allocator.Allocate(fileOrders);
        return ToResult(fileOrders, OrderChoice.File, PlanChoice.Offline, allocation, OfflinePlan.Find(Model));
    }

    private ArenaResult ToResult(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, PlanChoice plan, TflmAllocation allocation, OfflinePlan? offline) => new()
    {
        Runtime = profile.Runtime,
        Kernels = profile.KernelLibrary,
        Profile = profile.Id,
        ProfileVersion = profile.Version,
        Order = order,
        Orders = orders,
        Plan = plan,
        Overlap = OverlapChoice.None,
        PlannedBytes = allocation.PlannedBytes,
        ScratchBytes = allocation.ScratchBytes,
        PersistentBytes = allocation.PersistentBytes,
        PlannerBytes = allocation.PlannerBytes,
        ArenaBytes = allocation.ArenaBytes,
        Exact = allocation.Exact,
        Buffers = allocation.Buffers,
        OfflinePlan = offline,
    };

    private static bool[] RunUnseen(TfliteModel model)
    {
        IReadOnlyList<int>[] orders = model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        IReadOnlyList<bool> seen = TflmLifetimes.Of(model, orders).WasEntered;
        return model.Subgraphs
            .Select(subgraph => !seen[subgraph.Index] && model.Subgraphs.Any(caller => caller.Operators.Any(op => TflmLifetimes.CalledBy(op, followsOldCodes: true).Contains(subgraph.Index))))
            .ToArray();
    }
}
