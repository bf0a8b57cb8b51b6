namespace TinyReorder.Rewrites.Streams;

/// <summary>How the tables of a loop's turns are laid out.</summary>
/// <param name="Step">How far the counter moves on.</param>
/// <param name="CountsApart">Whether the counter has a table of its own: a tensor more, for which shorter steps may do.</param>
/// <param name="PlacesFlags">
/// Whether flags of rows are taken out in the shape that they need, at a place that one operator makes; else each is given its shape by one.
/// </param>
internal sealed record TableForm(int Step, bool CountsApart, bool PlacesFlags)
{
    // The counter's step where the next counter and a row stand in one table.
    private const int LeastStep = 2;

    /// <summary>The forms in the order in which they are tried; the last steps have no end.</summary>
    /// <param name="isSmall">Whether tables are to be short at the cost of a tensor.</param>
    public static IEnumerable<TableForm> All(bool isSmall)
    {
        if (isSmall)
            yield return new TableForm(1, CountsApart: true, PlacesFlags: false);
        for (int step = LeastStep; ; step++)
        {
            yield return new TableForm(step, CountsApart: false, PlacesFlags: false);
            if (isSmall)
                yield return new TableForm(step, CountsApart: true, PlacesFlags: false);
        }
    }
}
