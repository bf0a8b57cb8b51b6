using TinyReorder.Graphs;
using TinyReorder.Operators;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Reports;

/// <summary>Makes the report of a subgraph from what was found for it.</summary>
internal static class SubgraphReports
{
    /// <summary>The report of <paramref name="result"/>.</summary>
    /// <param name="model">The model whose subgraph it is.</param>
    /// <param name="result">What was found for the subgraph.</param>
    /// <param name="rewrite">Where <paramref name="model"/> is a rewritten one, what was done to it.</param>
    public static SubgraphReport Of(TfliteModel model, SubgraphResult result, RewriteReport? rewrite = null)
    {
        TfliteSubgraph subgraph = model.Subgraphs[result.Index];
        // The search counts as the runtime does; people compare with shapes and types, so the map shows exact bytes.
        Graph exact = Exact(model, result.Index, result.DefaultGraph), shared = Exact(model, result.Index, result.Graph);
        int[] fileOrder = Enumerable.Range(0, exact.Operators.Count).ToArray();
        (long? Macs, long ParameterBytes)[] costs = subgraph.Operators.Select(op =>
            (OperatorCost.Macs(subgraph, op), OperatorCost.ParameterBytes(model, subgraph, op))).ToArray();
        var inDefault = MemoryMap.Of(exact, fileOrder);
        var inChosen = MemoryMap.Of(shared, result.Order);
        return new SubgraphReport
        {
            Index = result.Index,
            Name = result.Name,
            Tensors = Tensors(subgraph, exact, Lives(exact, inDefault), Lives(exact, inChosen), rewrite),
            Default = new OrderReport(OrderReport.DefaultName, Steps(subgraph, exact, inDefault, result.DefaultMap, costs, rewrite)),
            Chosen = new OrderReport(OrderReport.ChosenName, Steps(subgraph, exact, inChosen, result.Map, costs, rewrite)),
        };
    }

    private static Graph Exact(TfliteModel model, int subgraph, Graph counted) =>
        SubgraphGraph.Create(model, subgraph,
            GraphSizing.Plain with { ReservedBytes = (_, op) => counted.Operators[op].ReservedBytes, Shares = (_, op) => Shares(counted, op) });

    private static TensorShare[] Shares(Graph graph, int op) => graph.Operators[op].Shares
        .Select(share => new TensorShare(graph.Tensors[share.Input].Index, graph.Tensors[share.Output].Index, share.DistanceBytes, share.IsExact))
        .ToArray();

    private static TensorRow[] Tensors(TfliteSubgraph subgraph, Graph graph, (int First, int Last)[] inDefault, (int First, int Last)[] inChosen,
        RewriteReport? rewrite) =>
        graph.Tensors
        .OrderBy(tensor => tensor.Index)
        .Select(tensor => new TensorRow
        {
            Index = tensor.Index,
            Name = rewrite?.TensorName(subgraph.Index, tensor.Index) ?? tensor.Name,
            Type = subgraph.Tensors[tensor.Index].Type.ToString(),
            Shape = subgraph.Tensors[tensor.Index].Shape,
            Bytes = tensor.Bytes,
            Role = tensor.IsInput ? TensorRole.Input : tensor.IsOutput ? TensorRole.Output : TensorRole.Activation,
            Producer = tensor.Producer,
            Consumers = tensor.Consumers,
            DefaultLife = inDefault[tensor.Id],
            ChosenLife = inChosen[tensor.Id],
        })
        .ToArray();

    private static (int First, int Last)[] Lives(Graph graph, MemoryMap map)
    {
        int[] stepOf = new int[graph.Operators.Count];
        for (int step = 1; step < map.Steps.Count; step++)
            stepOf[map.Steps[step].Operator] = step;
        return graph.Tensors.Select(tensor => (tensor.IsInput ? 0 : stepOf[tensor.Producer], map.LastUse[tensor.Id])).ToArray();
    }

    private static StepRow[] Steps(TfliteSubgraph subgraph, Graph graph, MemoryMap map, MemoryMap rounded, (long? Macs, long ParameterBytes)[] costs,
        RewriteReport? rewrite)
    {
        List<int>[] held = Held(graph, Lives(graph, map), map.Steps.Count);
        return map.Steps
            .Select((step, i) => new StepRow
            {
                Step = i,
                Operator = step.Operator,
                Kind = step.Operator < 0 ? "(inputs)" : graph.Operators[step.Operator].Kind,
                Name = step.Operator < 0 ? "" : FirstOutput(subgraph, subgraph.Operators[step.Operator], rewrite),
                Original = rewrite?.Label(subgraph.Index, step.Operator) ?? "",
                OriginalOperator = rewrite?.OriginOf(subgraph.Index, step.Operator)?.Operator,
                Loop = step.Operator < 0 ? null : rewrite?.LoopOf(subgraph.Index, step.Operator),
                Tensors = held[i],
                InputBytes = step.InputBytes,
                OutputBytes = step.OutputBytes,
                OtherBytes = step.OtherBytes,
                ReservedBytes = step.ReservedBytes,
                SharedBytes = step.SharedBytes,
                RoundedBytes = rounded.Steps[i].TotalBytes,
                Macs = step.Operator < 0 ? null : costs[step.Operator].Macs,
                ParameterBytes = step.Operator < 0 ? 0 : costs[step.Operator].ParameterBytes,
            })
            .ToArray();
    }

    private static List<int>[] Held(Graph graph, (int First, int Last)[] lives, int steps)
    {
        List<int>[] held = Enumerable.Range(0, steps).Select(_ => new List<int>()).ToArray();
        foreach (GraphTensor tensor in graph.Tensors.OrderBy(tensor => tensor.Index))
        {
            for (int step = lives[tensor.Id].First; step <= lives[tensor.Id].Last; step++)
                held[step].Add(tensor.Index);
        }
        return held;
    }

    private static string FirstOutput(TfliteSubgraph subgraph, TfliteOperator op, RewriteReport? rewrite) =>
        op.Outputs.Where(t => t >= 0).Select(t => rewrite?.TensorName(subgraph.Index, t) ?? subgraph.Tensors[t].Name).FirstOrDefault() ?? "";
}
