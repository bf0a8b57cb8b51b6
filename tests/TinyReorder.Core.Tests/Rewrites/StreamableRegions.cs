using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Every region of a model that can be a loop, with every number of rows a turn up to a few and several forms.</summary>
internal static class StreamableRegions
{
    private const int MostRows = 4;

    /// <summary>Regions with their turns; empty where the model cannot be rewritten at all.</summary>
    public static List<(Region Region, TurnSchedule Schedule)> Of(TfliteModel model)
    {
        var found = new List<(Region, TurnSchedule)>();
        int count = ModelDraft.CanDraft(model) ? model.Subgraphs[0].Operators.Count : 0;
        foreach (int axis in new[] { RowOperators.Height, RowOperators.Width })
        {
            for (int first = 0; first < count; first++)
            {
                for (int last = first; last < count; last++)
                {
                    if (Region.Of(model, first, last, axis) is { } region)
                        found.AddRange(WithRows(region));
                }
            }
        }
        return found;
    }

    /// <summary>Pairs of them along one axis that have no operator in common. A row across rows of the other axis is nothing that the verifier knows.</summary>
    public static List<(Region Region, TurnSchedule Schedule)[]> PairsOf(IReadOnlyList<(Region Region, TurnSchedule Schedule)> regions)
    {
        var pairs = new List<(Region, TurnSchedule)[]>();
        foreach ((Region Region, TurnSchedule) one in regions)
            pairs.AddRange(regions.Where(other => other.Region.First > one.Region.Last && other.Region.Axis == one.Region.Axis)
                .Select(other => new (Region, TurnSchedule)[] { one, other }));
        return pairs;
    }

    private static IEnumerable<(Region, TurnSchedule)> WithRows(Region region)
    {
        for (int rows = 1; rows <= MostRows; rows++)
        {
            foreach (TurnForm form in Forms(region, rows))
            {
                if (TurnSchedule.Of(region, rows, form) is { } schedule)
                    yield return (region, schedule);
            }
        }
    }

    /// <summary>All rows carried; where few are made a turn, also all or every other one computed again, with and without padding that windows keep.</summary>
    private static IEnumerable<TurnForm> Forms(Region region, int rows)
    {
        yield return TurnForm.Carried;
        var again = new HashSet<int>(TurnSchedule.MayComputeAgain(region));
        var cut = new HashSet<int>(TurnSchedule.MayBeCut(region));
        if (rows > MostRows / 2)
            yield break;
        if (again.Count > 0)
            yield return new TurnForm(again, new HashSet<int>());
        if (again.Count > 1)
            yield return new TurnForm(new HashSet<int>(again.Where(k => (k + rows) % 2 == 0)), new HashSet<int>());
        if (cut.Count > 0)
            yield return new TurnForm(again, cut);
        foreach (int k in cut.Where(_ => cut.Count > 1))
            yield return new TurnForm(again, new HashSet<int> { k });
    }
}
