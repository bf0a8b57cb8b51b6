namespace TinyReorder.Arenas;

/// <summary>
/// Decides whether a component fits a capacity by going through it in time: after each section it knows, as a union of zones, all
/// offsets of what lives on for which what came before can be placed. An item that enters splits each zone by how it may lie to
/// each of those that are live. Where few items are live together there are few zones, however long the row of sections is. With
/// more zones than are kept, the roomiest go on: then a placement may be found, but that there is none is no longer proven.
/// </summary>
internal sealed class PlacementZones
{
    /// <summary>Zones of so many bounds in all are kept for the way back.</summary>
    private const long MostBounds = 4_000_000;

    private readonly PlacementProblem problem;
    private readonly PlacementClock clock;
    private readonly List<Section> sections = [];
    private readonly List<List<PlacementZone>> zones = [];
    private readonly int mostZones;
    private long budget;

    public PlacementZones(PlacementProblem problem, int component, int mostZones, PlacementClock clock)
    {
        this.problem = problem;
        this.clock = clock;
        long bounds = 0;
        int[] live = [];
        for (int s = problem.ComponentSections[component]; s < problem.ComponentSections[component + 1]; s++)
        {
            int[] here = new ArraySegment<int>(problem.SectionItems, problem.SectionStart[s], problem.SectionStart[s + 1] - problem.SectionStart[s]).ToArray();
            int[] entering = here.Where(item => problem.SectionLow[item] == s).OrderByDescending(item => problem.Size[item]).ToArray();
            int[] all = [.. live, .. entering];
            int[] staying = [.. Enumerable.Range(0, all.Length).Where(i => problem.SectionHigh[all[i]] > s)];
            sections.Add(new(live.Length, all, [0, .. staying.Select(i => i + 1)]));
            live = staying.Select(i => all[i]).ToArray();
            bounds += (all.Length + 1L) * (all.Length + 1);
        }
        this.mostZones = (int)Math.Min(mostZones, MostBounds / Math.Max(1, bounds));
    }

    /// <summary>Whether there is any use in it.</summary>
    public bool IsUseful => mostZones > 4;

    /// <summary>Work done so far, in the measure of the search's nodes.</summary>
    public long Nodes => effort >> 10;

    private long effort;

    /// <summary>Looks for a placement; its offsets are written on success.</summary>
    public PlacementOutcome Fit(long capacity, long mostNodes, long[] offsets)
    {
        budget = effort + (mostNodes << 10);
        zones.Clear();
        List<PlacementZone> current = [PlacementZone.Empty];
        bool isComplete = true;
        foreach (Section section in sections)
        {
            List<PlacementZone> wide = current;
            for (int next = section.Before; next < section.Items.Length; next++)
            {
                wide = Enter(wide, section.Items, next, capacity);
                isComplete &= Thin(wide);
                if (effort > budget || clock.IsOver())
                    return PlacementOutcome.LimitReached;
            }
            if (wide.Count == 0)
                return isComplete ? PlacementOutcome.Infeasible : PlacementOutcome.LimitReached;
            zones.Add(wide);
            current = [];
            for (int i = 0; i < wide.Count; i++)
                current.Add(wide[i].Only(section.Staying, i));
            Thin(current);
        }
        GoBack(current[0], offsets);
        return PlacementOutcome.Placed;
    }

    private List<PlacementZone> Enter(List<PlacementZone> zones, int[] items, int next, long capacity)
    {
        int item = items[next];
        long low = Math.Max(0, problem.Fixed[item]);
        long high = problem.Fixed[item] >= 0 ? low : capacity - problem.Size[item];
        if (high < low || low + problem.Size[item] > capacity)
            return [];
        List<PlacementZone> entered = zones.ConvertAll(zone => zone.With(low, high));
        for (int other = 0; other < next && entered.Count > 0; other++)
        {
            List<PlacementZone> split = [];
            foreach (PlacementZone zone in entered)
            {
                Split(zone, other + 1, items[other], next + 1, item, split);
                effort += 4L * zone.Width * zone.Width;
            }
            entered = split;
            if (effort > budget)
                break;
        }
        return entered;
    }

    /// <summary>Adds the parts of a zone in which one item lies above another, below it, or at an exact distance.</summary>
    private void Split(PlacementZone zone, int a, int itemA, int b, int itemB, List<PlacementZone> split)
    {
        PlacementRelation? above = problem.Sharing?.Find(itemA, itemB), below = problem.Sharing?.Find(itemB, itemA);
        PlacementZone? upper = zone.Where(a, b, -(above?.Weight ?? problem.Size[itemA]));
        PlacementZone? lower = zone.Where(b, a, -(below?.Weight ?? problem.Size[itemB]));
        if (upper is not null)
            split.Add(upper);
        // Where one way leaves the whole zone the others are parts of it.
        if (lower is not null && upper != zone)
            split.Add(lower);
        if (upper == zone || lower == zone)
            return;
        foreach (long point in above?.Points ?? [])
            AddExact(point);
        foreach (long point in below?.Points ?? [])
            AddExact(-point);

        void AddExact(long distance)
        {
            if (zone.Where(b, a, distance)?.Where(a, b, -distance) is { } exact)
                split.Add(exact);
        }
    }

    /// <summary>Leaves out zones that others include, and the least roomy where there are too many; false if that had to be.</summary>
    private bool Thin(List<PlacementZone> zones)
    {
        PlacementZone[] sorted = zones.OrderByDescending(zone => zone.Room).ToArray();
        zones.Clear();
        foreach (PlacementZone zone in sorted)
        {
            bool isNew = true;
            for (int i = 0; i < zones.Count && isNew; i++)
                isNew = !zones[i].Includes(zone);
            effort += zones.Count;
            if (!isNew)
                continue;
            if (zones.Count == mostZones)
                return false;
            zones.Add(zone);
        }
        return true;
    }

    private void GoBack(PlacementZone last, long[] offsets)
    {
        HashSet<int> placed = [];
        int from = last.Parent;
        for (int s = sections.Count - 1; s >= 0; s--)
        {
            int[] items = sections[s].Items;
            PlacementZone zone = zones[s][from];
            for (int i = 0; i < items.Length; i++)
            {
                if (placed.Contains(items[i]))
                    continue;
                long low = -zone.Most(0, i + 1);
                for (int j = 0; j < items.Length; j++)
                {
                    if (placed.Contains(items[j]))
                        low = Math.Max(low, offsets[items[j]] - zone.Most(j + 1, i + 1));
                }
                offsets[items[i]] = low;
                placed.Add(items[i]);
            }
            from = zone.Parent;
        }
    }

    /// <summary>A section: its items, those that were live before first, and the places in its zones of those that stay.</summary>
    private sealed record Section(int Before, int[] Items, int[] Staying);
}
