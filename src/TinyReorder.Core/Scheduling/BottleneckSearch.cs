using System.Diagnostics;

namespace TinyReorder.Scheduling;

/// <summary>
/// The exact search: from the empty set of executed operators to the full one along a path whose largest step is smallest. Everything that can be reached
/// under the current bound is explored before the bound is raised to the cheapest step left out, so the bound is a lower bound at any time and the first
/// complete path is optimal. From the end it is the same search over the sets of those that run last: what is held between two operators and while one runs
/// is the same, and so is every argument, but that what reads an input last from the end is not what reads it last
/// (<see cref="SearchGraph.TakesNothingOver"/>).
/// </summary>
internal sealed class BottleneckSearch
{
    // The clock is read after so many looks at operators; expanding a state counts as some, and on wide graphs looks at more.
    private const int LooksBetweenChecks = 1 << 16;
    private const int LooksOfNode = 1 << 10;
    private const int StateBytes = 200;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private const int MostReplacementsToCheck = 64;

    private readonly SearchGraph graph;
    private readonly SearchTechniques techniques;
    private readonly SearchLimits limits;
    private readonly ExecutionCursor cursor;
    private readonly int[] cutsUpTo;
    private readonly int[] place;
    private readonly int unseen, contained;
    private readonly bool mayRaiseBound;
    private readonly Moves moves;
    private readonly long knownPeak;
    private TimeSpan nextProgress = ProgressInterval;
    private readonly List<int> prefix = [];
    private readonly List<SearchState> waiting = [];
    private readonly SortedSet<(long Bytes, long Number)> postponedKeys = [];
    private readonly Dictionary<long, SearchState> postponed = [];
    private readonly Dictionary<StateKey, int> met = [];
    private readonly List<StateKey> replacements = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private SearchState root;
    private SearchState at;
    private long rememberedBytes;
    private long postponedCount;
    private long looks = LooksBetweenChecks;
    private bool isOutOfTime;

    /// <summary>A search over the orders of <paramref name="graph"/> that begin with <paramref name="begun"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="lowerBound">No order stays below this many bytes.</param>
    /// <param name="techniques">What to use.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="begun">Operators that have run already.</param>
    /// <param name="mayRaiseBound">False to only ask whether an order stays within the bound.</param>
    /// <param name="knownPeak">The peak of an order that is known: the search ends when its bound proves that none is better.</param>
    /// <param name="fromEnd">Whether operators are taken from the end of the order.</param>
    public BottleneckSearch(
        SearchGraph graph, long lowerBound, SearchTechniques techniques, SearchLimits limits, IReadOnlyList<int>? begun = null, bool mayRaiseBound = true,
            long knownPeak = long.MaxValue, bool fromEnd = false)
    {
        this.knownPeak = knownPeak;
        this.mayRaiseBound = mayRaiseBound;
        this.graph = graph;
        this.techniques = techniques;
        this.limits = limits;
        Bound = lowerBound;
        cursor = new ExecutionCursor(graph, fromEnd);
        cutsUpTo = !techniques.CutStates ? new int[graph.Count + 1] : fromEnd ? graph.CutsUpToFromEnd : graph.CutsUpTo;
        moves = new Moves(graph, techniques.LazyOperators && !fromEnd);
        (unseen, contained) = fromEnd ? (MinimumLive.InBase, MinimumLive.Outside) : (MinimumLive.Outside, MinimumLive.InBase);
        place = Enumerable.Repeat(unseen, graph.Count).ToArray();
        foreach (int o in begun ?? [])
        {
            cursor.Run(o);
            prefix.Add(o);
        }
        root = at = new SearchState(null, [], cursor.LiveBytes, cursor.Executed);
    }

    /// <summary>No order stays below this many bytes.</summary>
    public long Bound { get; private set; }

    /// <summary>States expanded so far.</summary>
    public long Nodes { get; private set; }

