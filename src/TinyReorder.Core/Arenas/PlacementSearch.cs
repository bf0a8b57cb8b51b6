namespace TinyReorder.Arenas;

/// <summary>
/// The exact search: decides whether one component fits a capacity. Depth first over canonical placements: each node takes an open
/// buffer to the lowest offset that the buffers below leave it, in the order of offsets, so that every packing that gravity
/// allows is reached along one path. Without recursion: a node is a <see cref="Frame"/> on a stack, and all changes are on a trail.
/// The path to the packing with the least sum of offsets survives every pruning rule; that is why all of them may be combined.
/// </summary>
internal sealed partial class PlacementSearch
{
    /// <summary>A node counts once more for each 1,024 steps of effort, so that budgets measure work on instances of any size.</summary>
    private const int EffortBits = 10;

    private const long Never = long.MaxValue / 2;

    private readonly PlacementProblem problem;
    private readonly PlacementTechniques techniques;
    private readonly PlacementClock clock;
    private readonly PlacementMemo memo = new();

    /// <summary>Null where nothing shares; whatever asks for it stands in the part of this class that is named after it.</summary>
    private readonly PlacementSharing? sharing;

    private Frame[] frames = new Frame[16];
    private int depth;
    private int[] pool = new int[256];
    private int poolTop;
    private long capacity;
    private long budget;
    private ulong salt;
    private bool byFullest;
    private readonly Comparer<int> fullestFirst;

    /// <summary>Steps of the inner loops since the last node was counted.</summary>
    private int effort;

    public PlacementSearch(PlacementProblem problem, PlacementTechniques techniques, PlacementClock clock)
    {
        this.problem = problem;
        this.techniques = techniques;
        this.clock = clock;
        sharing = problem.Sharing;
        int count = problem.Count;
        raw = new long[count];
        bound = new long[count];
        offset = new long[count];
        twin = new int[count];
        rank = new int[count];
        tieRank = new int[count];
        fullest = new long[count];
        fullestFirst = Comparer<int>.Create((a, b) =>
            fullest[a] != fullest[b] ? fullest[b].CompareTo(fullest[a]) : tieRank[a].CompareTo(tieRank[b]));
        floor = new long[problem.SectionCount];
        total = new long[problem.SectionCount];
        open = new int[problem.SectionCount];
        cuts = new int[problem.SectionCount];
        dirty = new int[problem.SectionCount + 1];
        sectionItems = (int[])problem.SectionItems.Clone();
        standing = new int[sectionItems.Length];
        standingStart = new int[count];
        for (int i = 1; i < count; i++)
            standingStart[i] = standingStart[i - 1] + problem.SectionHigh[i - 1] - problem.SectionLow[i - 1] + 1;
        for (int s = 0; s < problem.SectionCount; s++)
        {
            for (int i = problem.SectionStart[s]; i < problem.SectionStart[s + 1]; i++)
                standing[standingStart[sectionItems[i]] + s - problem.SectionLow[sectionItems[i]]] = i;
        }
        levelKeys = new long[count];
        levelSizes = new long[count];
    }

    /// <summary>Offsets in units of the items of the component that was solved last.</summary>
    public long[] Offset => offset;

    /// <summary>Nodes used so far, over all calls.</summary>
    public long Nodes { get; private set; }

    /// <summary>
    /// Looks for a placement of <paramref name="items"/>, one component in the order of its ranking. With
    /// <paramref name="byFullest"/> that order only decides between items whose fullest sections are equally full.
    /// </summary>
    public PlacementOutcome Solve(int[] items, int ranking, bool byFullest, long capacity, long budget)
    {
        this.byFullest = byFullest;
        this.capacity = capacity;
        this.budget = budget;
        salt = Mix((ulong)capacity * 0x9E3779B97F4A7C15UL + (ulong)ranking);
        depth = 0;
        poolTop = 0;
        trailTop = 0;
        if (!Start(items))
            return PlacementOutcome.Infeasible;
        int first = Reserve(items.Length);
        Array.Copy(items, 0, pool, first, items.Length);
        if (byFullest)
            RankByFullest(first, first + items.Length);
        int component = problem.Component[items[0]];
        Part whole = new(first, first + items.Length, problem.ComponentSections[component], problem.ComponentSections[component + 1] - 1);
        bool succeeded = Push(whole, new(-1, -1, 0), out bool decided);
        while (true)
        {
            if (this.budget <= 0)
                return PlacementOutcome.LimitReached;
            if (decided)
            {
                if (depth == 0)
                    return succeeded ? PlacementOutcome.Placed : PlacementOutcome.Infeasible;
                succeeded = Answer(succeeded, out decided);
            }
            else
            {
                succeeded = Advance(out decided);
            }
        }
    }

