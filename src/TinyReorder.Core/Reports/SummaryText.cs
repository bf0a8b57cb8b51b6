using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Reports;

/// <summary>What a build prints of a model: a few lines with the peaks, the arena, the board's budget and what is proven.</summary>
internal static class SummaryText
{
    private const int MostSubgraphs = 4;

    /// <summary>The lines, without line ends.</summary>
    public static IReadOnlyList<string> Of(OptimizationResult result)
    {
        var lines = new List<string>();
        bool isStreamed = result.Arena.IsStreamed;
        // The subgraphs of loops are parts of the one that the file has.
        foreach (SubgraphResult subgraph in result.Subgraphs.Take(isStreamed ? 1 : MostSubgraphs))
            lines.Add(Peak(result, subgraph));
        if (!isStreamed && result.Subgraphs.Count > MostSubgraphs)
            lines.Add($"  and {Quantity.Count(result.Subgraphs.Count - MostSubgraphs)} more subgraphs");
        lines.Add(Arena(result.Arena));
        if (result.Constant.Bytes > result.Arena.ArenaBytes)
            lines.Add(Constant(result.Constant));
        if (result.Plans.Count > 1)
            lines.Add("  " + string.Join(", ", result.Plans.Select(Alternative)));
        if (result.Rewrite is { } rewrite)
            lines.AddRange(RewriteText.Of(rewrite));
        if (Gains(result) is { } gains)
            lines.Add(gains);
        lines.AddRange(result.Hints.Select(hint => "  " + hint));
        if (result.Board is not null)
            lines.Add(Budget(result, result.Board));
        return lines;
    }

    private static string Peak(OptimizationResult result, SubgraphResult subgraph)
    {
        string which = result.Subgraphs.Count == 1 || result.Arena.IsStreamed ? "" : $" subgraph {subgraph.Index}";
        string proof = subgraph.Proven ? "proven: no order has a lower one" : $"not proven: the lower bound is {Quantity.Bytes(subgraph.LowerBoundBytes)}";
        string change = subgraph.PeakBytes != subgraph.DefaultPeakBytes
            ? $"{Quantity.Bytes(subgraph.DefaultPeakBytes)} -> {Quantity.Bytes(subgraph.PeakBytes)}"
            : $"{Quantity.Bytes(subgraph.PeakBytes)} in the file's order";
        return $"{result.Model.Name}{which}: peak {change} ({proof})";
    }

    private static string Arena(ArenaResult arena)
    {
        long sumBytes = arena.PlannedBytes + arena.ScratchBytes + arena.PersistentBytes;
        string measured = arena.IsMeasured ? " as measured on the device" : "";
        string parts = $"planned {Quantity.Bytes(arena.PlannedBytes)} + scratch {Quantity.Bytes(arena.ScratchBytes)} + persistent "
            + $"{Quantity.Bytes(arena.PersistentBytes)}";
        string more = arena.PlannerBytes > sumBytes ? $"; the planner itself needs {Quantity.Bytes(arena.PlannerBytes)}" : arena.ArenaBytes > sumBytes
            ? ", rounded up" : "";
        string target = arena.HasRuntime
            ? $"{arena.Library}, {arena.Kernels} kernels, {AbiWords.Of(arena.Abi!.Value)}, profile {arena.Profile}, {Planned(arena)}"
            : "the plan alone";
        return $"  arena {Quantity.Bytes(arena.ArenaBytes)}{(arena.Exact ? measured : " at most")}: {parts}{more} ({target})";
    }

    private static string Planned(ArenaResult arena) => arena.Plan switch
    {
        PlanChoice.Offline => $"offline plan{Overlap(arena)}",
        PlanChoice.Own => $"the file's own plan{Overlap(arena)}",
        _ => "planned on the device",
    };

    private static string Constant(ArenaConstant constant)
    {
        string variables = constant.ResourceVariableBytes > 0 ? $" + resource variables {Quantity.Bytes(constant.ResourceVariableBytes)}" : "";
        string other = constant.OtherTargetBytes > 0 ? $" + {Quantity.Bytes(constant.OtherTargetBytes)} for what the device may have instead" : "";
        string margin = constant.MarginBytes > 0 ? $" + margin {Quantity.Bytes(constant.MarginBytes)}" : "";
        return $"  constant {Quantity.Bytes(constant.Bytes)}: arena {Quantity.Bytes(constant.ArenaBytes)}{variables}{other}{margin}";
    }

