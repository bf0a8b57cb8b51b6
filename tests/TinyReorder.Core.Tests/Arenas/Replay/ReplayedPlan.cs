using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>An order and a plan of a model, and what two judges that share no code say of it and of what is made of it.</summary>
internal sealed class ReplayedPlan
{
    private const long AlignmentBytes = 16;

    private readonly Dictionary<(ulong Path, int Operator), ulong> expected;
    private readonly bool isTflm;
    private readonly bool[] reached;

    public ReplayedPlan(TfliteModel model, ArenaResult arena)
    {
        Model = model;
        Orders = arena.Orders;
        // The device's planner does not see calls by older codes, and the lifetimes of an offline plan are as it sees them.
        Buffers = new UnseenCalls(model).WithTrueLifetimes(arena.Buffers, arena.Orders);
        HeightBytes = arena.PlannedBytes + arena.ScratchBytes;
        isTflm = arena.Runtime == "tflm";
        reached = TflmLifetimes.Reached(model, followsOldCodes: true);
        int[][] fileOrders = model.Subgraphs.Select(subgraph => Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        expected = SymbolicRun.Execute(model, fileOrders, new TensorMemory(), everySubgraph: !isTflm);
    }

    public TfliteModel Model { get; }

    public IReadOnlyList<IReadOnlyList<int>> Orders { get; }

    public IReadOnlyList<TflmBuffer> Buffers { get; }

    public long HeightBytes { get; }

    /// <summary>Plans of <paramref name="model"/> in its best order: the device's and ours, for TFLM and for no runtime.</summary>
    /// <returns>Nothing for a model with custom operators and a plan of their vendor's, in which tensors share memory as these operators need it.</returns>
    public static IEnumerable<ReplayedPlan> Of(TfliteModel model, string kernels)
    {
        if (OfflinePlan.Find(model) is not null && model.Subgraphs.Any(subgraph => subgraph.Operators.Any(op => op.IsCustom)))
            yield break;
        foreach (string plan in new[] { "device", "offline" })
        {
            if (plan == "offline" && !TfliteRewriter.CanAddMetadata(model))
                continue;
            var request = new OptimizationRequest
            {
                Plan = plan,
                Overlap = "none",
                Runtime = kernels == "none" ? kernels : null,
                Kernels = kernels == "none" ? null : kernels
            };
            ArenaResult arena = ModelOptimizer.Optimize(model, request).Arena;
            // Where the device's planner does not see a call its plan is wrong, and warned of.
            if (plan == "offline" || !model.Subgraphs.Any(subgraph => subgraph.Operators.Any(op => op.Code is 118 or 119 or 129 && op.LongCode != op.Code)))
                yield return new ReplayedPlan(model, arena);
        }
    }

    /// <summary>Whether the subgraph is run at all.</summary>
    public bool Runs(int subgraph) => !isTflm || reached[subgraph];

    /// <summary>What the replay on symbols says against it; null when every operator computes what it does in the file's order.</summary>
    public string? Replay(IReadOnlyList<IReadOnlyList<int>> orders, IReadOnlyList<TflmBuffer> buffers)
    {
        try
        {
            Dictionary<(ulong Path, int Operator),
                ulong> found = SymbolicRun.Execute(Model, orders, new TaggedArena(Model, buffers, HeightBytes), everySubgraph: !isTflm);
            int differing = expected.Count(result => !found.TryGetValue(result.Key, out ulong value) || value != result.Value);
            return differing > 0 ? $"{differing} of {expected.Count} results differ" : null;
        }
        catch (ReplayFaultException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>What the library's own verifier says against it.</summary>
    public string? Verify(IReadOnlyList<IReadOnlyList<int>> orders, IReadOnlyList<TflmBuffer> buffers)
    {
        try
        {
            PlanVerifier.Verify(new PlacedPlan
            {
                Model = Model,
                Orders = orders,
                Buffers = [.. buffers.Select(buffer => buffer.Placed)],
                HeightBytes = HeightBytes,
                AlignmentBytes = AlignmentBytes,
                HandlesAreUnplanned = isTflm,
                EverySubgraph = !isTflm,
            });
            return null;
        }
        catch (TinyReorderException e) when (e.Diagnostic.Code == DiagnosticCodes.PlanRejected)
        {
            return e.Diagnostic.Message;
        }
    }
}
