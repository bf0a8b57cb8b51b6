using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Every region of a model that can be a loop, with every number of rows a turn up to a few.</summary>
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

    /// <summary>Pairs of them that have no operator in common.</summary>
    public static List<(Region Region, TurnSchedule Schedule)[]> PairsOf(IReadOnlyList<(Region Region, TurnSchedule Schedule)> regions)
    {
        var pairs = new List<(Region, TurnSchedule)[]>();
        foreach ((Region Region, TurnSchedule) one in regions)
            pairs.AddRange(regions.Where(other => other.Region.First > one.Region.Last).Select(other => new (Region, TurnSchedule)[] { one, other }));
        return pairs;
    }

    private static IEnumerable<(Region, TurnSchedule)> WithRows(Region region)
    {
        for (int rows = 1; rows <= MostRows; rows++)
        {
            if (TurnSchedule.Of(region, rows) is { } schedule)
                yield return (region, schedule);
        }
    }
}
