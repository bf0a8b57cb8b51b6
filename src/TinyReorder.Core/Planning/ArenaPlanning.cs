using TinyReorder.Arenas;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Rewrites;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Scheduling;
using TinyReorder.Sizes;
using TinyReorder.Tflite;
using TinyReorder.Verification;
using TinyReorder.Verification.Symbolic;

namespace TinyReorder.Planning;

/// <summary>Plans the arena of a model for an order, by the device's planner or by our own placement, and has each plan checked by the verifier.</summary>
internal abstract class ArenaPlanning(ModelGraphs graphs, CancellationToken cancellation)
{
    // How many operators the further orders may have in all, also squared as the pairs of tensors are, and how hard each is placed.
    private const long MostOperatorsPlaced = 6_000;
    private const long MostPairsPlaced = 4_000_000;
    protected const long NodesForFurtherOrders = 20_000;

    private long usefulBytes = long.MaxValue;
    private readonly int[] firstEntryOf = FirstEntries(graphs.Model);
    private readonly HashSet<int> entriesOfVariables = [.. graphs.Model.Subgraphs.SelectMany(subgraph => subgraph.Tensors).Where(tensor => tensor.IsVariable)
        .Select(tensor => tensor.Index)];

    /// <summary>The graphs that orders are searched for.</summary>
    public ModelGraphs Graphs => graphs;

    /// <summary>What every offset is a multiple of.</summary>
    public abstract long AlignmentBytes { get; }

    protected TfliteModel Model => graphs.Model;

    /// <summary>Whether the model's inputs stay whole until its last operator has run.</summary>
    protected bool KeepsInputs => graphs.KeepsInputs;

    /// <summary>How bytes count when an order is searched for this arena.</summary>
    public abstract GraphSizing Sizing { get; }

    /// <summary>Whether an interpreter runs the model; without one the arena is the plan alone.</summary>
    public abstract bool HasRuntime { get; }

    /// <summary>Whether the device's own plan lets tensors that are still needed be overwritten, so that only an offline plan is right.</summary>
    public virtual bool NeedsOfflinePlan => false;

    /// <summary>Whether the runtime reads an offline plan for this model as it is written.</summary>
    public virtual bool TakesOfflinePlan => true;

    /// <summary>The time for placements: some ten of them may be searched for one model.</summary>
    public TimeBudget PlacementTime { get; init; } = new(PlacementLimits.Default.Time, PlacementLimits.Default.Time);

    /// <summary>How hard a placement is searched, in nodes.</summary>
    public long PlacementNodes { get; set; } = PlacementLimits.Default.Nodes;

    /// <summary>Only an arena below this is of use: where none can be that low, no plan is looked for.</summary>
    public long UsefulBelowBytes { get; set; } = long.MaxValue;

    /// <summary>Where the model is a rewritten one: what it is of, and what has to lie at one place in it.</summary>
    public RewrittenModel? Rewritten { get; init; }

    /// <summary>Warnings about the model on the runtime.</summary>
    public abstract IEnumerable<Diagnostic> Diagnose();

    /// <summary>Whether one of them holds for a plan of the device only: offsets set right what its planner does not see.</summary>
    public virtual bool IsSolvedByPlan(Diagnostic diagnostic) => false;

    /// <summary><paramref name="bytes"/> rounded up to a multiple of <see cref="AlignmentBytes"/>.</summary>
    protected long Aligned(long bytes) => Rounding.Up(bytes, AlignmentBytes);

    /// <summary>The smallest arena when the device places the tensors, over <paramref name="candidates"/>; the first of equal ones.</summary>
    /// <exception cref="TinyReorderException">The verifier rejects the plan, or the model cannot be planned.</exception>
    public ArenaResult OnDevice(IReadOnlyList<ModelOrder> candidates, OrderChoice order) =>
        Verified(candidates.Select(orders => OnDevice(orders, order)).OrderBy(result => result.ArenaBytes).First(), shares: null);

