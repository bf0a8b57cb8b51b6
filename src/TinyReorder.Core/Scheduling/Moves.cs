namespace TinyReorder.Scheduling;

/// <summary>
/// Enumerates the steps from a state: each operator that can run, but a lazy one (<see cref="SearchGraph.IsLazy"/>) only in front of an operator that needs
/// it.
/// </summary>
internal sealed class Moves(SearchGraph graph, bool usesLaziness)
{
    // The best order of the lazy operators in one step is found by trying all; a step that needs more of them is taken apart.
    private const int MostLazyInAStep = 6;

    private readonly Dictionary<int, int> missing = [];

    /// <summary>The steps from where <paramref name="cursor"/> stands; it is left as it was.</summary>
    public List<Move> From(ExecutionCursor cursor)
    {
        var moves = new List<Move>();
        var pending = new Stack<int>();
        missing.Clear();
        foreach (int o in cursor.Available.OrderBy(o => o))
        {
            if (usesLaziness && graph.IsLazy[o])
                pending.Push(o);
            else
                moves.Add(new Move([o], o, cursor.RunningBytes(o), cursor.Growth(o)));
        }
        var alone = new SortedSet<int>();
        while (pending.Count > 0)
        {
            int lazy = pending.Pop();
            foreach (int successor in graph.Successors[lazy])
            {
                int left = (missing.TryGetValue(successor, out int known) ? known : cursor.MissingPredecessors(successor)) - 1;
                missing[successor] = left;
                if (left > 0)
                    continue;
                if (graph.IsLazy[successor])
                    pending.Push(successor);
                else
                    AddStep(cursor, successor, moves, alone);
            }
        }
        foreach (int o in alone)
            moves.Add(new Move([o], o, cursor.RunningBytes(o), cursor.Growth(o)));
        return moves;
    }

    private void AddStep(ExecutionCursor cursor, int target, List<Move> moves, SortedSet<int> alone)
    {
        var lazies = new List<int>();
        var open = new Stack<int>();
        open.Push(target);
        while (open.Count > 0)
        {
            foreach (int p in graph.Predecessors[open.Pop()])
            {
                if (!cursor.Contains(p) && !lazies.Contains(p))
                {
                    lazies.Add(p);
                    open.Push(p);
                }
            }
        }
        if (lazies.Count > MostLazyInAStep)
        {
            alone.UnionWith(lazies.Where(o => cursor.MissingPredecessors(o) == 0));
            return;
        }
        lazies.Sort();
        moves.Add(Cheapest(cursor, lazies, target));
    }

    /// <summary>The order of <paramref name="lazies"/> whose largest step is smallest, with <paramref name="target"/> behind them.</summary>
    private static Move Cheapest(ExecutionCursor cursor, List<int> lazies, int target)
    {
        long before = cursor.LiveBytes, best = long.MaxValue;
        int count = lazies.Count;
        int[] bestOrder = [], next = new int[count + 1];
        var run = new Stack<(int Operator, long Most)>();
        // Depth-first over the orders; next[depth] is the first choice not tried yet at that depth.
        while (true)
        {
            int depth = run.Count;
            long most = depth == 0 ? 0 : run.Peek().Most;
            if (depth == count && most < best && Math.Max(most, cursor.RunningBytes(target)) is var whole && whole < best)
                (best, bestOrder) = (whole, run.Reverse().Select(step => step.Operator).Append(target).ToArray());
            int choice = depth < count ? next[depth] : count;
            while (choice < count
                && (cursor.Contains(lazies[choice]) || cursor.MissingPredecessors(lazies[choice]) > 0 || cursor.RunningBytes(lazies[choice]) >= best))
                choice++;
            if (choice < count)
            {
                next[depth] = choice + 1;
                next[depth + 1] = 0;
                run.Push((lazies[choice], Math.Max(most, cursor.RunningBytes(lazies[choice]))));
                cursor.Run(lazies[choice]);
                continue;
            }
            if (depth == 0)
                break;
            cursor.TakeBack(run.Pop().Operator);
        }
        foreach (int o in bestOrder)
            cursor.Run(o);
        long growth = cursor.LiveBytes - before;
        for (int i = bestOrder.Length - 1; i >= 0; i--)
            cursor.TakeBack(bestOrder[i]);
        return new Move(bestOrder, target, best, growth);
    }
}
