using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Fitting;

/// <summary>Finds the cheapest change of settings for the boards of a target; each change is made once for each model.</summary>
internal sealed class FitLadder(FitTarget target)
{
    private readonly IReadOnlyList<FitStep> steps = FitSteps.Of(target);
    private readonly Dictionary<(int Step, int Model), OptimizationResult?> made = [];

    /// <summary>
    /// The first change that brings arenas and models down to these bytes, for as few models as will do; null where none does.
    /// </summary>
    /// <param name="mostArenaBytes">What the arenas may take.</param>
    /// <param name="mostFlashBytes">What the models may take of the flash.</param>
    public FitChange? Find(long mostArenaBytes, long mostFlashBytes)
    {
        if (mostArenaBytes < LeastBytes || target.FlashBytes > mostFlashBytes)
            return null;
        for (int step = 0; step < steps.Count; step++)
        {
            if (Find(step, mostArenaBytes, mostFlashBytes) is { } change)
                return change;
        }
        return null;
    }

    /// <summary>No change gets below what the inputs of each model take, or its outputs.</summary>
    private long LeastBytes => target.Results.Sum(result =>
    {
        TfliteSubgraph main = result.Model.Subgraphs[0];
        return Math.Max(Bytes(result, main.Inputs), Bytes(result, main.Outputs));
    });

    private static long Bytes(OptimizationResult result, IReadOnlyList<int> tensors)
    {
        var wanted = new HashSet<int>(tensors);
        return result.Rewrite?.Plan is null ? result.Subgraphs[0].Graph.Tensors.Where(tensor => wanted.Contains(tensor.Index)).Sum(tensor => tensor.Bytes) : 0;
    }

    private FitChange? Find(int step, long mostArenaBytes, long mostFlashBytes)
    {
        OptimizationResult[] results = [.. target.Results];
        // Those that gain most first: the others may stay as they are.
        int[] order = [.. Enumerable.Range(0, results.Length).Where(model => Saved(step, model) > 0)
            .OrderByDescending(model => Saved(step, model)).ThenBy(model => model)];
        var changed = new List<int>();
        foreach (int model in order)
        {
            results[model] = Make(step, model)!;
            changed.Add(model);
            long arenaBytes = results.Sum(result => result.Constant.Bytes), flashBytes = results.Sum(result => (long)result.OptimizedModel.Length);
            if (arenaBytes > mostArenaBytes || flashBytes > mostFlashBytes)
                continue;
            changed.Sort();
            return new FitChange(steps[step].Words, [.. changed.Select(which => results[which].Model)], arenaBytes, flashBytes,
                changed.Max(which => results[which].Rewrite?.WorkRatio ?? 1))
            { Results = results };
        }
        return null;
    }

    private long Saved(int step, int model) => Make(step, model) is { } result ? target.Results[model].Constant.Bytes - result.Constant.Bytes : 0;

    private OptimizationResult? Make(int step, int model)
    {
        if (made.TryGetValue((step, model), out OptimizationResult? known))
            return known;
        OptimizationResult? result = null;
        if (FitSteps.MayHelp(target.Results[model].Model, steps[step]))
        {
            try
            {
                result = ModelOptimizer.Optimize(target.Results[model].Model, steps[step].Settings);
            }
            catch (TinyReorderException e) when (e.Diagnostic.Code != DiagnosticCodes.PlanRejected)
            {
                // What the other settings do not allow for this model is no change for it.
            }
        }
        return made[(step, model)] = result is { Succeeded: true } ? result : null;
    }
}