    /// <summary>
    /// The smallest arena when we place the tensors, over <paramref name="candidates"/>; the first of equal ones. Greedy placements come first:
    /// only a candidate that could still be lower than all of them is searched exactly.
    /// </summary>
    /// <param name="candidates">The orders of all subgraphs, good ones first.</param>
    /// <param name="order">Which orders they are.</param>
    /// <param name="shares">What may overlap.</param>
    /// <param name="boundBytes">No order holds less at its peak, so none can be placed lower.</param>
    /// <returns>
    /// The arena; null where the device's planner lays something over what has to stay whole, whatever offsets are tried, or where none below
    /// <see cref="UsefulBelowBytes"/> was found.
    /// </returns>
    /// <exception cref="TinyReorderException">The verifier rejects the plan, or the model cannot be planned.</exception>
    public ArenaResult? Offline(IReadOnlyList<ModelOrder> candidates, OrderChoice order, ModelShares shares, long boundBytes)
    {
        List<ArenaResult> results = candidates.Select(orders => Offline(orders, order, nodes: 0, shares)).ToList();
        ArenaResult best = results.OrderBy(UsableBytes).ThenBy(result => result.PlacementBytes).First();
        foreach (ArenaResult rough in results.OrderBy(result => result.ArenaBoundBytes).ThenBy(result => result.PlacementBoundBytes).ToList())
        {
            if (rough.ArenaBoundBytes >= Math.Min(UsableBytes(best), UsefulBelowBytes))
                break;
            usefulBytes = UsefulBelowBytes == long.MaxValue ? long.MaxValue : rough.PlacementBytes - (rough.ArenaBytes - UsefulBelowBytes);
            ArenaResult exact = Offline(rough.Orders, order, PlacementNodes, shares);
            if (UsableBytes(exact) < UsableBytes(best))
                best = exact;
        }
        bool isLeast = best.PlacementBytes - AlignmentBytes < boundBytes || best.ArenaBoundBytes >= UsefulBelowBytes;
        best = isLeast ? best : Further(best, shares);
        return best.KeepsPromises && best.ArenaBytes < UsefulBelowBytes ? Verified(best, shares) : null;
    }

    /// <summary>What a plan is compared by: one that breaks on the device is none.</summary>
    protected static long UsableBytes(ArenaResult result) => result.KeepsPromises ? result.ArenaBytes : long.MaxValue;

    /// <summary>
    /// Looks at other orders where the placement is above what the cheapest order holds: one that holds a little more at its peak may be placed lower. For
    /// models of one subgraph, and as many orders as a short look allows; a small graph is looked through to the end, so that order and placement are
    /// optimal together.
    /// </summary>
    private ArenaResult Further(ArenaResult best, ModelShares shares)
    {
        if (Model.Subgraphs.Count > 1 || Rewritten is { HasBands: true } || best.Order == OrderChoice.File || best.Orders[0].Count == 0)
            return best;
        GraphSizing sizing = Sizing with { GranularityBytes = AlignmentBytes, Shares = shares.Of };
        long operators = best.Orders[0].Count, orders = Math.Min(MostOperatorsPlaced / operators, MostPairsPlaced / (operators * operators)) / TrialsOfOrder;
        foreach (int[] order in OrdersWithin.List(graphs.Of(0, sizing), () => best.PlacementBytes - AlignmentBytes, MostOperatorsPlaced))
        {
            cancellation.ThrowIfCancellationRequested();
            ArenaResult other = Offline([order], best.Order, nodes: 0, shares);
            if (other.ArenaBoundBytes < UsableBytes(best) && UsableBytes(other) > other.ArenaBoundBytes)
                other = Offline([order], best.Order, NodesForFurtherOrders, shares);
            if (UsableBytes(other) < UsableBytes(best) || (UsableBytes(other) == UsableBytes(best) && other.PlacementBytes < best.PlacementBytes))
                best = other;
            if (--orders <= 0)
                break;
        }
        return best;
    }

