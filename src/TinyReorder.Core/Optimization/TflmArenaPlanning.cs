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

    public override GraphSizing Sizing => new() { GranularityBytes = AlignmentBytes, CountsVariableHandles = false, ReservedBytes = allocator.ReservedBytes };

    public override IReadOnlyList<Diagnostic> Diagnostics =>
        allocator.Allocate(allocator.FileOrders()).Diagnostics.Where(diagnostic => diagnostic.Code != DiagnosticCodes.ExistingOfflinePlan).ToArray();

    public override ArenaResult Plan(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, PlanChoice plan)
    {
        // A plan that the file has was made for another order: the device must not follow it.
        OfflinePlan? online = hasOwnPlan ? new OfflinePlan(Enumerable.Repeat(OfflinePlan.Online, allocator.TensorCount).ToArray()) : null;
        if (plan == PlanChoice.Device)
            return Result(orders, order, PlanChoice.Device, allocator.Allocate(orders, online), online);
        IReadOnlyList<TflmBuffer> buffers = allocator.Buffers(orders, online);
        OfflinePlan together = ToOfflinePlan(buffers, Place(buffers));
        TflmAllocation best = allocator.Allocate(orders, together);
        OfflinePlan chosen = together;
        if (buffers.Any(buffer => buffer.IsScratch))
        {
            // The device fits scratch around our tensors by its own rule, which may do better with tensors that were placed without it.
            TflmBuffer[] tensors = buffers.Where(buffer => !buffer.IsScratch).ToArray();
            OfflinePlan apart = ToOfflinePlan(tensors, Place(tensors));
            TflmAllocation other = allocator.Allocate(orders, apart);
            if (other.ArenaBytes < best.ArenaBytes)
                (best, chosen) = (other, apart);
        }
        return Result(orders, order, PlanChoice.Offline, best, chosen);
    }

    public override ArenaResult OwnPlan(IReadOnlyList<IReadOnlyList<int>> fileOrders)
    {
        TflmAllocation allocation = allocator.Allocate(fileOrders);
        return ToResult(OrderChoice.File, PlanChoice.Offline, allocation, OfflinePlan.Find(Model));
    }

    private ArenaResult Result(IReadOnlyList<IReadOnlyList<int>> orders, OrderChoice order, PlanChoice plan, TflmAllocation allocation, OfflinePlan? offline)
    {
        Verify(orders, allocation.Buffers, allocation.HeadBytes, isTflm: true);
        return ToResult(order, plan, allocation, offline);
    }

    private ArenaResult ToResult(OrderChoice order, PlanChoice plan, TflmAllocation allocation, OfflinePlan? offline) => new()
    {
        Runtime = profile.Runtime,
        Kernels = profile.KernelLibrary,
        Profile = profile.Id,
        ProfileVersion = profile.Version,
        Order = order,
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
}
