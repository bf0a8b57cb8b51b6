using TinyReorder.Diagnostics;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Verification;

namespace TinyReorder.Planning;

/// <summary>
/// The offline plan that a file carries. The interpreter follows it and looks at nothing but how many tensors it names; here it is also replayed, because
/// offsets that overwrite what is still needed give wrong answers without an error.
/// </summary>
internal sealed class CarriedPlan
{
    private readonly TfliteModel model;
    private readonly ArenaPlanning planning;
    private readonly RuntimeProfile rules;
    private readonly IReadOnlyList<TflmBuffer> buffers;
    private readonly ModelOrder orders;
    private readonly long heightBytes;
    private OverlapChoice overlap = OverlapChoice.None;

    private CarriedPlan(TfliteModel model, ArenaPlanning planning, PlanningSettings settings, ArenaResult asItIs)
    {
        this.model = model;
        this.planning = planning;
        rules = settings.Rules;
        buffers = asItIs.Buffers;
        orders = asItIs.Orders;
        heightBytes = asItIs.PlannedBytes + asItIs.ScratchBytes;
        CustomOperator = model.Subgraphs.SelectMany(subgraph => subgraph.Operators).FirstOrDefault(op => op.IsCustom)?.Kind;
        string? misplaced = Misplaced(), fault = misplaced ?? Variables() ?? Replay(keepsInputs: false);
        IsSound = fault is null;
        // What a custom operator does with memory that its tensors share is its vendor's knowledge.
        Fault = CustomOperator is null ? fault : misplaced;
        Arena = asItIs with { Overlap = IsSound ? overlap : OverlapChoice.None };
        MayBeKept = CustomOperator is null && IsSound && overlap <= settings.MostOwnOverlap && (!settings.KeepsInputs || Replay(keepsInputs: true) is null);
    }

    /// <summary>What the interpreter needs for the file as it is, with how far its tensors share memory.</summary>
    public ArenaResult Arena { get; }

    /// <summary>The kind of a custom operator, which another tool planned the model together with; null without any.</summary>
    public string? CustomOperator { get; }

    /// <summary>
    /// Why the plan cannot be shown to be right with the kernels that are meant, or null. What only a replay of custom operators would show is none.
    /// </summary>
    public string? Fault { get; }

    /// <summary>Whether the plan may stay where no other needs less: it is right, and does not share more than the user allows.</summary>
    public bool MayBeKept { get; }

    /// <summary>Whether the replay shows the plan to be right.</summary>
    public bool IsSound { get; }

    /// <summary>The plan that <paramref name="model"/> carries, or null.</summary>
    public static CarriedPlan? Of(TfliteModel model, ArenaPlanning planning, PlanningSettings settings, ModelOrder fileOrders) =>
        OfflinePlan.Find(model) is null ? null : new CarriedPlan(model, planning, settings, planning.OwnPlan(fileOrders));

    /// <summary>What to tell about the plan, whether the result keeps it or not.</summary>
    public IEnumerable<Diagnostic> Diagnose(bool isKept)
    {
        if (CustomOperator is not null)
        {
            yield return Diagnostic.Warning(
                DiagnosticCodes.ExistingOfflinePlan,
                $"the model carries an offline memory plan and the custom operator {Quote.Text(CustomOperator)}, with which another tool may have planned "
                    + "it: its order and its plan are left alone; give the model as it was before that tool to have it reordered");
        }
        if (Fault is not null)
        {
            string kernels = planning.HasRuntime ? $" with {Quote.Text(rules.KernelLibrary)} kernels (profile {Quote.Text(rules.Id)})" : "";
            yield return Diagnostic.Warning(
                DiagnosticCodes.ExistingOfflinePlan,
                $"the offline memory plan that the model carries cannot be shown to be right{kernels}: {Fault}; the interpreter follows it without a "
                    + $"check, so the model as it is may give wrong answers{(isKept ? "" : "; the plan is replaced")}");
        }
        else if (CustomOperator is null)
        {
            yield return new Diagnostic(
                DiagnosticCodes.ExistingOfflinePlan,
                DiagnosticSeverity.Message,
                isKept
                    ? "the model carries an offline memory plan, which needs no more than any that was found here: the model is left as it is"
                    : "the model carries an offline memory plan, which was made for its old order and is replaced");
        }
    }

    private string? Misplaced()
    {
        foreach (TflmBuffer buffer in buffers.Where(buffer => buffer.OfflineOffset is not null))
        {
            if (buffer.Offset < 0)
                return $"tensor {buffer.Tensor} of subgraph {buffer.Subgraph} lies at {buffer.Offset}, before the arena";
            if (buffer.Offset % planning.AlignmentBytes != 0)
                return $"tensor {buffer.Tensor} of subgraph {buffer.Subgraph} lies at {buffer.Offset}, which is no multiple of {planning.AlignmentBytes}";
        }
        return null;
    }

    /// <summary>A variable keeps its value from one run to the next, so nothing at all may lie on one that the plan places.</summary>
    private string? Variables()
    {
        foreach (TflmBuffer variable in buffers.Where(buffer => !buffer.IsScratch && model.Subgraphs[buffer.Subgraph].Tensors[buffer.Tensor].IsVariable))
        {
            TflmBuffer? other = buffers.FirstOrDefault(buffer => !ReferenceEquals(buffer, variable) && buffer.Offset < variable.Offset + variable.Bytes
                && variable.Offset < buffer.Offset + buffer.Bytes);
            if (other is not null)
                return $"tensor {variable.Tensor} of subgraph {variable.Subgraph} is a variable, and "
                    + $"{(other.IsScratch ? $"scratch of operator {other.Operator}" : $"tensor {other.Tensor}")} of subgraph {other.Subgraph} lies on it";
        }
        return null;
    }

    private string? Replay(bool keepsInputs) => PlanVerifier.FirstFault(new PlacedPlan
    {
        Model = model,
        Orders = orders,
        Buffers = [.. buffers.Select(buffer => buffer.Placed)],
        HeightBytes = heightBytes,
        AlignmentBytes = planning.AlignmentBytes,
        HandlesAreUnplanned = planning.HasRuntime,
        EverySubgraph = !planning.HasRuntime,
        KeepsInputs = keepsInputs,
        Conflict = Conflict,
    });

    /// <summary>Replays a kernel whose output lies on its input, and notes what kind of overlap that is.</summary>
    private string? Conflict(TfliteOperator running, PlacedBuffer input, PlacedBuffer output)
    {
        TfliteSubgraph subgraph = model.Subgraphs[input.Subgraph];
        bool isInPlace = OverlapRules.SharesOf(rules, subgraph, running, OverlapChoice.InPlace)
            .Any(share => share.Input == input.Tensor && share.Output == output.Tensor && share.DistanceBytes == input.OffsetBytes - output.OffsetBytes);
        OverlapChoice kind = isInPlace ? OverlapChoice.InPlace : OverlapChoice.Diagonal;
        overlap = kind > overlap ? kind : overlap;
        return OverlapSimulator.FirstConflict(rules, subgraph, running, input.Tensor, output.Tensor, input.OffsetBytes, output.OffsetBytes);
    }
}
