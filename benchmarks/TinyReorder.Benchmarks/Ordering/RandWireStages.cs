using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>
/// Randomly wired networks (Xie et al. 2019) in their "small regime": each stage is a Watts-Strogatz graph with 4 neighbours, rewired with probability 0.75.
/// A node with several inputs adds them up and then convolves; the last operator of a stage adds up what no node read. Each stage halves both sides of the
/// image and doubles the channels.
/// </summary>
internal static class RandWireStages
{
    private const int Neighbours = 4, RewiredInFour = 3;

    public static Graph Create(int stages, int nodes, ulong seed)
    {
        var random = new Pcg32(seed);
        var builder = new GraphBuilder();
        // The stem's output at 224 x 224: 56 x 56 x 32 in int8.
        long bytes = 56 * 56 * 32;
        int trunk = builder.AddTensor(bytes);
        for (int stage = 0; stage < stages; stage++)
        {
            bytes /= 2;
            SortedSet<int>[] predecessors = Wire(nodes, random);
            int[] tensors = new int[nodes];
            var read = predecessors.SelectMany(p => p).ToHashSet();
            for (int node = 0; node < nodes; node++)
            {
                int[] inputs = predecessors[node].Count == 0 ? [trunk] : predecessors[node].Select(p => tensors[p]).ToArray();
                tensors[node] = Add("CONV_2D", inputs.Length == 1 ? inputs[0] : Add("ADD_N", inputs));
            }
            trunk = Add("ADD_N", Enumerable.Range(0, nodes).Where(node => !read.Contains(node)).Select(node => tensors[node]).ToArray());
        }
        int pooled = builder.AddTensor(1_000, isOutput: true);
        builder.AddOperator("FULLY_CONNECTED", [trunk], [pooled]);
        return builder.Build();

        int Add(string kind, params int[] inputs)
        {
            int output = builder.AddTensor(bytes);
            builder.AddOperator(kind, inputs, [output]);
            return output;
        }
    }

    /// <summary>For each node, the earlier ones that it reads: a ring whose edges, one distance after the other, are led elsewhere at random.</summary>
    private static SortedSet<int>[] Wire(int nodes, Pcg32 random)
    {
        var edges = new HashSet<(int Low, int High)>();
        for (int distance = 1; distance <= Neighbours / 2; distance++)
        {
            for (int node = 0; node < nodes; node++)
                edges.Add(Edge(node, (node + distance) % nodes));
        }
        for (int distance = 1; distance <= Neighbours / 2; distance++)
        {
            for (int node = 0; node < nodes; node++)
            {
                (int, int) old = Edge(node, (node + distance) % nodes);
                if (random.Below(4) >= RewiredInFour || !edges.Contains(old))
                    continue;
                int other = random.Below(nodes);
                if (other == node || edges.Contains(Edge(node, other)))
                    continue;
                edges.Remove(old);
                edges.Add(Edge(node, other));
            }
        }
        var predecessors = Enumerable.Range(0, nodes).Select(_ => new SortedSet<int>()).ToArray();
        foreach ((int low, int high) in edges)
            predecessors[high].Add(low);
        return predecessors;
    }

    private static (int Low, int High) Edge(int a, int b) => (Math.Min(a, b), Math.Max(a, b));
}
