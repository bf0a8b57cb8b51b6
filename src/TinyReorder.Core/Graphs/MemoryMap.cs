namespace TinyReorder.Graphs;

/// <summary>The memory of a graph in one order, step by step (Sudharsan et al. 2021, equation 2).</summary>
internal sealed class MemoryMap
{
    private MemoryMap(IReadOnlyList<MemoryStep> steps, IReadOnlyList<int> lastUse)
    {
        Steps = steps;
        LastUse = lastUse;
        for (int i = 1; i < steps.Count; i++)
            PeakStep = steps[i].TotalBytes > steps[PeakStep].TotalBytes ? i : PeakStep;
    }

    /// <summary>The moment before the first operator, then one step for each operator in the order.</summary>
    public IReadOnlyList<MemoryStep> Steps { get; }

    /// <summary>For each tensor, the last step (an index into <see cref="Steps"/>) in which it is held.</summary>
    public IReadOnlyList<int> LastUse { get; }

    /// <summary>The largest <see cref="MemoryStep.TotalBytes"/> over the steps.</summary>
    public long PeakBytes => Steps[PeakStep].TotalBytes;

    /// <summary>The first step that reaches the peak.</summary>
    public int PeakStep { get; }

    /// <summary>Computes the map of <paramref name="graph"/> when its operators run in <paramref name="order"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="order">order[i] is the operator that runs i-th; a valid order.</param>
    public static MemoryMap Of(Graph graph, IReadOnlyList<int> order)
    {
        int operators = order.Count;
        int[] stepOf = new int[operators];
        for (int i = 0; i < operators; i++)
            stepOf[order[i]] = i + 1;
        int[] lastUse = graph.Tensors.Select(tensor => LastUseOf(tensor, stepOf)).ToArray();
        var freedAfter = new long[operators + 1];
        foreach (GraphTensor tensor in graph.Tensors)
            freedAfter[lastUse[tensor.Id]] += tensor.Bytes;

        var steps = new List<MemoryStep>(operators + 1) { new(-1, 0, 0, graph.InitialBytes, 0) };
        long live = graph.InitialBytes - freedAfter[0];
        foreach (int index in order)
        {
            GraphOperator running = graph.Operators[index];
            long inputs = running.Inputs.Sum(t => graph.Tensors[t].Bytes), outputs = running.Outputs.Sum(t => graph.Tensors[t].Bytes);
            int step = steps.Count;
            long shared = SharedBytes.For(graph, running)?.Of(t => lastUse[t] == step) ?? 0;
            steps.Add(new MemoryStep(index, inputs, outputs, live - inputs, running.ReservedBytes, shared));
            live += outputs - freedAfter[steps.Count - 1];
        }
        return new MemoryMap(steps, lastUse);
    }

    /// <summary>The tensors held during <paramref name="step"/> of this map of <paramref name="graph"/>.</summary>
    public IEnumerable<GraphTensor> TensorsAt(Graph graph, int step)
    {
        var stepOf = new Dictionary<int, int>();
        for (int i = 1; i < Steps.Count; i++)
            stepOf[Steps[i].Operator] = i;
        return graph.Tensors.Where(tensor => (tensor.IsInput ? 0 : stepOf[tensor.Producer]) <= step && step <= LastUse[tensor.Id]);
    }

    private static int LastUseOf(GraphTensor tensor, int[] stepOf)
    {
        if (tensor.IsOutput)
            return stepOf.Length;
        int last = tensor.IsInput ? 0 : stepOf[tensor.Producer];
        foreach (int consumer in tensor.Consumers)
            last = Math.Max(last, stepOf[consumer]);
        return last;
    }
}
