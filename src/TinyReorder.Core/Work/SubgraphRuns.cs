using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>How often each subgraph of a model runs in one inference.</summary>
internal static class SubgraphRuns
{
    /// <summary>The most that is counted, so that sums stay exact in a double.</summary>
    public const long Most = 1L << 52;

    /// <summary>The runs by subgraph: one of the first, none of those that nobody calls. Both branches of an IF count, and CALL_ONCE counts nothing.</summary>
    public static long[] Of(TfliteModel model, IReadOnlyDictionary<int, long> turns)
    {
        long[] runs = new long[model.Subgraphs.Count];
        runs[0] = 1;
        foreach (int caller in CallersFirst(model))
        {
            foreach ((int callee, long times) in model.Subgraphs[caller].Operators.SelectMany(op => Calls(model, op, turns)))
                runs[callee] = Math.Min(Most, runs[callee] + Product(runs[caller], times));
        }
        return runs;
    }

    /// <summary>The turns of a WHILE, or null where nobody says.</summary>
    public static long? TurnsOf(TfliteOperator op, IReadOnlyDictionary<int, long> turns) =>
        turns.TryGetValue(BodyOf(op), out long count) ? Math.Max(0, Math.Min(Most, count)) : null;

    /// <summary>The subgraph that a WHILE asks whether to go on.</summary>
    public static int ConditionOf(TfliteOperator op) => op.Options.Int32(0);

    /// <summary>The subgraph that a WHILE repeats.</summary>
    public static int BodyOf(TfliteOperator op) => op.Options.Int32(1);

    private static IEnumerable<(int Subgraph, long Times)> Calls(TfliteModel model, TfliteOperator op, IReadOnlyDictionary<int, long> turns)
    {
        if (op.IsCustom)
            return [];
        long count = TurnsOf(op, turns) ?? 1;
        (int, long)[] calls = op.Kind switch
        {
            "WHILE" => [(ConditionOf(op), count + 1), (BodyOf(op), count)],
            "IF" => [(op.Options.Int32(0), 1), (op.Options.Int32(1), 1)],
            _ => [],
        };
        return calls.Where(call => call.Item1 >= 0 && call.Item1 < model.Subgraphs.Count);
    }

    /// <summary>Every subgraph that the first one reaches, each before those that it calls; a call that closes a circle is left out.</summary>
    private static List<int> CallersFirst(TfliteModel model)
    {
        var order = new List<int>();
        var seen = new HashSet<int> { 0 };
        var open = new Stack<(int Subgraph, Queue<int> Callees)>();
        open.Push((0, CalleesOf(0)));
        while (open.Count > 0)
        {
            (int subgraph, Queue<int> callees) = open.Peek();
            if (callees.Count == 0)
            {
                order.Add(subgraph);
                open.Pop();
                continue;
            }
            int callee = callees.Dequeue();
            if (seen.Add(callee))
                open.Push((callee, CalleesOf(callee)));
        }
        order.Reverse();
        return order;

        Queue<int> CalleesOf(int subgraph) =>
            new(model.Subgraphs[subgraph].Operators.SelectMany(op => Calls(model, op, new Dictionary<int, long>())).Select(call => call.Subgraph).Distinct());
    }

    private static long Product(long a, long b) => a > 0 && b > Most / a ? Most : a * b;
}
