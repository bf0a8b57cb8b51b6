namespace TinyReorder.Scheduling;

/// <summary>
/// The least that is live between two operators, over all executed sets between two given ones: a minimum cut, since what is live is a submodular function of
/// the executed set (a tensor costs its bytes when its producer is inside and not all of its consumers are).
/// </summary>
internal static class MinimumLive
{
    /// <summary>The place of an operator that has not run, and of one that has.</summary>
    public const int Outside = -1, InBase = -2;

    private const int Source = 0;
    private const int Sink = 1;

    /// <summary>Which of <paramref name="free"/> are in the largest set of least live bytes that contains the base.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="place">For each operator: <see cref="Outside"/>, <see cref="InBase"/>, or its position in <paramref name="free"/>.</param>
    /// <param name="free">Operators that may be in the set or not; closed under predecessors together with the base.</param>
    public static bool[] LargestSet(SearchGraph graph, int[] place, IReadOnlyList<int> free)
    {
        FlowNetwork network = Network(graph, place, free, out int _);
        network.Maximize(Source, Sink);
        return network.LargestSourceSide(Sink);
    }

    /// <summary>Which of <paramref name="free"/> are in the smallest such set.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="place">As above.</param>
    /// <param name="free">As above.</param>
    public static bool[] SmallestSet(SearchGraph graph, int[] place, IReadOnlyList<int> free)
    {
        FlowNetwork network = Network(graph, place, free, out int _);
        network.Maximize(Source, Sink);
        return network.SmallestSourceSide(Source);
    }

    /// <summary>The least live bytes over those sets, or less where finding them takes too long.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="place">As above.</param>
    /// <param name="free">As above.</param>
    /// <param name="looks">How many edges may be looked at; what is left of them afterwards.</param>
    public static long LowerBound(SearchGraph graph, int[] place, IReadOnlyList<int> free, ref long looks)
    {
        long always = 0;
        for (int t = 0; t < graph.TensorBytes.Length; t++)
        {
            bool isProduced = graph.Producer[t] < 0 || place[graph.Producer[t]] == InBase;
            if (isProduced && (graph.IsKept[t] || graph.Consumers[t].Any(c => place[c] == Outside)))
                always += graph.TensorBytes[t];
        }
        FlowNetwork network = Network(graph, place, free, out int _);
        long bytes = always + network.Maximize(Source, Sink, looks);
        looks -= network.Looks;
        return bytes;
    }

    /// <summary>The node of the free operator at <paramref name="position"/>.</summary>
    public static int Node(int position) => position + 2;

    private static FlowNetwork Network(SearchGraph graph, int[] place, IReadOnlyList<int> free, out int nodes)
    {
        var tensors = new List<int>();
        var seen = new HashSet<int>();
        foreach (int o in free)
        {
            foreach (int t in graph.Inputs[o])
            {
                if (seen.Add(t))
                    tensors.Add(t);
            }
            foreach (int t in graph.Outputs[o])
            {
                if (graph.TensorBytes[t] > 0 && seen.Add(t))
                    tensors.Add(t);
            }
        }
        nodes = 2 + free.Count + tensors.Count;
        var network = new FlowNetwork(nodes);
        for (int i = 0; i < free.Count; i++)
        {
            foreach (int p in graph.Predecessors[free[i]])
            {
                if (place[p] >= 0)
                    network.AddEdge(Node(i), Node(place[p]), FlowNetwork.Unbounded);
            }
        }
        for (int i = 0; i < tensors.Count; i++)
            AddTensor(graph, place, network, tensors[i], Node(free.Count + i));
        return network;
    }

    private static void AddTensor(SearchGraph graph, int[] place, FlowNetwork network, int tensor, int node)
    {
        int producer = graph.Producer[tensor];
        bool isProducedInBase = producer < 0 || place[producer] == InBase;
        bool neverDies = graph.IsKept[tensor] || graph.Consumers[tensor].Any(c => place[c] == Outside);
        if (isProducedInBase && neverDies)
            return;
        if (neverDies)
        {
            network.AddEdge(Node(place[producer]), Sink, graph.TensorBytes[tensor]);
            return;
        }
        if (graph.Consumers[tensor].Length == 0)
            return;
        network.AddEdge(isProducedInBase ? Source : Node(place[producer]), node, graph.TensorBytes[tensor]);
        foreach (int consumer in graph.Consumers[tensor])
        {
            if (place[consumer] >= 0)
                network.AddEdge(node, Node(place[consumer]), FlowNetwork.Unbounded);
        }
    }
}