    /// <summary>How often an order may have to be placed until a plan of it holds.</summary>
    protected virtual long TrialsOfOrder => 1;

    protected abstract ArenaResult OnDevice(ModelOrder orders, OrderChoice order);

    protected abstract ArenaResult Offline(ModelOrder orders, OrderChoice order, long nodes, ModelShares shares);

    protected abstract ArenaResult Verified(ArenaResult result, ModelShares? shares);

    /// <summary>
    /// What of a plan's arena is not allowed for operators that the profile cannot work out: the arena without that, in the same order and with the same
    /// offsets.
    /// </summary>
    public virtual long LeastArenaBytes(ArenaResult result) => result.ArenaBytes;

    /// <summary>The arenas of <paramref name="result"/> with what the device may have instead of what it was planned for; none where that is known.</summary>
    public virtual IEnumerable<ArenaResult> Elsewhere(ArenaResult result) => [];

    /// <summary>
    /// The plan that the file carries, followed as it is; nothing is verified, and it may not keep what was promised. Only for a model that has one.
    /// </summary>
    public abstract ArenaResult OwnPlan(ModelOrder fileOrders);

    /// <summary>The buffers with the lifetimes that inputs have where they are kept: to the end.</summary>
    protected IReadOnlyList<TflmBuffer> WithKeptInputs(IReadOnlyList<TflmBuffer> buffers)
    {
        if (!KeepsInputs)
            return buffers;
        int end = buffers.Select(buffer => buffer.Last).Append(0).Max();
        return buffers.Select(buffer => IsKept(buffer) ? buffer with { First = Math.Max(buffer.First, 0), Last = end } : buffer).ToArray();
    }

    /// <summary>Places what has bytes and lives at some moment, around what has an offset already; the rest may lie anywhere, and lies at 0.</summary>
    protected (long[] OffsetBytes, Placement Placement) Place(IReadOnlyList<TflmBuffer> buffers, long nodes, ModelShares shares)
    {
        var places = new PlacementPlaces(buffers, Rewritten?.Ties, shares.Choice);
        Placement placement = PlacementTime.Spend(time => ArenaPlacer.Place(
            places.Items,
            places.Shares(shares, IsLeftToDevice),
            AlignmentBytes,
            PlacementLimits.Default with { Time = time, Cancellation = cancellation, Nodes = nodes, MostBytes = usefulBytes }));
        return (places.OffsetsOf(placement), placement);
    }

    /// <summary>Whether the buffer is an input that stays whole to the end.</summary>
    protected bool IsKept(TflmBuffer buffer) => KeepsInputs && buffer.Subgraph == 0 && !buffer.IsScratch && Model.Subgraphs[0].Inputs.Contains(buffer.Tensor);

    protected static long Height(IEnumerable<TflmBuffer> buffers) => buffers.Select(buffer => buffer.Offset + buffer.Bytes).Append(0).Max();

    protected ArenaResult Verify(ArenaResult result, ModelShares? shares, bool followsOldCodes = true)
    {
        var plan = new PlacedPlan
        {
            Model = Model,
            Orders = result.Orders,
            Buffers = [.. result.Buffers.Select(buffer => buffer.Placed)],
            HeightBytes = result.PlannedBytes + result.ScratchBytes,
            AlignmentBytes = AlignmentBytes,
            HandlesAreUnplanned = HasRuntime,
            EverySubgraph = !HasRuntime,
            FollowsOldCodes = followsOldCodes,
            KeepsInputs = KeepsInputs && result.Plan == PlanChoice.Offline,
            Conflict = shares is null ? null : shares.Conflict,
        };
        if (Rewritten is { } rewritten && result.Plan == PlanChoice.Offline)
            RewriteVerifier.Verify(rewritten.Original, rewritten.Loops, plan);
        else
            PlanVerifier.Verify(plan);
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
