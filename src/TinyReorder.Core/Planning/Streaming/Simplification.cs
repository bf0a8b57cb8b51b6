using TinyReorder.Rewrites.Simplify;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Verification.Symbolic;
using TinyReorder.Work;

namespace TinyReorder.Planning.Streaming;

/// <summary>The simplified form of a model that needs least, with its plan.</summary>
/// <param name="Simplified">What was simplified.</param>
/// <param name="Plan">The plan of the simplified model, whose arena is not larger than without.</param>
/// <param name="WorkBefore">The predicted work of the original.</param>
/// <param name="Work">The predicted work of the simplified model.</param>
/// <param name="AddedFlashBytes">How many bytes longer the file is than without, plans included.</param>
internal sealed record Simplification(SimplifiedModel Simplified, ModelPlan Plan, WorkEstimate WorkBefore, WorkEstimate Work, long AddedFlashBytes)
{
    /// <summary>Looks for it: all rules, and all but one of each that applied, since a result that is read later lives longer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="today">Its plan without a rewrite.</param>
    /// <param name="planning">How it is planned.</param>
    /// <param name="limits">How much work and flash it may take.</param>
    /// <param name="reason">Why there is none, in words; null where there is one.</param>
    public static Simplification? Find(TfliteModel model, ModelPlan today, PlanningSettings planning, RewriteSettings limits, out string? reason)
    {
        if (today.KeepsFile || OfflinePlan.Find(model) is not null)
            return None("the model has a plan of its own, which is kept", out reason);
        if (!Simplifier.CanSimplify(model))
            return None("the file has order constraints, or tables that this project cannot write anew", out reason);
        if (Simplifier.Simplify(model, Simplifier.Rules) is not { } all)
            return None("there is nothing to simplify", out reason);
        var candidates = new List<SimplifiedModel> { all };
        HashSet<string> applied = [.. all.Steps.Select(step => step.Rule)];
        foreach (SimplifyRule rule in Simplifier.Rules.Where(rule => applied.Contains(rule.Name) && applied.Count > 1))
        {
            if (Simplifier.Simplify(model, [.. Simplifier.Rules.Where(other => other != rule)]) is { } some)
                candidates.Add(some);
        }
        Simplification? best = null;
        reason = "the simplified model would need more arena, or more flash or work than it may";
        var none = new Dictionary<int, long>();
        var rates = WorkModel.OrMacs(planning.Rules);
        WorkEstimate before = rates.Estimate(model, null, none);
        foreach (SimplifiedModel candidate in candidates)
        {
            if (SimplificationVerifier.FirstFault(model, candidate.Model) is not null)
            {
                reason = best is null ? RewriteOutcome.Unproven : reason;
                continue;
            }
            ModelPlan plan = ModelPlanning.Plan(candidate.Model, planning);
            long added = candidate.Model.Bytes.Length - model.Bytes.Length + MetadataBytes(plan) - MetadataBytes(today);
            WorkEstimate work = rates.Estimate(candidate.Model, null, none);
            if (added <= limits.MaxFlashBytes && work.RatioTo(before) <= limits.MaxWork && IsBetter(candidate, plan, today, best))
                best = new Simplification(candidate, plan, before, work, added);
        }
        if (best is not null)
            reason = null;
        return best;
    }

    /// <summary>A smaller arena, or as large a one with less to do.</summary>
    private static bool IsBetter(SimplifiedModel candidate, ModelPlan plan, ModelPlan today, Simplification? best)
    {
        long arena = plan.Chosen.ArenaBytes;
        long before = best?.Plan.Chosen.ArenaBytes ?? today.Chosen.ArenaBytes;
        int operators = best is null ? today.Model.Subgraphs.Sum(subgraph => subgraph.Operators.Count) : OperatorsLeft(best.Simplified);
        return arena < before || (arena == before && OperatorsLeft(candidate) < operators);
    }

    private static int OperatorsLeft(SimplifiedModel model) => model.OriginalOperators.Sum(operators => operators.Count);

    private static long MetadataBytes(ModelPlan plan) =>
        plan.Chosen.OfflinePlan is null ? 0 : 64 + (4L * plan.Model.Subgraphs.Sum(subgraph => subgraph.Tensors.Count));

    private static Simplification? None(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