    /// <summary>What order, placement and overlap each take off the arena, one after the other; null where nothing is gained.</summary>
    private static string? Gains(OptimizationResult result)
    {
        ArenaResult file = result.Baseline, chosen = result.Arena;
        if (file.Plan == PlanChoice.Own && result.Plans.Count > 1)
            return OverOwnPlan(file, chosen);
        if (chosen.ArenaBytes >= file.ArenaBytes || file.Plan != PlanChoice.Device)
            return null;
        ArenaResult ordered = result.Plans.LastOrDefault(plan => plan.Plan == PlanChoice.Device && plan.Order == chosen.Order && !plan.IsRewritten) ?? file;
        ArenaResult placed = chosen.Plan == PlanChoice.Device ? chosen
            : result.Plans.FirstOrDefault(plan => plan.Plan == PlanChoice.Offline && plan.Order == chosen.Order && plan.Overlap == OverlapChoice.None)
                ?? chosen;
        ArenaResult overlapped = chosen.IsRewritten && chosen.Plan == PlanChoice.Device ? ordered : chosen.IsRewritten
            ? result.Plans.Where(plan => !plan.IsRewritten && plan.Order == chosen.Order && plan.Plan != PlanChoice.Own && plan.Overlap <= result.MostOverlap)
                .OrderBy(plan => plan.ArenaBytes).First()
            : chosen;
        if (chosen.IsRewritten)
        {
            placed = chosen.Plan == PlanChoice.Device ? ordered : result.Plans.FirstOrDefault(plan =>
                !plan.IsRewritten && plan.Plan == PlanChoice.Offline && plan.Overlap == OverlapChoice.None) ?? ordered;
        }
        long beforeLoops = result.Rewrite?.SimplifiedArenaBytes ?? overlapped.ArenaBytes;
        string[] parts =
        [
            $"order {Quantity.Bytes(file.ArenaBytes - ordered.ArenaBytes)}",
            $"placement {Quantity.Bytes(ordered.ArenaBytes - placed.ArenaBytes)}",
            $"overlap {Quantity.Bytes(placed.ArenaBytes - overlapped.ArenaBytes)}",
            .. result.Rewrite is { Simplified.Count: > 0 } ? [$"simplification {Quantity.Bytes(overlapped.ArenaBytes - beforeLoops)}"] : Array.Empty<string>(),
            .. chosen.IsStreamed ? [$"streaming {Quantity.Bytes(beforeLoops - chosen.ArenaBytes)}"] : Array.Empty<string>(),
        ];
        long savedBytes = file.ArenaBytes - chosen.ArenaBytes;
        return $"  saved {Quantity.Bytes(savedBytes)} of arena ({100 * savedBytes / file.ArenaBytes} %): {string.Join(", ", parts)}";
    }

    private static string OverOwnPlan(ArenaResult own, ArenaResult chosen) => chosen.ArenaBytes switch
    {
        _ when chosen.Plan == PlanChoice.Own => "  saved 0 B of arena: no plan that was found needs less than the file's own",
        var bytes when bytes > own.ArenaBytes => $"  {Quantity.Bytes(bytes - own.ArenaBytes)} of arena more than with the file's own plan",
        var bytes => $"  saved {Quantity.Bytes(own.ArenaBytes - bytes)} of arena over the file's own plan",
    };

    private static string Alternative(ArenaResult plan)
    {
        if (plan.Plan == PlanChoice.Own)
            return $"the file's own plan{Overlap(plan)} {Quantity.Bytes(plan.ArenaBytes)}";
        if (plan.RewriteWord is { } rewritten)
            return $"{rewritten}{Overlap(plan)} {Quantity.Bytes(plan.ArenaBytes)}";
        string order = plan.Order == OrderChoice.File ? "file's order" : "best order";
        return $"{order} {(plan.Plan == PlanChoice.Offline ? "with our plan" : "on the device")}{Overlap(plan)} {Quantity.Bytes(plan.ArenaBytes)}";
    }

    private static string Overlap(ArenaResult plan) =>
        plan.Overlap switch { OverlapChoice.InPlace => " in place", OverlapChoice.Diagonal => " with diagonal overlap", _ => "" };

    private static string Budget(OptimizationResult result, BoardResult onBoard)
    {
        string sram = string.Join("; ", onBoard.Places.Select(place =>
            BoardFit.Use(place.ArenaBytes, place.ReservedBytes, place.Region.Bytes, place.Memory)));
        string flash = BoardFit.Use(result.OptimizedModel.Length, onBoard.ReservedFlashBytes, onBoard.Board.UsableFlashBytes, "flash");
        return $"  board {onBoard.Board.Id} ({onBoard.Board.Name}): {sram}; {flash}";
    }
}
