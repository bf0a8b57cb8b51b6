using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Planning;

/// <summary>The arena that TensorFlow Lite Micro needs.</summary>
internal sealed class TflmArenaPlanning(ModelGraphs graphs, RuntimeChoice runtime, CancellationToken cancellation)
    : ArenaPlanning(graphs, cancellation)
{
    private readonly RuntimeProfile profile = runtime.Profile;
    private readonly TflmAllocator allocator = new(graphs.Model, runtime.Profile);
    private readonly IReadOnlyList<RuntimeProfile> others = runtime.Others;
    private readonly bool hasOwnPlan = OfflinePlan.Find(graphs.Model) is not null;
    private readonly UnseenCalls unseen = new(graphs.Model);
    private readonly Dictionary<RuntimeProfile, TflmAllocator> allocators = [];
    private TflmAllocation? inFileOrder;

    // An allowance makes the arena safe, but no peak: nothing is known that an order could avoid.
    public override GraphSizing Sizing => new()
    {
        GranularityBytes = AlignmentBytes,
        CountsVariableHandles = false,
        KeepsInputs = KeepsInputs,
        ReservedBytes = (subgraph, op) => allocator.IsAllowance(subgraph, op) ? 0 : allocator.ReservedBytes(subgraph, op),
    };

    /// <inheritdoc/>
    public override long AlignmentBytes => profile.Allocator.Alignment;

    public override bool NeedsOfflinePlan => unseen.Exist;

    public override bool HasRuntime => true;

    /// <inheritdoc/>
    public override bool TakesOfflinePlan => Model.Subgraphs.Count == 1 || !allocator.Profile.Allocator.OfflinePlanRestarts;

    public override bool IsSolvedByPlan(Diagnostic diagnostic) => InFileOrder.SolvedByPlan.Contains(diagnostic);

    public override IEnumerable<Diagnostic> Diagnose() =>
        InFileOrder.Diagnostics.Where(diagnostic => diagnostic.Code != DiagnosticCodes.ExistingOfflinePlan)
            .Concat(OperatorVersions.Check(Model))
            .Concat(ReleaseMethods.Check(Model, runtime.Release));

    /// <summary>The file as it is.</summary>
    private TflmAllocation InFileOrder => inFileOrder ??= allocator.Allocate(allocator.FileOrders());

    // A plan that the file has was made for another order: the device must not follow it.
    private OfflinePlan? Online => hasOwnPlan ? OfflinePlan.AllOnline(Model) : null;

    protected override ArenaResult OnDevice(ModelOrder orders, OrderChoice order) =>
        ToResult(orders, order, PlanChoice.Device, order == OrderChoice.File && Online is null ? InFileOrder : allocator.Allocate(orders, Online), Online);

    protected override ArenaResult Offline(ModelOrder orders, OrderChoice order, long nodes, ModelShares shares)
    {
        var trial = new OfflineTrial(orders, order, nodes, shares);
        IReadOnlyList<TflmBuffer> buffers = Promised(allocator.Buffers(orders, Online), orders);
        ArenaResult best = WithPromises(Place(trial, buffers));
        if (best.KeepsPromises && (best.PlacementBytes == best.PlacementBoundBytes || !buffers.Any(IsLeftToDevice)))
            return best;
        // The device fits what is left to it around our tensors by its own rule, which may do better with tensors that were placed without that.
        ArenaResult apart = Place(trial, OursOf(buffers)) with { PlacementBoundBytes = best.PlacementBoundBytes };
        ArenaResult held = apart.ArenaBytes < UsableBytes(best) && KeepsPromises(apart) ? apart with { KeepsPromises = true } : best;
        return held.KeepsPromises ? held : Held(trial, buffers, best);
    }

    // What is promised has to hold under each profile that the device may have.
    protected override long TrialsOfOrder => KeepsInputs || unseen.Exist ? 1 + others.Count : 1;

    // What the device plans by itself is what it is; a plan of ours has to hold for what really runs.
    protected override ArenaResult Verified(ArenaResult result, ModelShares? shares) =>
        Verify(result, shares, followsOldCodes: result.Plan == PlanChoice.Offline);

    private ArenaResult Place(OfflineTrial trial, IReadOnlyList<TflmBuffer> placed)
    {
        (long[] offsets, Placement placement) = Place(placed, trial.Nodes, trial.Shares);
        return At(trial, placed, offsets, placement.LowerBoundBytes);
    }

    private ArenaResult At(OfflineTrial trial, IReadOnlyList<TflmBuffer> placed, IReadOnlyList<long> offsets, long boundBytes)
    {
        OfflinePlan plan = ToOfflinePlan(placed, offsets);
        TflmAllocation allocation = allocator.Allocate(trial.Orders, plan);
        return ToResult(trial.Orders, trial.Order, PlanChoice.Offline, allocation, plan) with
        {
            Overlap = trial.Shares.Choice,
            PlacementBytes = allocation.HeadBytes,
            PlacementBoundBytes = boundBytes,
        };
    }

    private ArenaResult WithPromises(ArenaResult result) => result with { KeepsPromises = KeepsPromises(result) };

    /// <summary>The lifetimes that a plan of ours has to hold for, where the planner on the device works with those of <paramref name="known"/>.</summary>
    private IReadOnlyList<TflmBuffer> Promised(IReadOnlyList<TflmBuffer> known, ModelOrder orders) =>
        WithKeptInputs(unseen.WithTrueLifetimes(known, orders));

    private TflmBuffer[] OursOf(IEnumerable<TflmBuffer> buffers) => [.. buffers.Where(buffer => !IsLeftToDevice(buffer))];

    /// <summary>Whether the device, under each profile that it may have, places what is left to it apart from all that is promised.</summary>
    private bool KeepsPromises(ArenaResult result)
    {
        if (!KeepsInputs && !unseen.Exist)
            return true;
        return AllocationsElsewhere(result).Select(allocation => allocation.Buffers).Prepend(result.Buffers)
            .All(device => !PromisedLifetimes.AreBroken(device, Promised(device, result.Orders)));
    }

    /// <summary>
    /// The smallest plan that holds among a few that keep the device's planner off: kept inputs at the top of the arena, where its lowest gaps do not reach,
    /// or all that is ours above all that is left to it.
    /// </summary>
    private ArenaResult Held(OfflineTrial trial, IReadOnlyList<TflmBuffer> buffers, ArenaResult free)
    {
        trial = trial with { Nodes = Math.Min(trial.Nodes, NodesForFurtherOrders) };
        TflmBuffer[] kept = [.. OursOf(buffers).Where(buffer => IsKept(buffer) && buffer.Bytes > 0)];
        TflmBuffer[] others = [.. buffers.Where(buffer => IsLeftToDevice(buffer) || !IsKept(buffer))];
        TflmBuffer[] othersOfOurs = OursOf(others);
        long keptBytes = kept.Sum(buffer => buffer.Bytes);
        var found = new List<ArenaResult>();
        if (kept.Length > 0)
        {
            // Around inputs whose end is the top of the lowest arena, or of that which does not hold.
            foreach (long top in new[] { free.PlacementBoundBytes, free.PlacementBytes }.Distinct().Where(top => top >= keptBytes))
            {
                TflmBuffer[] atTop = Stacked(kept, top - keptBytes);
                found.Add(Place(trial, [.. atTop, .. others]));
                found.Add(Place(trial, [.. atTop, .. othersOfOurs]));
            }
            // Above everything else: nothing that fits below without them goes there.
            foreach (TflmBuffer[] below in new[] { others, othersOfOurs })
            {
                (long[] offsets, _) = Place(below, trial.Nodes, trial.Shares);
                long height = DeviceHeight(trial.Orders, ToOfflinePlan(below, offsets), buffer => !IsKept(buffer) || IsLeftToDevice(buffer));
                found.Add(At(trial, [.. below, .. kept], [.. offsets, .. Stacked(kept, height).Select(buffer => buffer.OfflineOffset!.Value)],
                    free.PlacementBoundBytes));
            }
        }
        long scratch = DeviceHeight(trial.Orders, OfflinePlan.AllOnline(Model), IsLeftToDevice);
        TflmBuffer[] ours = OursOf(buffers);
        (long[] low, _) = Place(ours, trial.Nodes, trial.Shares);
        found.Add(At(trial, ours, [.. low.Select(offset => scratch + offset)], free.PlacementBoundBytes));
        // The promises are looked at last: under many profiles that is most of the work.
        ArenaResult best = found.OrderBy(result => result.ArenaBytes).Select(WithPromises).FirstOrDefault(result => result.KeepsPromises)
            ?? found[0] with { KeepsPromises = false };
        return best with { PlacementBoundBytes = free.PlacementBoundBytes, PromiseBytes = Math.Max(0, best.ArenaBytes - free.ArenaBytes) };
    }

    private static TflmBuffer[] Stacked(TflmBuffer[] buffers, long offset)
    {
        var stacked = new TflmBuffer[buffers.Length];
        for (int i = 0; i < stacked.Length; i++)
        {
            stacked[i] = buffers[i] with { OfflineOffset = offset };
            offset += buffers[i].Bytes;
        }
        return stacked;
    }

    /// <summary>How high the planner of any device builds from those buffers alone that <paramref name="counts"/> names.</summary>
    private long DeviceHeight(ModelOrder orders, OfflinePlan plan, Func<TflmBuffer, bool> counts) =>
        others.Select(Allocator).Append(allocator).Max(device =>
        {
            GreedyBuffer[] buffers = [.. device.Buffers(orders, plan).Where(counts)
                .Select(buffer => new GreedyBuffer(buffer.Bytes, buffer.First, buffer.Last, buffer.OfflineOffset))];
            return GreedyMemoryPlanner.Height(buffers, GreedyMemoryPlanner.Place(buffers));
        });

    private TflmAllocator Allocator(RuntimeProfile other) =>
        allocators.TryGetValue(other, out TflmAllocator? found) ? found : allocators[other] = new TflmAllocator(Model, other);

    /// <summary>
    /// The plan under each profile that the device may have instead. One that lacks an operator which the profile has cannot be meant: the model does not
    /// run there.
    /// </summary>
    private IEnumerable<TflmAllocation> AllocationsElsewhere(ArenaResult result) =>
        others.Select(other => Allocator(other).Allocate(result.Orders, result.OfflinePlan ?? Online)).Where(other => other.Exact || !result.AllocationIsExact);

    /// <inheritdoc/>
    public override IEnumerable<ArenaResult> Elsewhere(ArenaResult result) =>
        AllocationsElsewhere(result).Select(allocation => ToResult(result.Orders, result.Order, result.Plan, allocation, result.OfflinePlan));

    public override long LeastArenaBytes(ArenaResult result) =>
        allocator.WithoutAllowances()?.Allocate(result.Orders, result.OfflinePlan ?? Online).ArenaBytes ?? result.ArenaBytes;

    public override ArenaResult OwnPlan(ModelOrder fileOrders) =>
        ToResult(fileOrders, OrderChoice.File, PlanChoice.Own, InFileOrder, OfflinePlan.Find(Model)) with
        {
            KeepsPromises = !KeepsInputs || !PromisedLifetimes.AreBroken(InFileOrder.Buffers, WithKeptInputs(InFileOrder.Buffers), alsoByPlan: true),
        };

    private ArenaResult ToResult(ModelOrder orders, OrderChoice order, PlanChoice plan, TflmAllocation allocation, OfflinePlan? offline) => new()
    {
        Runtime = profile.Runtime,
        AlignmentBytes = AlignmentBytes,
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