    /// <summary>Tells the frame on top how its child ended; the frame may end with it.</summary>
    private bool Answer(bool succeeded, out bool decided)
    {
        ref Frame frame = ref frames[depth - 1];
        decided = false;
        if (!succeeded)
            return false;
        frame.NextPart++;
        if (frame.NextPart < frame.PartCount)
            return PushNextPart(ref frame, out decided);
        depth--;
        decided = true;
        return true;
    }

    /// <summary>Undoes what the frame on top tried and tries its next candidate.</summary>
    private bool Advance(out bool decided)
    {
        ref Frame frame = ref frames[depth - 1];
        Undo(frame.TrailMark);
        poolTop = frame.PoolMark;
        while (!frame.Exhausted && NextCandidate(ref frame, out int item, out long at))
        {
            CountNode();
            bool covered = Place(item, at, out bool fits);
            frame.Exhausted = techniques.ForcedTop && !covered && sharing?.AnyFloats != true;
            if (fits && SectionsFit(frame.SectionLow, frame.SectionHigh, at))
            {
                frame.Placed = new(at, rank[item], frame.Ranking);
                SplitAround(ref frame, item);
                if (frame.PartCount > 0)
                    return PushNextPart(ref frame, out decided);
                depth--;
                decided = true;
                return true;
            }
            Undo(frame.TrailMark);
            // An item that may float can have very many places; a limit is no failure.
            if (budget <= 0 && sharing is not null)
                return decided = false;
        }
        if (techniques.Memo)
            memo.AddFailure(frame.Key, frame.Check, frame.From);
        depth--;
        decided = true;
        return false;
    }

    private bool NextCandidate(ref Frame frame, out int item, out long at)
    {
        if (frame.NextCandidate == frame.CandidateEnd)
            return NextFloating(ref frame, out item, out at);
        item = pool[frame.NextCandidate];
        at = sharing is null ? raw[item] : poolOffset[frame.NextCandidate];
        frame.NextCandidate++;
        return true;
    }

    private bool PushNextPart(ref Frame frame, out bool decided)
    {
        int at = frame.PartStart + 4 * frame.NextPart;
        Part part = new(pool[at], pool[at + 1], pool[at + 2], pool[at + 3]);
        return Push(part, frame.Placed, out decided);
    }

    /// <summary>
    /// Opens a frame for a part of the buffers, of which none may be placed before (offset, rank). It is decided at once where
    /// nothing is open any more, or where it is seen to fail.
    /// </summary>
    private bool Push(Part part, PlacementStart from, out bool decided)
    {
        int poolMark = poolTop;
        int open = Survey(ref part, out int last, out long lowestTop, out ulong key, out ulong check);
        decided = true;
        if (open == 0)
            return true;
        if (open == 1)
        {
            long at = sharing is null ? raw[last] : LowestPlace(last);
            bool covered = Place(last, at, out bool fits);
            return !covered && fits && at + problem.Size[last] <= capacity;
        }
        if (techniques.Memo && memo.KnowsFailure(key, check, from))
            return false;
        if (techniques.Lifting && techniques.Canonical && techniques.Dominance && !Lift(part, from))
            return false;
        int start = Reserve(sharing is null ? open : 0);
        int end = start;
        for (int i = part.ListStart; i < part.ListEnd; i++)
        {
            int item = pool[i];
            if (offset[item] >= 0)
                continue;
            if (sharing is not null)
                AddSharedCandidates(item, from, lowestTop, ref end);
            else if (IsCandidate(item, raw[item], from, lowestTop))
                pool[end++] = item;
        }
        if (start == end && sharing?.AnyFloats != true)
        {
            poolTop = poolMark;
            return false;
        }
        poolTop = end;
        if (sharing is null)
            SortCandidates(start, end);
        else
            SortSharedCandidates(start, end);
        if (depth == frames.Length)
            Array.Resize(ref frames, 2 * depth);
        frames[depth++] = new Frame
        {
            ListStart = part.ListStart,
            ListEnd = part.ListEnd,
            SectionLow = part.SectionLow,
            SectionHigh = part.SectionHigh,
            From = from,
            Ranking = from.Rank >= 0 ? from.Ranking : key,
            NextCandidate = start,
            CandidateEnd = end,
            TrailMark = trailTop,
            PoolMark = poolTop,
            Key = key,
            Check = check,
            LowestTop = lowestTop,
            FloatingAt = part.ListStart,
            FloatingOffset = -1,
        };
        decided = false;
        return false;
    }

