using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;

namespace TinyReorder.Cli.Printing;

/// <summary>What <c>analyze</c> tells people: the summary, each subgraph's peaks, and the plans beside each other.</summary>
internal static class AnalysisText
{
    private static readonly TableColumn[] SubgraphColumns =
    [
        new("subgraph", IsNumber: true), new("name", MayWrap: true), new("operators", IsNumber: true), new("peak of the file's order", IsNumber: true),
        new("peak", IsNumber: true),
        new("lower bound", IsNumber: true), new("optimal"),
    ];

    private static readonly TableColumn[] PlanColumns =
    [
        new("order"), new("plan"), new("overlap"), new("peak", IsNumber: true), new("planned", IsNumber: true), new("scratch", IsNumber: true),
        new("arena", IsNumber: true), new("chosen"),
    ];

    /// <summary>Writes all of it.</summary>
    public static void Write(CommandContext context, OptimizationResult result)
    {
        SummaryLines.Write(context, result);
        context.WriteLine();
        WriteSubgraphs(context, result);
        context.WriteLine();
        WritePlans(context, result);
    }

    private static void WriteSubgraphs(CommandContext context, OptimizationResult result) => TableWriter.Write(
        context,
        SubgraphColumns,
        result.Subgraphs
            .Select(subgraph => new[]
            {
                Quantity.Count(subgraph.Index),
                subgraph.Name,
                Quantity.Count(subgraph.Order.Count),
                Quantity.Bytes(subgraph.DefaultPeakBytes),
                Quantity.Bytes(subgraph.PeakBytes),
                Quantity.Bytes(subgraph.LowerBoundBytes),
                subgraph.Proven ? "proven" : "not proven",
            })
            .ToList());

    private static void WritePlans(CommandContext context, OptimizationResult result) => TableWriter.Write(
        context,
        PlanColumns,
        result.Plans
            .Select(plan => new[]
            {
                plan.RewriteWord ?? ChoiceWords.Of(plan.Order),
                ChoiceWords.Of(plan.Plan),
                ChoiceWords.Of(plan.Overlap),
                Quantity.Bytes(plan.PeakBytes),
                Quantity.Bytes(plan.PlannedBytes),
                Quantity.Bytes(plan.ScratchBytes),
                Quantity.Bytes(plan.ArenaBytes),
                IsChosen(plan, result.Arena) ? "*" : "",
            })
            .ToList(),
        row => IsChosen(result.Plans[row], result.Arena));

    private static bool IsChosen(ArenaResult plan, ArenaResult chosen) =>
        plan.RewriteWord == chosen.RewriteWord && plan.Order == chosen.Order && plan.Plan == chosen.Plan && plan.Overlap == chosen.Overlap;
}
