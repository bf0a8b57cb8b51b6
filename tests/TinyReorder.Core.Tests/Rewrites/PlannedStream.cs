using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Rewrites;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using TinyReorder.Verification;
using TinyReorder.Verification.Symbolic;

namespace TinyReorder.Tests.Rewrites;

/// <summary>A rewritten model as it is written: its operators in the order of its plan, and the plan of that file.</summary>
internal sealed record PlannedStream
{
    private const long Nodes = 200;

    private static readonly Dictionary<OverlapChoice, PlanningSettings> Settings = new[]
    {
        (OverlapChoice.None, "none"), (OverlapChoice.InPlace, "in-place"), (OverlapChoice.Diagonal, "diagonal"),
    }.ToDictionary(pair => pair.Item1, pair => OptimizationSettings.Resolve(
        new OptimizationRequest { Kernels = "reference", Overlap = pair.Item2, Plan = "offline", SearchSeconds = "1" }).Planning);

    /// <summary>What was rewritten.</summary>
    public required RewrittenModel Rewritten { get; init; }

    /// <summary>The places of everything in the file, whose operators run in the file's order.</summary>
    public required PlacedPlan Plan { get; init; }

    /// <summary>The file.</summary>
    public TfliteModel Model => Plan.Model;

    /// <summary>The same, or null where the verifier rejects the plan, which is not written then.</summary>
    public static PlannedStream? Find(RewrittenModel rewritten, OverlapChoice overlap)
    {
        try
        {
            return Of(rewritten, overlap);
        }
        catch (TinyReorderException e) when (e.Diagnostic.Code == DiagnosticCodes.PlanRejected)
        {
            return null;
        }
    }

    /// <summary>Plans a rewritten model with a short search; the planning has the verifier check what it finds.</summary>
    /// <exception cref="TinyReorderException">The verifier rejects the plan.</exception>
    public static PlannedStream Of(RewrittenModel rewritten, OverlapChoice overlap)
    {
        PlanningSettings settings = Settings[overlap] with { Rewritten = rewritten };
        ArenaPlanning planning = ModelPlanning.PlanningOf(new ModelGraphs(rewritten.Model, settings.KeepsInputs), settings);
        planning.PlacementNodes = Nodes;
        var stage = new OverlapStage(planning, new ModelShares(rewritten.Model, settings.Rules, overlap, settings.KeepsInputs), settings);
        ArenaResult result = planning.Offline(stage.Candidates, OrderChoice.Best, stage.Shares, stage.BoundBytes)
            ?? throw new InvalidOperationException("no plan keeps what has to stay whole");
        byte[] file = TfliteRewriter.Rewrite(rewritten.Model, result.Orders, [("OfflineMemoryAllocation", result.OfflinePlan!.ToMetadata())]);
        var model = TfliteModel.Load(file, rewritten.Model.Name);
        return new PlannedStream
        {
            Rewritten = rewritten,
            Plan = new PlacedPlan
            {
                Model = model,
                Orders = [.. model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray())],
                Buffers = [.. result.Buffers.Select(buffer => InFile(buffer, result.Orders))],
                HeightBytes = result.PlannedBytes + result.ScratchBytes,
                AlignmentBytes = planning.AlignmentBytes,
                HandlesAreUnplanned = planning.HasRuntime,
                EverySubgraph = !planning.HasRuntime,
                Conflict = new ModelShares(model, settings.Rules, overlap, settings.KeepsInputs).Conflict,
            },
        };
    }

    /// <summary>What the verifier finds wrong with a plan, or null.</summary>
    public string? FaultOf(PlacedPlan plan) => RewriteVerifier.FirstFault(Rewritten.Original, Rewritten.Loops, plan);

    /// <summary>Where a plan puts tensors.</summary>
    public static Func<int, int, long?> PlacementOf(PlacedPlan plan)
    {
        var places = plan.Buffers.Where(buffer => buffer.Tensor >= 0).ToDictionary(buffer => (buffer.Subgraph, buffer.Tensor), buffer => buffer.OffsetBytes);
        return (subgraph, tensor) => places.TryGetValue((subgraph, tensor), out long offset) ? offset : null;
    }

    /// <summary>Where the metadata of the file puts them.</summary>
    public Func<int, int, long?> PlacementOfFile() => ArenaInterpreter.PlacementOf(Model, OfflinePlan.Find(Model)!);

    private static PlacedBuffer InFile(TflmBuffer buffer, IReadOnlyList<IReadOnlyList<int>> orders) =>
        buffer.IsScratch ? buffer.Placed with { Operator = orders[buffer.Subgraph].ToList().IndexOf(buffer.Operator) } : buffer.Placed;
}