    /// <summary>Runs the search to its end or its limits.</summary>
    /// <returns>An order whose peak is at most <see cref="Bound"/>, or null when a limit was hit or none is better than the known one.</returns>
    public int[]? Run()
    {
        StartFrom(Grown(root, []));
        while (at.Executed < graph.Count)
        {
            if (IsOverLimit())
                return null;
            if (waiting.Count == 0)
            {
                RaiseBound();
                if (!mayRaiseBound || Bound >= knownPeak)
                    return null;
                continue;
            }
            SearchState next = waiting[waiting.Count - 1];
            waiting.RemoveAt(waiting.Count - 1);
            if (Expand(next))
                break;
        }
        for (SearchState? state = at; state != root; state = state!.Parent)
            prefix.InsertRange(root.Executed, state!.Operators);
        if (cursor.IsFromEnd)
            prefix.Reverse();
        return [.. prefix];
    }

    /// <summary>Tries the moves of <paramref name="state"/> that fit; true when an order is complete.</summary>
    private bool Expand(SearchState state)
    {
        Nodes++;
        MoveTo(state);
        if (state.TriedBytes < 0)
            state.WaitingBelow = waiting.Count;
        long cheapestLeftOut = long.MaxValue;
        var fitting = new List<Move>();
        foreach (Move move in moves.From(cursor))
        {
            if (move.RunningBytes > Bound)
                cheapestLeftOut = Math.Min(cheapestLeftOut, move.RunningBytes);
            else if (move.RunningBytes > state.TriedBytes)
                fitting.Add(move);
        }
        state.TriedBytes = Bound;
        if (cheapestLeftOut < long.MaxValue)
            Postpone(state, cheapestLeftOut);
        // The last one that is put on the stack is the first one explored: least growth, then what is nearest in the file.
        fitting.Sort((a, b) => a.Growth != b.Growth ? b.Growth.CompareTo(a.Growth)
            : cursor.IsFromEnd ? a.Target.CompareTo(b.Target) : b.Target.CompareTo(a.Target));
        foreach (Move move in fitting)
        {
            // What is left out then is never missed: the search ends before it looks at another state.
            if (IsOutOfTime(cursor.Available.Count))
                return false;
            MoveTo(state);
            int beforeTarget = move.Operators.Length - 1;
            if (cutsUpTo[state.Executed + beforeTarget] > cutsUpTo[state.Executed])
            {
                // What comes after the cut within this step is a choice that must stay open.
                int toCut = Enumerable.Range(1, beforeTarget).Last(i => cutsUpTo[state.Executed + i] > cutsUpTo[state.Executed + i - 1]);
                StartFrom(Grown(state, move.Operators.Take(toCut).ToArray()));
                return false;
            }
            SearchState child = Grown(state, move.Operators);
            if (child.Executed == graph.Count)
                return true;
            if (cutsUpTo[child.Executed] > cutsUpTo[state.Executed])
            {
                StartFrom(child);
                return false;
            }
            if (techniques.Dominance && !Remember())
                continue;
            if (techniques.Valleys && Settle(child))
                return at.Executed == graph.Count;
            waiting.Add(child);
            rememberedBytes += StateBytes;
        }
        return false;
    }

    /// <summary>Runs <paramref name="operators"/> from <paramref name="from"/>, where the cursor stands, and then whatever is forced.</summary>
    private SearchState Grown(SearchState from, IReadOnlyList<int> operators)
    {
        var run = new List<int>(operators);
        foreach (int o in operators)
            cursor.Run(o);
        while (techniques.ForcedMoves)
        {
            int forced = -1;
            foreach (int o in cursor.Available)
            {
                if ((forced < 0 || o < forced != cursor.IsFromEnd) && MayGoFirst(o) && cursor.RunningBytes(o) <= Bound && cursor.Growth(o) <= 0)
                    forced = o;
            }
            if (forced < 0)
                break;
            cursor.Run(forced);
            run.Add(forced);
        }
        return at = new SearchState(from, [.. run], cursor.LiveBytes, cursor.Executed);
    }

