using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtime.Models;

/// <summary>Orders that a model must not have.</summary>
internal static class WrongOrders
{
    /// <summary>
    /// The model with one write of a resource variable moved before a read of the same one that it stands behind in the file; null when there is no such
    /// pair. Where the data flow allows it, it is the only fault; elsewhere the write also comes before what it writes.
    /// </summary>
    public static int[][]? WriteBeforeRead(TfliteModel model)
    {
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            (int Read, int Write)[] pairs = (
                from read in subgraph.Operators
                where read.Kind == "READ_VARIABLE"
                from write in subgraph.Operators
                where write.Kind == "ASSIGN_VARIABLE" && write.Index > read.Index && NameOf(subgraph, read) == NameOf(subgraph, write)
                select (read.Index, write.Index)).ToArray();
            if (pairs.Length == 0)
                continue;
            int[] wrong = pairs.Select(pair => AsDataFlowAllows(subgraph, pair)).FirstOrDefault(order => order.Length > 0) ?? Moved(subgraph, pairs[0]);
            return model.Subgraphs.Select(other => other.Index == subgraph.Index ? wrong : Enumerable.Range(0, other.Operators.Count).ToArray()).ToArray();
        }
        return null;
    }

    private static string? NameOf(TfliteSubgraph subgraph, TfliteOperator access) =>
        subgraph.Operators.First(op => op.Kind == "VAR_HANDLE" && op.Outputs.Contains(access.Inputs[0])).Options.FindText(1);

    /// <summary>Empty when the write needs the read.</summary>
    private static int[] AsDataFlowAllows(TfliteSubgraph subgraph, (int Read, int Write) pair)
    {
        var predecessors = subgraph.Operators.Select(op => (IReadOnlyList<int>)subgraph.Operators.Where(other => other.Outputs.Any(t => t >= 0
            && op.Inputs.Contains(t))).Select(other => other.Index)
            .Concat(op.Index == pair.Read ? [pair.Write] : []).ToArray()).ToArray();
        // The first that is ready, as the file has them, keeps the rest where it was.
        int[] order = RandomOrders.Topological(predecessors, ready => ready.IndexOf(ready.Min()));
        return order.Length == subgraph.Operators.Count ? order : [];
    }

    private static int[] Moved(TfliteSubgraph subgraph, (int Read, int Write) pair)
    {
        List<int> order = Enumerable.Range(0, subgraph.Operators.Count).ToList();
        order.RemoveAt(pair.Write);
        order.Insert(pair.Read, pair.Write);
        return [.. order];
    }
}
