namespace TinyReorder.Arenas;

/// <summary>Orders of the items, each named by the quantities it compares, largest first.</summary>
internal static class PlacementRanking
{
    /// <summary>
    /// The rankings that take turns in the exact search: W = lifetime in steps, A = size times lifetime, T = the fullest section that
    /// the item is in, Z = size, C = number of sections. Three of them are those of MiniMalloc.
    /// </summary>
    public static readonly string[] Search = ["TWA", "TC", "TCA", "TAW", "WAT"];

    /// <summary>The items with the first to try at the front; equal ones keep the order in which they were given.</summary>
    public static int[] Order(PlacementProblem problem, string quantities)
    {
        IOrderedEnumerable<int> order = Enumerable.Range(0, problem.Count).OrderBy(_ => 0);
        foreach (char quantity in quantities)
        {
            double[] values = Values(problem, quantity);
            order = order.ThenByDescending(i => values[i]);
        }
        return order.ToArray();
    }

    private static double[] Values(PlacementProblem problem, char quantity)
    {
        double[] values = new double[problem.Count];
        SectionMaximum? fullest = quantity == 'T' ? new SectionMaximum(problem.SectionTotal) : null;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = quantity switch
            {
                'A' => (double)problem.Size[i] * problem.Steps[i],
                'C' => problem.SectionHigh[i] - problem.SectionLow[i] + 1,
                'F' => -problem.SectionLow[i],
                'L' => problem.SectionHigh[i],
                'T' => fullest!.Over(problem.SectionLow[i], problem.SectionHigh[i]),
                'W' => problem.Steps[i],
                _ => problem.Size[i],
            };
        }
        return values;
    }
}