    /// <summary>Whether no other operator can need more while it runs because this one was taken before it.</summary>
    private bool MayGoFirst(int index) => !cursor.IsFromEnd || graph.TakesNothingOver[index];

    /// <summary>
    /// When <paramref name="state"/> is a valley for one before it on its path, lets it (or the deeper valley on the way) take that one's place:
    /// true when it did, and then the state stands on the stack.
    /// </summary>
    private bool Settle(SearchState state)
    {
        bool settled = false;
        while (true)
        {
            SearchState? ancestor = null;
            for (SearchState? s = state.Parent; s is not null; s = s.Parent)
            {
                if (s.LiveBytes >= state.LiveBytes)
                    ancestor = s;
                if (s == root)
                    break;
            }
            if (ancestor is null)
                return settled;
            List<int> path = PathBetween(ancestor, state);
            if (!path.TrueForAll(MayGoFirst))
                return settled;
            List<int> valley = ValleyOn(ancestor, path);
            if (valley.Count < path.Count)
            {
                MoveTo(ancestor);
                // Without the others on the path fewer inputs die, so that less may be shared on this way than on the one that was found.
                if (!Fits(valley))
                    return settled;
                state = Grown(ancestor, valley);
                path = [.. state.Operators];
            }
            settled = true;
            if (ancestor == root || state.Executed == graph.Count)
            {
                StartFrom(state);
                return true;
            }
            MoveTo(state);
            state = at = new SearchState(ancestor.Parent, [.. ancestor.Operators, .. path], state.LiveBytes, state.Executed);
            ancestor.ReplacedBy = state;
            waiting.RemoveRange(ancestor.WaitingBelow, waiting.Count - ancestor.WaitingBelow);
            waiting.Add(state);
            if (techniques.Dominance)
            {
                replacements.Add(cursor.Key());
                Remember();
            }
        }
    }

    /// <summary>Whether <paramref name="operators"/> can run from where the cursor stands within the bound; it is left as it was.</summary>
    private bool Fits(List<int> operators)
    {
        int run = 0;
        while (run < operators.Count && cursor.RunningBytes(operators[run]) <= Bound)
            cursor.Run(operators[run++]);
        bool fits = run == operators.Count;
        while (run > 0)
            cursor.TakeBack(operators[--run]);
        return fits;
    }

    /// <summary>The part of <paramref name="path"/>, in its order, after which least is live.</summary>
    private List<int> ValleyOn(SearchState ancestor, List<int> path)
    {
        if (path.Count == 1)
            return path;
        MoveTo(ancestor);
        var marked = new List<int>(path);
        for (int i = 0; i < path.Count; i++)
            place[path[i]] = i;
        foreach (int o in path)
        {
            MarkContained(cursor.IsFromEnd ? graph.Successors[o] : graph.Predecessors[o], marked);
            foreach (int t in graph.Inputs[o].Concat(cursor.IsFromEnd ? graph.Outputs[o] : []))
                MarkContained(graph.Consumers[t], marked);
        }
        // From the end, what runs after the moment of least bytes is what the smallest set leaves.
        bool[] inside = cursor.IsFromEnd ? MinimumLive.SmallestSet(graph, place, path) : MinimumLive.LargestSet(graph, place, path);
        foreach (int o in marked)
            place[o] = unseen;
        return path.Where((_, i) => inside[MinimumLive.Node(i)] != cursor.IsFromEnd).ToList();
    }

    private void MarkContained(int[] operators, List<int> marked)
    {
        foreach (int o in operators)
        {
            if (place[o] != unseen || !cursor.Contains(o))
                continue;
            place[o] = contained;
            marked.Add(o);
        }
    }

