namespace TinyReorder.Arenas;

/// <summary>Orders of the items, each named by the quantities it compares, largest first.</summary>
internal static class PlacementRanking
{
    /// <summary>The rankings that take turns in the exact search. Three of them are those of MiniMalloc.</summary>
    public static readonly PlacementQuantity[][] Search =
    [
        [PlacementQuantity.FullestSection, PlacementQuantity.Lifetime, PlacementQuantity.Area],
        [PlacementQuantity.FullestSection, PlacementQuantity.Sections],
        [PlacementQuantity.FullestSection, PlacementQuantity.Sections, PlacementQuantity.Area],
        [PlacementQuantity.FullestSection, PlacementQuantity.Area, PlacementQuantity.Lifetime],
        [PlacementQuantity.Lifetime, PlacementQuantity.Area, PlacementQuantity.FullestSection],
    ];

    /// <summary>The items with the first to try at the front; equal ones keep the order in which they were given.</summary>
    public static int[] Order(PlacementProblem problem, params PlacementQuantity[] quantities)
    {
        IOrderedEnumerable<int> order = Enumerable.Range(0, problem.Count).OrderBy(_ => 0);
        foreach (PlacementQuantity quantity in quantities)
        {
            double[] values = Values(problem, quantity);
            order = order.ThenByDescending(i => values[i]);
        }
        return order.ToArray();
    }

    private static double[] Values(PlacementProblem problem, PlacementQuantity quantity)
    {
        double[] values = new double[problem.Count];
        SectionMaximum? fullest = quantity == PlacementQuantity.FullestSection ? new SectionMaximum(problem.SectionTotal) : null;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = quantity switch
            {
                PlacementQuantity.Area => (double)problem.Size[i] * problem.Steps[i],
                PlacementQuantity.Sections => problem.SectionHigh[i] - problem.SectionLow[i] + 1,
                PlacementQuantity.First => -problem.SectionLow[i],
                PlacementQuantity.Last => problem.SectionHigh[i],
                PlacementQuantity.FullestSection => fullest!.Over(problem.SectionLow[i], problem.SectionHigh[i]),
                PlacementQuantity.Lifetime => problem.Steps[i],
                _ => problem.Size[i],
            };
        }
        return values;
    }
}
