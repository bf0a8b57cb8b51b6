using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// Does what TFLM does at AllocateTensors, without a device: one for each model and profile. It can be asked about any order of the operators.
/// </summary>
internal sealed class TflmAllocator
{
    private readonly TfliteModel model;
    private readonly AllocatorSizes sizes;
    private readonly KernelEvaluation kernels;
    private readonly SubgraphPlanning eachSubgraph;
    private readonly KernelRequests[][] requests;
    private readonly OfflinePlan? ownPlan;
    private readonly HashSet<(int Subgraph, int Tensor)> unplanned = [];
    private readonly int[] tensorOffsets;
    private readonly Lazy<(IReadOnlyList<Diagnostic> All, IReadOnlyList<Diagnostic> SolvedByPlan)> diagnosed;

    /// <summary>An allocator for <paramref name="model"/> on the interpreter and kernel library of <paramref name="profile"/>.</summary>
    /// <exception cref="TinyReorderException">
    /// The model asks for more than an interpreter can address (TINY2009) or its own offline plan is damaged (TINY2011).
    /// </exception>
    public TflmAllocator(TfliteModel model, RuntimeProfile profile)
        : this(model, profile, KernelEvaluation.Of(model, profile), withAllowances: true)
    {
    }

    private TflmAllocator(TfliteModel model, RuntimeProfile profile, KernelEvaluation kernels, bool withAllowances)
    {
        this.model = model;
        this.kernels = kernels;
        Profile = profile;
        diagnosed = new(Diagnose);
        sizes = profile.Allocator;
        eachSubgraph = new SubgraphPlanning(model, sizes);
        requests = withAllowances ? kernels.Requests : kernels.WithoutAllowances();
        ownPlan = OfflinePlan.Find(model);
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            foreach (TfliteOperator op in subgraph.Operators)
                requests[subgraph.Index][op.Index].UnplannedOutputs.ForEach(position => unplanned.Add((subgraph.Index, op.Outputs[position])));
        }
        tensorOffsets = new int[model.Subgraphs.Count];
        for (int i = 1; i < tensorOffsets.Length; i++)
            tensorOffsets[i] = tensorOffsets[i - 1] + model.Subgraphs[i - 1].Tensors.Count;
    }

    /// <summary>The interpreter and kernel library that it speaks of.</summary>
    public RuntimeProfile Profile { get; }

    /// <summary>The number of tensors of all subgraphs: the length of an offline plan.</summary>
    public int TensorCount => model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count);

    /// <summary>Scratch that the operator requests, each buffer rounded up to 16: what a search for an order counts besides the tensors.</summary>
    /// <param name="subgraph">The subgraph's index.</param>
    /// <param name="op">The operator's index in the file.</param>
    public long ReservedBytes(int subgraph, int op) => requests[subgraph][op].ScratchBytes.Sum(RoundUp);

    /// <summary>Whether what is counted for the operator is an allowance, because the profile cannot work it out.</summary>
    public bool IsAllowance(int subgraph, int op) => requests[subgraph][op].IsAllowance;

    /// <summary>The scratch buffers that the operator requests, unrounded, in order.</summary>
    /// <param name="subgraph">The subgraph's index.</param>
    /// <param name="op">The operator's index in the file.</param>
    public IReadOnlyList<long> ScratchBytes(int subgraph, int op) => requests[subgraph][op].ScratchBytes;

    /// <summary>An allocator that allows nothing for operators that the profile cannot work out; null where there is no such operator.</summary>
    internal TflmAllocator? WithoutAllowances() => kernels.HasAllowances ? new TflmAllocator(model, Profile, kernels, withAllowances: false) : null;

    /// <summary>Whether TFLM plans the tensor: it is no constant, no variable, has bytes, and no kernel provides its memory.</summary>
    public bool IsPlanned(int subgraph, int tensor)
    {
        TfliteTensor found = model.Subgraphs[subgraph].Tensors[tensor];
        return !found.IsConstant && !found.IsVariable && found.Bytes > 0 && !unplanned.Contains((subgraph, tensor));
    }

    /// <summary>The order of the file.</summary>
    public ModelOrder FileOrders() =>
        model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();

    /// <summary>What the planner on the device is given, with lifetimes and without offsets: planned tensors subgraph by subgraph, then scratch.</summary>
    /// <param name="orders">For each subgraph, the file's index of the operator that runs i-th.</param>
    /// <param name="plan">Offsets that the file will give, or null for those that it has.</param>
    /// <exception cref="TinyReorderException">Control flow that cannot be planned: TINY2004, TINY2005 or TINY2009.</exception>
    public IReadOnlyList<TflmBuffer> Buffers(ModelOrder orders, OfflinePlan? plan = null)
    {
        CheckOrders(orders);
        OfflinePlan? effective = Effective(plan);
        var lifetimes = TflmLifetimes.Of(model, orders);
        var buffers = new List<TflmBuffer>();
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            foreach (TfliteTensor tensor in subgraph.Tensors)
            {
                long offset = effective?.OffsetBytes[tensorOffsets[subgraph.Index] + tensor.Index] ?? OfflinePlan.Online;
                if (!IsPlanned(subgraph.Index, tensor.Index) && !(tensor.IsVariable && offset != OfflinePlan.Online))
                    continue;
                if (tensor.Bytes > int.MaxValue - sizes.Alignment)
                    throw TflmErrors.Overflow(model, $"tensor {tensor.Index} of subgraph {subgraph.Index}", subgraph.Index);
                (int first, int last) = lifetimes.Tensors[subgraph.Index][tensor.Index];
                buffers.Add(new TflmBuffer
                {
                    Subgraph = subgraph.Index,
                    Tensor = tensor.Index,
                    Operator = -1,
                    Bytes = RoundUp(tensor.Bytes),
                    First = first,
                    Last = last,
                    OfflineOffset = offset == OfflinePlan.Online ? null : offset,
                });
            }
        }
        for (int subgraph = 0; subgraph < orders.Count; subgraph++)
        {
            foreach (int op in orders[subgraph])
            {
                (int first, int last) = lifetimes.Operators[subgraph][op];
                buffers.AddRange(requests[subgraph][op].ScratchBytes.Select(bytes => new TflmBuffer
                {
                    Subgraph = subgraph,
                    Tensor = -1,
                    Operator = op,
                    Bytes = RoundUp(bytes),
                    First = first,
                    Last = last,
                }));
            }
        }
        return buffers;
    }

    /// <summary>Allocates the model in the given order, with the planner on the device where <paramref name="plan"/> leaves a tensor to it.</summary>
    /// <param name="orders">For each subgraph, the file's index of the operator that runs i-th.</param>
    /// <param name="plan">Offsets that the file will give, or null for those that it has.</param>
    /// <exception cref="TinyReorderException">The model cannot be allocated: TINY2004, TINY2005 or TINY2009.</exception>
    public TflmAllocation Allocate(ModelOrder orders, OfflinePlan? plan = null)
    {
        IReadOnlyList<TflmBuffer> buffers = Buffers(orders, plan);
        long[] offsets = GreedyMemoryPlanner.Place(buffers.Select(buffer => new GreedyBuffer(buffer.Bytes, buffer.First, buffer.Last, buffer.OfflineOffset))
            .ToArray());
        TflmBuffer[] placed = buffers.Select((buffer, i) => buffer with { Offset = offsets[i] }).ToArray();
        OfflinePlan? effective = Effective(plan);
        TflmTail tail = Tail(orders).Allocate(effective);
        long head = Math.Max(Height(placed), eachSubgraph.HeadBytes(orders, buffers)), planner = PlannerBytes(placed, tail);
        long arena = Arena(head, planner, tail);
        int variables = kernels.Variables.Count;
        TflmTail shared = variables == 0 ? tail : Tail(orders).Allocate(effective, variables);
        TflmTail? split = sizes.SplitObjects.Count == 0 ? null : Tail(orders).Allocate(effective, isSplit: true);
        long unexplained = Profile.Measurements.UnexplainedBytes ?? 0;
        TflmTail? splitShared = split is null || variables == 0 ? split : Tail(orders).Allocate(effective, variables, isSplit: true);
        return new TflmAllocation
        {
            Buffers = placed,
            HeadBytes = head,
            PlannedBytes = Height(placed.Where(buffer => !buffer.IsScratch)),
            PersistentBytes = tail.Bytes,
            TailAtPlanningBytes = tail.AtPlanningBytes,
            PlannerBytes = planner,
            PrepareBytes = RoundUp(tail.PrepareBytes),
            ArenaBytes = arena + RoundUp(unexplained),
            UsedBytes = head + tail.Bytes + unexplained,
            SharedUsedBytes = head + shared.Bytes + unexplained,
            ResourceVariableCount = variables,
            ResourceVariableArenaBytes = variables == 0 ? 0 : RoundUp(Tail(orders).AllocateVariablesAlone(variables).Bytes),
            ResourceVariableBytes = Arena(head, PlannerBytes(placed, shared), shared) - arena,
            NonPersistentArenaBytes = split is null
                ? null : Math.Max(RoundUp(Math.Max(head, split.PrepareTemporaryBytes)), PlanningBytes(placed)) + RoundUp(unexplained),
            PersistentArenaBytes = split is null ? null : RoundUp(split.Bytes) + RoundUp(unexplained),
            SplitResourceVariableBytes = split is null || splitShared is null ? 0 : RoundUp(splitShared.Bytes) - RoundUp(split.Bytes),
            Exact = !kernels.HasAllowances && kernels.Inexact.Count == 0 && !eachSubgraph.IsBound && Profile.Measurements.UnexplainedBytes is null,
            Diagnosed = diagnosed,
        };
    }

    private TflmTail Tail(ModelOrder orders) => new(model, sizes, orders, requests);

    private OfflinePlan? Effective(OfflinePlan? plan)
    {
        if (plan is not null && plan.OffsetBytes.Count != TensorCount)
            throw new ArgumentException($"An offline plan names {TensorCount} tensors, not {plan.OffsetBytes.Count}.", nameof(plan));
        return plan ?? ownPlan;
    }

    private long Arena(long head, long planner, TflmTail tail)
    {
        long arena = Math.Max(RoundUp(Math.Max(head + tail.Bytes, tail.PrepareBytes)), planner);
        arena = Math.Max(arena, eachSubgraph.ArenaBytes(head, tail, requests.Sum(subgraph => subgraph.Sum(request => (long)request.ScratchBytes.Count))));
        return arena <= int.MaxValue ? arena : throw TflmErrors.Overflow(model, "the arena");
    }

    /// <summary>The planner's notes lie in the free middle of the arena (micro_allocation_info.cc), behind them its working memory.</summary>
    private long PlannerBytes(TflmBuffer[] buffers, TflmTail tail) => RoundUp(PlanningBytes(buffers) + RoundUp(tail.AtPlanningBytes));

    private long PlanningBytes(TflmBuffer[] buffers)
    {
        long scratch = buffers.Count(buffer => buffer.IsScratch);
        long notes = (sizes.ScratchRequestBytes * (sizes.ScratchRequestReserve + scratch))
            + (sizes.SubgraphOffsetBytes * model.Subgraphs.Count)
            + (sizes.AllocationInfoBytes * (TensorCount + scratch));
        return RoundUp(RoundUp(notes) + (sizes.PlannerEntryBytes * buffers.Length));
    }

    // A plan of the file's may put a tensor before the arena.
    private static long Height(IEnumerable<TflmBuffer> buffers) => buffers.Select(buffer => buffer.Offset + buffer.Bytes).Append(0).Max();

    private long RoundUp(long bytes) => Rounding.Up(bytes, sizes.Alignment);

    private void CheckOrders(ModelOrder orders)
    {
        bool fits = orders.Count == model.Subgraphs.Count
            && model.Subgraphs.All(subgraph => orders[subgraph.Index].OrderBy(op => op).SequenceEqual(Enumerable.Range(0, subgraph.Operators.Count)));
        if (!fits)
            throw new ArgumentException("An order names each operator of each subgraph once.", nameof(orders));
    }

    private (IReadOnlyList<Diagnostic> All, IReadOnlyList<Diagnostic> SolvedByPlan) Diagnose()
    {
        var diagnostics = new List<Diagnostic>();
        if (kernels.UnknownKinds.Count > 0)
        {
            diagnostics.Add(Warning(
                DiagnosticCodes.UnknownOperator,
                $"the profile {Profile.Id} does not know {string.Join(", ", kernels.UnknownKinds)}: the arena holds an allowance for each such operator; "
                    + "register a kernel of your own, measure the arena on the device, or add the operator to a profile"));
        }
        if (kernels.Inexact.Count > 0)
        {
            (int subgraph, TfliteOperator op, string reason) = kernels.Inexact[0];
            string others = kernels.Inexact.Count == 1 ? "" : $", and {Quantity.Count(kernels.Inexact.Count - 1)} more";
            diagnostics.Add(Warning(
                DiagnosticCodes.ScratchUpperBound,
                $"operator {op.Index} ({op.Kind}) of subgraph {subgraph} {reason}{others}: the arena is an upper bound; measure it on the device") with
            {
                Subgraph = subgraph,
                Operator = op.Index,
            });
        }
        if (eachSubgraph.IsBound)
        {
            diagnostics.Add(Warning(
                DiagnosticCodes.ScratchUpperBound,
                "this version plans each subgraph on its own: the arena of a model with several subgraphs is an upper bound; measure it on the device"));
        }
        if (ownPlan is not null)
        {
            diagnostics.Add(Warning(
                DiagnosticCodes.ExistingOfflinePlan,
                $"the model carries an offline memory plan ({TfliteMetadata.OfflinePlanName}) that was made for its own order; another order needs another "
                    + "plan"));
        }
        IReadOnlyList<(Diagnostic Warning, bool IsSolvedByPlan)> refusals = TflmSupport.Check(model, Profile, kernels.Requests);
        diagnostics.AddRange(refusals.Select(refusal => refusal.Warning));
        return (diagnostics, [.. refusals.Where(refusal => refusal.IsSolvedByPlan).Select(refusal => refusal.Warning)]);
    }

    private Diagnostic Warning(string code, string message) => Diagnostic.Warning(code, message) with { File = model.Name };
}