    /// <summary>Counts what is open, and lists it anew where a good part of the list is placed.</summary>
    private int Survey(ref Part part, out int last, out long lowestTop, out ulong key, out ulong check)
    {
        int open = 0;
        last = -1;
        lowestTop = Never;
        key = salt;
        check = 0;
        for (int i = part.ListStart; i < part.ListEnd; i++)
        {
            int item = pool[i];
            if (offset[item] >= 0)
                continue;
            open++;
            last = item;
            long falls = sharing is not null && problem.Fixed[item] >= 0 ? problem.Fixed[item] : raw[item];
            lowestTop = Math.Min(lowestTop, falls + problem.Size[item]);
            ulong mixed = Mix(((ulong)raw[item] << 20) + (ulong)bound[item] * 0x9E3779B97F4A7C15UL + (ulong)item * 0xC2B2AE3D27D4EB4FUL);
            key += mixed;
            check += mixed * mixed | 1;
            if (sharing?.HasPoints[item] == true)
                AddPoints(item, ref key, ref check);
        }
        key = Mix(key);
        effort += 2 * (part.ListEnd - part.ListStart);
        if (4 * open < 3 * (part.ListEnd - part.ListStart) && open > 1)
        {
            int start = Reserve(open);
            int end = start;
            for (int i = part.ListStart; i < part.ListEnd; i++)
            {
                if (offset[pool[i]] < 0)
                    pool[end++] = pool[i];
            }
            part = part with { ListStart = start, ListEnd = end };
        }
        return open;
    }

    private bool IsCandidate(int item, long at, PlacementStart from, long lowestTop)
    {
        if (techniques.Canonical && !IsOpenFrom(item, at, from))
            return false;
        if (techniques.Dominance && at >= lowestTop)
            return false;
        // A bound above the offset says that the buffer has to be lifted first.
        if (bound[item] > at || at + problem.Size[item] > capacity)
            return false;
        return !techniques.Symmetry || !techniques.Canonical || twin[item] < 0 || offset[twin[item]] >= 0;
    }

    private bool IsOpenFrom(int item, long at, PlacementStart from) =>
        at > from.Offset || (at == from.Offset && (rank[item] >= from.Rank || sharing?.HasZero[item] == true));

    private void SortCandidates(int start, int end)
    {
        for (int i = start + 1; i < end; i++)
        {
            int item = pool[i];
            int j = i;
            for (; j > start && Before(item, pool[j - 1]); j--)
                pool[j] = pool[j - 1];
            pool[j] = item;
        }
    }

    private bool Before(int a, int b) => raw[a] < raw[b] || (raw[a] == raw[b] && rank[a] < rank[b]);

    private void CountNode()
    {
        int cost = 1 + (effort >> EffortBits);
        effort &= (1 << EffortBits) - 1;
        Nodes += cost;
        budget -= cost;
        if ((Nodes & 15) < cost && clock.IsOver())
            budget = 0;
    }

    private int Reserve(int count)
    {
        int start = poolTop;
        poolTop += count;
        if (poolTop > pool.Length)
            Array.Resize(ref pool, Math.Max(poolTop, 2 * pool.Length));
        return start;
    }

    private static ulong Mix(ulong x)
    {
        x ^= x >> 32;
        x *= 0xD6E8FEB86659FD93UL;
        x ^= x >> 32;
        x *= 0xD6E8FEB86659FD93UL;
        return x ^ (x >> 32);
    }

    /// <summary>Buffers <c>pool[ListStart .. ListEnd]</c> that live in sections SectionLow to SectionHigh.</summary>
    private readonly record struct Part(int ListStart, int ListEnd, int SectionLow, int SectionHigh);

    /// <summary>A node: a part to solve, the candidates for its next buffer, and the parts that the current candidate leaves.</summary>
    private struct Frame
    {
        public int ListStart, ListEnd, SectionLow, SectionHigh;
        public PlacementStart From;
        public int NextCandidate, CandidateEnd;
        public int TrailMark, PoolMark;
        public PlacementStart Placed;
        public ulong Ranking;
        public int PartStart, PartCount, NextPart;
        public bool Exhausted;
        public ulong Key, Check;

        /// <summary>Where the places of items that may float are up to: an index into the list, and the next offset to try (-1: the first).</summary>
        public int FloatingAt;
        public long FloatingOffset, LowestTop;
    }
}
