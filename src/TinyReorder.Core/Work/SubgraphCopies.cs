using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>
/// What WHILE and IF copy between a subgraph and its caller (micro/kernels/while.cc, if.cc): each variable before the loop to the condition and to the
/// output, and each turn to the body, from the body, and to the condition. Tensors at the same place are not copied, but still cost the look.
/// </summary>
internal static class SubgraphCopies
{
    /// <summary>The number of copies, the bytes that they move, and whether the number of turns is known.</summary>
    public static (double Copies, double Bytes, bool IsKnown) Of(
        TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        var sum = new Sum(placement);
        if (op.Kind == "IF")
        {
            foreach (TfliteSubgraph branch in Callees(model, op))
            {
                sum.Add(subgraph, op.Inputs.Skip(1), branch, branch.Inputs, 1);
                sum.Add(branch, branch.Outputs, subgraph, op.Outputs, 1);
            }
            return (sum.Copies, sum.Bytes, true);
        }
        long? count = SubgraphRuns.TurnsOf(op, turns);
        long times = count ?? 1;
        TfliteSubgraph[] callees = [.. Callees(model, op)];
        if (callees is not [var condition, var body])
            return (0, 0, false);
        sum.Add(subgraph, op.Inputs, condition, condition.Inputs, 1);
        sum.Add(subgraph, op.Inputs, subgraph, op.Outputs, 1);
        sum.Add(subgraph, op.Outputs, body, body.Inputs, times);
        sum.Add(body, body.Outputs, subgraph, op.Outputs, times);
        sum.Add(subgraph, op.Outputs, condition, condition.Inputs, times);
        return (sum.Copies, sum.Bytes, count is not null);
    }

    private static IEnumerable<TfliteSubgraph> Callees(TfliteModel model, TfliteOperator op) =>
        new[] { op.Options.Int32(0), op.Options.Int32(1) }.Where(index => index >= 0 && index < model.Subgraphs.Count).Select(index => model.Subgraphs[index]);

    private sealed class Sum(Func<int, int, long?>? placement)
    {
        public double Copies { get; private set; }

        public double Bytes { get; private set; }

        public void Add(TfliteSubgraph from, IEnumerable<int> sources, TfliteSubgraph to, IEnumerable<int> targets, long times)
        {
            foreach ((int source, int target) in sources.Zip(targets, (source, target) => (source, target)))
            {
                Copies += times;
                if (source < 0 || target < 0)
                    continue;
                bool isSame = (from.Index == to.Index && source == target)
                    || (placement?.Invoke(from.Index, source) is { } place && placement(to.Index, target) == place);
                Bytes += isSame ? 0 : (double)times * to.Tensors[target].Bytes;
            }
        }
    }
}
