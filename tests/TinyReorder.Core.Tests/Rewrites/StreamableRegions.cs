using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Every region of a model that can be a loop or bands, with every number of rows at a time up to a few and several forms.</summary>
internal static class StreamableRegions
{
    private const int MostRows = 4;

    /// <summary>Regions with their turns; empty where the model cannot be rewritten at all.</summary>
    public static List<(Region Region, RowSchedule Schedule)> Of(TfliteModel model) => Of(model, WithRows);

    /// <summary>Regions with their bands, each of which begins at a multiple of so many bytes.</summary>
    public static List<(Region Region, RowSchedule Schedule)> InBands(TfliteModel model, long alignmentBytes) =>
        Of(model, region => WithBands(region, alignmentBytes));

    private static List<(Region Region, RowSchedule Schedule)> Of(TfliteModel model, Func<Region, IEnumerable<(Region, RowSchedule)>> schedules)
    {
        var found = new List<(Region, RowSchedule)>();
        int count = ModelDraft.CanDraft(model) ? model.Subgraphs[0].Operators.Count : 0;
        foreach (int axis in new[] { RowOperators.Height, RowOperators.Width })
        {
            for (int first = 0; first < count; first++)
            {
                for (int last = first; last < count; last++)
                {
                    if (Region.Of(model, first, last, axis) is { } region)
                        found.AddRange(schedules(region));
                }
            }
        }
        return found;
    }

    /// <summary>Pairs of them along one axis that have no operator in common. A row across rows of the other axis is nothing that the verifier knows.</summary>
    public static List<(Region Region, RowSchedule Schedule)[]> PairsOf(IReadOnlyList<(Region Region, RowSchedule Schedule)> regions)
    {
        var pairs = new List<(Region, RowSchedule)[]>();
        foreach ((Region Region, RowSchedule) one in regions)
            pairs.AddRange(regions.Where(other => other.Region.First > one.Region.Last && other.Region.Axis == one.Region.Axis)
                .Select(other => new (Region, RowSchedule)[] { one, other }));
        return pairs;
    }

    private static IEnumerable<(Region, RowSchedule)> WithRows(Region region)
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

    /// <summary>No window with its own padding, all of them, or one.</summary>
    private static IEnumerable<(Region, RowSchedule)> WithBands(Region region, long alignmentBytes)
    {
        var none = new HashSet<int>();
        int[] padded = [.. TurnSchedule.MayBeCut(region)];
        IEnumerable<HashSet<int>> kept = padded.Length > 1 ? padded.Select(k => new HashSet<int> { k }).Append([.. padded]) : [[.. padded]];
        for (int rows = 1; rows <= MostRows; rows++)
        {
            foreach (HashSet<int> cut in kept.Where(cut => cut.Count > 0).Prepend(none))
            {
                if (BandSchedule.Of(region, rows, new TurnForm(none, cut), alignmentBytes) is { } schedule)
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
