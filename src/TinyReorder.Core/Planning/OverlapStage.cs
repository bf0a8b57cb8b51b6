using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Scheduling;

namespace TinyReorder.Planning;

/// <summary>The orders of a model that are best when operators may share as much as <see cref="Shares"/> says.</summary>
internal sealed class OverlapStage
{
    private readonly OptionStyle style;

    /// <summary>Searches the orders.</summary>
    /// <exception cref="OperationCanceledException">The settings' token was cancelled.</exception>
    public OverlapStage(ArenaPlanning planning, ModelShares shares, PlanningSettings settings)
    {
        Shares = shares;
        style = settings.Style;
        GraphSizing sizing = planning.Sizing with { Shares = shares.Of };
        if (settings.Rewritten?.Ties is { } ties)
            sizing = sizing with { IsUncounted = ties.IsUncounted };
        Graphs = planning.Graphs.Model.Subgraphs.Select(subgraph => planning.Graphs.Of(subgraph.Index, sizing)).ToArray();
        TimeBudget searchTime = settings.AllSearchTime;
        Found = Graphs.Select((graph, s) => searchTime.Spend(time => Search(planning, s, graph, sizing, settings with { SearchTime = time }))).ToArray();
        Candidates = Enumerable.Range(0, 1 + Found.Max(result => result.Alternatives.Count))
            .Select(i => Found.Select(result => i == 0 || result.Alternatives.Count == 0
                ? result.Order : result.Alternatives[Math.Min(i, result.Alternatives.Count) - 1]).ToArray())
            .ToArray();
    }

    /// <summary>What may overlap.</summary>
    public ModelShares Shares { get; }

    /// <summary>The graph of each subgraph, with its shares.</summary>
    public IReadOnlyList<Graph> Graphs { get; }

    /// <summary>What the search found for each subgraph.</summary>
    public OrderResult[] Found { get; }

    /// <summary>The best orders to place: the first of each subgraph, then the next of each, as far as there are any.</summary>
    public IReadOnlyList<int>[][] Candidates { get; }

    /// <summary>No orders hold less at their highest peak.</summary>
    public long BoundBytes => Found.Max(result => result.LowerBoundBytes);

    /// <summary>How long searches with more overlap may take: where this one ran into its time, they would as well, and its orders are known.</summary>
    public TimeSpan TimeForFurtherStages(TimeSpan time) => Found.All(result => result.Proven) ? time : TimeSpan.FromTicks(time.Ticks / 4);

    /// <summary>The highest peak of the subgraphs in these orders.</summary>
    public long PeakBytes(ModelOrder orders) => Graphs.Select((graph, s) => MemoryMap.Of(graph, orders[s]).PeakBytes).Max();

    /// <summary>A warning for each subgraph whose order is not proven, where <paramref name="orders"/> are taken.</summary>
    public IEnumerable<Diagnostic> NotProven(ModelOrder orders)
    {
        for (int s = 0; s < Found.Length; s++)
        {
            if (Found[s].Proven)
                continue;
            long peak = MemoryMap.Of(Graphs[s], orders[s]).PeakBytes, bound = Found[s].LowerBoundBytes;
            yield return Diagnostic.Warning(
                DiagnosticCodes.OrderNotProven,
                $"the best order found for subgraph {s} peaks at {Quantity.Bytes(peak)}, and no order is below {Quantity.Bytes(bound)}: "
                + $"{Quantity.Bytes(peak - bound)} may be left to gain; raise {style.Name("SearchSeconds")} to look further") with
            {
                Subgraph = s,
            };
        }
    }

    private static OrderResult Search(ArenaPlanning planning, int s, Graph graph, GraphSizing sizing, PlanningSettings settings)
    {
        // What a turn or a band may write over depends on the order that the rewrite gave it.
        if (settings.Rewritten is { } rewritten && (s > 0 || rewritten.HasBands))
            return Fixed(graph);
        var limits = new SearchLimits
        {
            Time = settings.SearchTime,
            Cancellation = settings.Cancellation,
            Progress = settings.Progress is { } tell ? (nodes, bound) => tell(new OptimizationProgress(s, nodes, bound)) : null,
        };
        OrderResult found = OrderSearch.Search(graph, limits);
        if (sizing.GranularityBytes == planning.AlignmentBytes || !found.Proven || found.Alternatives.Count == 0)
            return found;
        // Among orders of equal sums, those that stay low in rounded sizes as well are better to place.
        OrderResult rounded = OrderSearch.Search(planning.Graphs.Of(s, sizing with { GranularityBytes = planning.AlignmentBytes }), limits);
        IEnumerable<IReadOnlyList<int>> asGood = rounded.Alternatives.Prepend(rounded.Order)
            .Where(order => MemoryMap.Of(graph, order).PeakBytes == found.PeakBytes);
        return found with { Alternatives = [.. asGood, .. found.Alternatives] };
    }

    private static OrderResult Fixed(Graph graph)
    {
        int[] order = [.. Enumerable.Range(0, graph.Operators.Count)];
        long peak = MemoryMap.Of(graph, order).PeakBytes;
        return new OrderResult(order, peak, peak, 0, TimeSpan.Zero);
    }
}
