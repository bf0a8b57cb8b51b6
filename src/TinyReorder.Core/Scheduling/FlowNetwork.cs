namespace TinyReorder.Scheduling;

/// <summary>Maximum flow by blocking flows on shortest paths (Dinitz 1970), without recursion.</summary>
internal sealed class FlowNetwork(int nodes)
{
    /// <summary>A capacity that no flow exhausts.</summary>
    public const long Unbounded = long.MaxValue / 4;

    private readonly int[] firstEdge = Enumerable.Repeat(-1, nodes).ToArray();
    private readonly int[] level = new int[nodes];
    private readonly int[] current = new int[nodes];
    private readonly int[] queue = new int[nodes];
    private readonly List<int> nextEdge = [];
    private readonly List<int> target = [];
    private readonly List<long> capacity = [];

    public void AddEdge(int from, int to, long bytes)
    {
        Add(from, to, bytes);
        Add(to, from, 0);
    }

    /// <summary>Edges looked at so far.</summary>
    public long Looks { get; private set; }

    /// <summary>Sends as much as possible from <paramref name="source"/> to <paramref name="sink"/>, and returns how much that is.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="mostLooks">
    /// After so many looks at edges no further layers are made: what is sent then is a flow, and so no more than any cut, but may be less than could be
    /// sent.
    /// </param>
    public long Maximize(int source, int sink, long mostLooks = long.MaxValue)
    {
        long total = 0;
        int[] path = new int[nodes];
        while (Looks <= mostLooks && Layer(source, sink))
        {
            Array.Copy(firstEdge, current, nodes);
            int depth = 0, node = source;
            while (true)
            {
                if (node == sink)
                {
                    long amount = long.MaxValue;
                    for (int i = 0; i < depth; i++)
                        amount = Math.Min(amount, capacity[path[i]]);
                    int restart = depth;
                    for (int i = depth - 1; i >= 0; i--)
                    {
                        capacity[path[i]] -= amount;
                        capacity[path[i] ^ 1] += amount;
                        if (capacity[path[i]] == 0)
                            restart = i;
                    }
                    total += amount;
                    depth = restart;
                    node = target[path[depth] ^ 1];
                    continue;
                }
                int edge = current[node];
                while (edge >= 0 && (capacity[edge] == 0 || level[target[edge]] != level[node] + 1))
                {
                    edge = nextEdge[edge];
                    Looks++;
                }
                current[node] = edge;
                Looks++;
                if (edge >= 0)
                {
                    path[depth++] = edge;
                    node = target[edge];
                }
                else if (depth == 0)
                {
                    break;
                }
                else
                {
                    level[node] = -1;
                    node = target[path[--depth] ^ 1];
                }
            }
        }
        return total;
    }

    /// <summary>After <see cref="Maximize"/>: which nodes cannot reach the sink any more, the largest source side of a minimum cut.</summary>
    public bool[] LargestSourceSide(int sink) => Flooded(sink, opposite: 1).Select(reaches => !reaches).ToArray();

    /// <summary>After <see cref="Maximize"/>: which nodes the source still reaches, the smallest source side of a minimum cut.</summary>
    public bool[] SmallestSourceSide(int source) => Flooded(source, opposite: 0);

    /// <summary>The nodes that a flood from <paramref name="start"/> comes to, along edges with capacity left; with 1 against their direction.</summary>
    private bool[] Flooded(int start, int opposite)
    {
        var reached = new bool[nodes];
        int head = 0, tail = 0;
        reached[start] = true;
        queue[tail++] = start;
        while (head < tail)
        {
            int node = queue[head++];
            for (int edge = firstEdge[node]; edge >= 0; edge = nextEdge[edge])
            {
                int other = target[edge];
                if (!reached[other] && capacity[edge ^ opposite] > 0)
                {
                    reached[other] = true;
                    queue[tail++] = other;
                }
            }
        }
        return reached;
    }

    private void Add(int from, int to, long bytes)
    {
        nextEdge.Add(firstEdge[from]);
        firstEdge[from] = target.Count;
        target.Add(to);
        capacity.Add(bytes);
    }

    private bool Layer(int source, int sink)
    {
        for (int i = 0; i < nodes; i++)
            level[i] = -1;
        int head = 0, tail = 0;
        level[source] = 0;
        queue[tail++] = source;
        while (head < tail && level[sink] < 0)
        {
            int node = queue[head++];
            for (int edge = firstEdge[node]; edge >= 0; edge = nextEdge[edge])
            {
                Looks++;
                if (capacity[edge] > 0 && level[target[edge]] < 0)
                {
                    level[target[edge]] = level[node] + 1;
                    queue[tail++] = target[edge];
                }
            }
        }
        return level[sink] >= 0;
    }
}
