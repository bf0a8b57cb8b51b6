namespace TinyReorder.Tests.Shared;

/// <summary>Wirings that no network has, which is why they find what networks do not.</summary>
internal static class SyntheticWirings
{
    public static void Chain(GraphSketch g)
    {
        int last = g.Input(Size(g));
        while (g.Room > 0)
            last = g.Add("CHAIN", Size(g), last);
    }

    public static void Arbitrary(GraphSketch g)
    {
        for (int i = g.Random.Between(0, 3); i >= 0; i--)
            g.Input(Size(g));
        while (g.Room > 0)
        {
            int[] inputs = new int[g.Random.Below(5)];
            for (int i = 0; i < inputs.Length; i++)
            {
                // Half of the reads are of something recent, so that large graphs are deep as well as wide.
                int oldest = g.Random.OneIn(2) ? Math.Max(0, g.TensorCount - 8) : 0;
                inputs[i] = g.Random.Between(oldest, g.TensorCount - 1);
            }
            int outputs = g.Random.OneIn(8) ? 0 : g.Random.OneIn(4) ? g.Random.Between(2, 3) : 1;
            g.Add("ANY", Enumerable.Range(0, outputs).Select(_ => Size(g)).ToArray(), inputs);
        }
    }

    public static void SeriesParallel(GraphSketch g)
    {
        int nodes = g.Room;
        // Kept in a topological order: what splits an edge stands right behind the edge's start.
        var order = new LinkedList<int>();
        var places = new LinkedListNode<int>[Math.Max(nodes, 2)];
        places[0] = order.AddFirst(0);
        places[1] = order.AddLast(1);
        var edges = new List<(int From, int To)> { (0, 1) };
        for (int node = 2; node < nodes; node++)
        {
            int chosen = g.Random.Below(edges.Count);
            (int from, int to) = edges[chosen];
            places[node] = order.AddAfter(places[from], node);
            edges.Add((from, node));
            if (g.Random.OneIn(2))
                edges[chosen] = (node, to);
            else
                edges.Add((node, to));
        }
        var predecessors = Enumerable.Range(0, Math.Max(nodes, 2)).Select(_ => new List<int>()).ToArray();
        foreach ((int from, int to) in edges)
            predecessors[to].Add(from);
        int[] tensors = new int[predecessors.Length];
        int input = g.Input(Size(g));
        foreach (int node in order.Where(node => node < nodes))
            tensors[node] = g.Add("NODE", Size(g), predecessors[node].Count == 0 ? [input] : predecessors[node].Select(p => tensors[p]).ToArray());
    }

    public static void Layered(GraphSketch g)
    {
        List<int> before = [g.Input(Size(g))], previous = [g.Input(Size(g))];
        while (g.Room > 0)
        {
            var layer = new List<int>();
            int[] readable = [.. before, .. previous];
            for (int i = g.Random.Between(1, 6); i > 0 && g.Room > 0; i--)
                layer.Add(g.Add("NODE", Size(g), Enumerable.Range(0, g.Random.Between(1, 3)).Select(_ => g.Random.Pick(readable)).ToArray()));
            (before, previous) = (previous, layer);
        }
    }

    public static void HillsAndValleys(GraphSketch g)
    {
        int trunk = g.Input(Size(g));
        while (g.Room > 0)
        {
            int branches = g.Random.Between(2, Math.Max(2, Math.Min(12, g.Room / 4))),
                length = Math.Max(1, Math.Min(g.Random.Between(2, 8), (g.Room - 1) / branches));
            int[] ends = Enumerable.Repeat(trunk, branches).ToArray();
            for (int branch = 0; branch < branches; branch++)
            {
                for (int step = 0; step < length; step++)
                    ends[branch] = g.Add("CLIMB", step % 2 == 0 ? g.Random.Between(20, 99) : g.Random.Between(1, 30), ends[branch]);
            }
            trunk = g.Add("JOIN", g.Random.Between(1, 40), ends);
        }
    }

    private static long Size(GraphSketch g) => g.Random.Between(1, 64);
}