    /// <summary>Makes <paramref name="state"/> the place that everything starts from: what lies before it is settled.</summary>
    private void StartFrom(SearchState state)
    {
        MoveTo(state);
        var added = new List<int>();
        for (SearchState? s = state; s != root; s = s!.Parent)
            added.InsertRange(0, s!.Operators);
        prefix.AddRange(added);
        root = at = new SearchState(null, [], cursor.LiveBytes, cursor.Executed);
        waiting.Clear();
        postponedKeys.Clear();
        postponed.Clear();
        met.Clear();
        replacements.Clear();
        rememberedBytes = 0;
        waiting.Add(root);
    }

    /// <summary>
    /// Everything within the bound is explored: the cheapest step left out is the next bound, and the state that it starts from waits again.
    /// </summary>
    private void RaiseBound()
    {
        while (postponedKeys.Count > 0)
        {
            (long bytes, long number) = postponedKeys.Min;
            postponedKeys.Remove((bytes, number));
            SearchState state = postponed[number];
            postponed.Remove(number);
            if (state.IsReplaced())
                continue;
            Bound = Math.Max(Bound, bytes);
            // Nothing waits any more but what comes from this state, and so from all before it.
            for (SearchState? s = state; s is not null; s = s.Parent)
                s.WaitingBelow = 0;
            waiting.Add(state);
            return;
        }
        throw new InvalidOperationException("The search lost every way to the end.");
    }

    private void Postpone(SearchState state, long bytes)
    {
        postponedKeys.Add((bytes, ++postponedCount));
        postponed.Add(postponedCount, state);
        rememberedBytes += StateBytes;
    }

    /// <summary>Notes that the state where the cursor stands was met; false when what can be finished from it is already being looked for elsewhere.</summary>
    private bool Remember()
    {
        StateKey key = cursor.Key();
        if (met.TryGetValue(key, out int replacementsThen) && !IsInDoubt(replacementsThen))
            return false;
        if (!met.ContainsKey(key))
            rememberedBytes += key.Bytes + 150;
        met[key] = replacements.Count;
        return true;
    }

    /// <summary>
    /// Whether a state that was met before some replacements may have been left unexplored because of one of them that leads here: then it must not
    /// stand for this state, or each would wait for the other.
    /// </summary>
    private bool IsInDoubt(int replacementsThen)
    {
        if (replacements.Count - replacementsThen > MostReplacementsToCheck)
            return true;
        for (int i = replacementsThen; i < replacements.Count; i++)
        {
            if (cursor.ContainsAll(replacements[i]))
                return true;
        }
        return false;
    }

    private void MoveTo(SearchState state)
    {
        SearchState from = at, to = state;
        var forward = new Stack<SearchState>();
        while (from != to)
        {
            if (from.Depth >= to.Depth && from.Parent is not null)
            {
                for (int i = from.Operators.Length - 1; i >= 0; i--)
                    cursor.TakeBack(from.Operators[i]);
                from = from.Parent;
            }
            else
            {
                forward.Push(to);
                to = to.Parent!;
            }
        }
        foreach (SearchState s in forward)
        {
            foreach (int o in s.Operators)
                cursor.Run(o);
        }
        at = state;
    }

    private static List<int> PathBetween(SearchState ancestor, SearchState state)
    {
        var parts = new Stack<int[]>();
        for (SearchState s = state; s != ancestor; s = s.Parent!)
            parts.Push(s.Operators);
        return parts.SelectMany(part => part).ToList();
    }

    private bool IsOverLimit()
    {
        limits.Cancellation.ThrowIfCancellationRequested();
        if (Nodes >= limits.Nodes || rememberedBytes > limits.MemoryBytes)
            return true;
        return IsOutOfTime(LooksOfNode);
    }

    /// <summary>Whether the time is up, after so many more looks at operators.</summary>
    private bool IsOutOfTime(int more)
    {
        looks += more;
        if (isOutOfTime || looks < LooksBetweenChecks)
            return isOutOfTime;
        looks = 0;
        if (limits.Progress is not null && clock.Elapsed >= nextProgress)
        {
            nextProgress = clock.Elapsed + ProgressInterval;
            limits.Progress(Nodes, Bound);
        }
        return isOutOfTime = clock.Elapsed > limits.Time;
    }
}
