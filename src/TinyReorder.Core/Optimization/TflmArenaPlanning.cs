using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>The arena that TensorFlow Lite Micro needs.</summary>
internal sealed class TflmArenaPlanning(TfliteModel model, RuntimeChoice runtime, bool keepsInputs, CancellationToken cancellation)
    : ArenaPlanning(model, keepsInputs, cancellation)
{
    private readonly RuntimeProfile profile = runtime.Profile;
    private readonly TflmAllocator allocator = new(model, runtime.Profile);
    private readonly IReadOnlyList<RuntimeProfile> others = runtime.Others;
    private readonly bool hasOwnPlan = OfflinePlan.Find(model) is not null;
    private readonly UnseenCalls unseen = new(model);
    private TflmAllocation? inFileOrder;

    // An allowance makes the arena safe, but no peak: nothing is known that an order could avoid.
    public override GraphSizing Sizing => new()
    {
        GranularityBytes = AlignmentBytes,
        CountsVariableHandles = false,
        KeepsInputs = KeepsInputs,
        ReservedBytes = (subgraph, op) => allocator.IsAllowance(subgraph, op) ? 0 : allocator.ReservedBytes(subgraph, op),
    };

    public override bool NeedsOfflinePlan => unseen.Exist;

    public override bool HasRuntime => true;

    /// <inheritdoc/>
    public override bool TakesOfflinePlan => Model.Subgraphs.Count == 1 || !allocator.Profile.Allocator.OfflinePlanRestarts;

    public override IReadOnlyList<Diagnostic> Diagnostics =>
        InFileOrder.Diagnostics.Where(diagnostic => diagnostic.Code != DiagnosticCodes.ExistingOfflinePlan).Concat(OperatorVersions.Check(Model)).Concat(ReleaseMethods.Check(Model, runtime.Release)).ToArray();

    /// <summary>The file as it is.</summary>
    private TflmAllocation InFileOrder => inFileOrder ??= allocator.Allocate(allocator.FileOrders());

    // A plan that the file has was made for another order: the device must not follow it.
    private OfflinePlan? Online => hasOwnPlan ? OfflinePlan.AllOnline(Model) : null;

    protected override ArenaResult OnDevice(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order) =>
        ToResult(orders, order, PlanChoice.Device, order == OrderChoice.File && Online is null ? InFileOrder : allocator.Allocate(orders, Online), Online);

    protected override ArenaResult Offline(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, long nodes, ModelShares shares)
    {
        IReadOnlyList<TflmBuffer> buffers = unseen.WithTrueLifetimes(allocator.Buffers(orders, Online), orders);
        ArenaResult best = Offline(orders, order, buffers, nodes, shares);
        if (best.PlacementBytes == best.PlacementBoundBytes || !buffers.Any(IsLeftToDevice))
            return best;
        // The device fits what is left to it around our tensors by its own rule, which may do better with tensors that were placed without that.
        ArenaResult apart = Offline(orders, order, buffers.Where(buffer => !IsLeftToDevice(buffer)).ToArray(), nodes, shares);
        return apart.ArenaBytes < best.ArenaBytes ? apart with { PlacementBoundBytes = best.PlacementBoundBytes } : best;
    }

    // What the device plans by itself is what it is; a plan of ours has to hold for what really runs.
    protected override ArenaResult Verified(ArenaResult result, ModelShares? shares) => Verify(result, shares, followsOldCodes: result.Plan == PlanChoice.Offline);

    private ArenaResult Offline(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, IReadOnlyList<TflmBuffer> placed, long nodes, ModelShares shares)
    {
        (long[] offsets, Placement placement) = Place(placed, nodes, shares);
        OfflinePlan plan = ToOfflinePlan(placed, offsets);
        TflmAllocation allocation = allocator.Allocate(orders, plan);
        return ToResult(orders, order, PlanChoice.Offline, allocation, plan) with
        {
            Overlap = shares.Choice,
            PlacementBytes = allocation.HeadBytes,
            PlacementBoundBytes = placement.LowerBoundBytes,
        };
    }

    /// <summary>
    /// The chosen plan under each profile that the device may have instead. One that lacks an operator which the profile has cannot be meant: the model does not run there.
    /// </summary>
    public override IEnumerable<ArenaResult> Elsewhere(ArenaResult result)
    {
        foreach (RuntimeProfile other in others)
        {
            TflmAllocation allocation = new TflmAllocator(Model, other).Allocate(result.Orders, result.OfflinePlan ?? Online);
            if (allocation.Exact || !result.AllocationIsExact)
                yield return ToResult(result.Orders, result.Order, result.Plan, allocation, result.OfflinePlan);
        }
    }

    public override long LeastArenaBytes(ArenaResult result) =>
        allocator.WithoutAllowances()?.Allocate(result.Orders, result.OfflinePlan).ArenaBytes ?? result.ArenaBytes;

    public override ArenaResult OwnPlan(IReadOnlyList<IReadOnlyList<int>> fileOrders) =>
        ToResult(fileOrders, OrderChoice.File, PlanChoice.Own, InFileOrder, OfflinePlan.Find(Model));

    private ArenaResult ToResult(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, PlanChoice plan, TflmAllocation allocation, OfflinePlan? offline) => new()
    {
        Runtime = profile.Runtime,
        Library = runtime.Library,
        Abi = profile.Abi,
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
        PrepareBytes = allocation.PrepareBytes,
        ArenaBytes = allocation.ArenaBytes,
        UsedBytes = allocation.UsedBytes,
        SharedUsedBytes = allocation.SharedUsedBytes,
        ResourceVariableCount = allocation.ResourceVariableCount,
        ResourceVariableArenaBytes = allocation.ResourceVariableArenaBytes,
        ResourceVariableBytes = allocation.ResourceVariableBytes,
        NonPersistentArenaBytes = allocation.NonPersistentArenaBytes,
        PersistentArenaBytes = allocation.PersistentArenaBytes,
        SplitResourceVariableBytes = allocation.SplitResourceVariableBytes,
        AllocationIsExact = allocation.Exact,
        Exact = allocation.Exact && runtime.IsCertain,
        Buffers = allocation.Buffers,
        OfflinePlan = offline,
    };
}
