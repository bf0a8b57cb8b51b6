namespace TinyReorder.Tests.Shared;

/// <summary>Wirings of published networks, with sizes that shrink and grow as theirs do.</summary>
internal static class NetworkWirings
{
    public static void NasNet(GraphSketch g)
    {
        long size = 32 * 1024;
        int before = g.Input(3 * size / 4), last = g.Add("CONV_2D", size, before);
        before = last;
        for (int cell = 1; g.Room > 0; cell++)
        {
            if (cell % 6 == 0)
                size = Math.Max(size / 2, 256);
            int left = g.Add("CONV_2D", size, before), right = g.Add("CONV_2D", size, last);
            List<int> states = [left, right];
            var used = new HashSet<int>();
            for (int block = 0; block < 5; block++)
            {
                int a = g.Random.Pick(states), b = g.Random.Pick(states);
                used.UnionWith([a, b]);
                states.Add(g.Add("ADD", size, Transform(a), Transform(b)));
            }
            (before, last) = (last, g.Add("CONCATENATION", 4 * size, states.Where(state => !used.Contains(state)).ToArray()));

            int Transform(int state) => g.Random.Below(3) switch
            {
                0 => g.Add("CONV_2D", size, g.Add("DEPTHWISE_CONV_2D", size, state)),
                1 => g.Add("MAX_POOL_2D", size, state),
                _ => state,
            };
        }
    }

    public static void RandWire(GraphSketch g)
    {
        const int neighbours = 4, rewiredInEight = 6;
        long size = 16 * 1024;
        int trunk = g.Input(size);
        while (g.Room > 0)
        {
            int nodes = Math.Min(32, Math.Max(5, g.Room / 2));
            var predecessors = Enumerable.Range(0, nodes).Select(_ => new SortedSet<int>()).ToArray();
            for (int node = 0; node < nodes; node++)
            {
                for (int step = 1; step <= neighbours / 2; step++)
                {
                    int other = g.Random.Below(8) < rewiredInEight ? g.Random.Below(nodes) : (node + step) % nodes;
                    if (other != node)
                        predecessors[Math.Max(node, other)].Add(Math.Min(node, other));
                }
            }
            int[] tensors = new int[nodes];
            var read = new HashSet<int>();
            for (int node = 0; node < nodes; node++)
            {
                int[] inputs = predecessors[node].Count == 0 ? [trunk] : predecessors[node].Select(p => tensors[p]).ToArray();
                tensors[node] = g.Add("CONV_2D", size, inputs.Length > 1 ? g.Add("ADD_N", size, inputs) : inputs[0]);
                read.UnionWith(predecessors[node]);
            }
            trunk = g.Add("ADD_N", size, Enumerable.Range(0, nodes).Where(node => !read.Contains(node)).Select(node => tensors[node]).ToArray());
            size = Math.Max(size / 2, 64);
        }
    }

    public static void UNet(GraphSketch g)
    {
        int last = g.Input(12 * 1024);
        while (g.Room > 0)
        {
            int depth = Math.Clamp(g.Room / 8, 1, 5);
            long size = 64 * 1024;
            var skipped = new Stack<(int Tensor, long Size)>();
            for (int level = 0; level < depth; level++, size /= 2)
            {
                last = Twice(last, size);
                skipped.Push((last, size));
                last = g.Add("MAX_POOL_2D", size / 4, last);
            }
            last = Twice(last, size);
            foreach ((int skip, long fine) in skipped)
                last = Twice(g.Add("CONCATENATION", 2 * fine, skip, g.Add("TRANSPOSE_CONV", fine, last)), fine);
            last = g.Add("CONV_2D", 4 * 1024, last);
        }

        int Twice(int tensor, long size) => g.Add("CONV_2D", size, g.Add("CONV_2D", size, tensor));
    }

    public static void Transformer(GraphSketch g)
    {
        const int heads = 4;
        const long tokens = 64, width = 128;
        int stream = g.Input(tokens * width);
        while (g.Room > 0)
        {
            int normal = g.Add("LAYER_NORM", tokens * width, stream);
            var contexts = new List<int>();
            for (int head = 0; head < heads; head++)
            {
                const long part = tokens * width / heads;
                int query = g.Add("FULLY_CONNECTED", part, normal), key = g.Add("FULLY_CONNECTED", part, normal),
                    value = g.Add("FULLY_CONNECTED", part, normal);
                int scores = g.Add("SOFTMAX", tokens * tokens, g.Add("BATCH_MATMUL", tokens * tokens, query, key));
                contexts.Add(g.Add("BATCH_MATMUL", part, scores, value));
            }
            int attended = g.Add("ADD", tokens * width, stream,
                g.Add("FULLY_CONNECTED", tokens * width, g.Add("CONCATENATION", tokens * width, [.. contexts])));
            int hidden = g.Add("GELU", tokens * width * 4, g.Add("FULLY_CONNECTED", tokens * width * 4, g.Add("LAYER_NORM", tokens * width, attended)));
            stream = g.Add("ADD", tokens * width, attended, g.Add("FULLY_CONNECTED", tokens * width, hidden));
        }
    }

    public static void HRNet(GraphSketch g)
    {
        var streams = new List<(int Tensor, long Size)> { (g.Input(24 * 1024), 32 * 1024) };
        for (int stage = 0; g.Room > 0; stage++)
        {
            streams = streams.Select(stream =>
                (g.Add("ADD", stream.Size, stream.Tensor, g.Add("CONV_2D", stream.Size, g.Add("CONV_2D", stream.Size, stream.Tensor))), stream.Size)).ToList();
            if (streams.Count < 4 && stage % 2 == 0)
                streams.Add((g.Add("CONV_2D", streams[^1].Size / 2, streams[^1].Tensor), streams[^1].Size / 2));
            var fused = new List<(int, long)>();
            foreach ((int own, long size) in streams)
            {
                int sum = own;
                foreach ((int other, _) in streams.Where(stream => stream.Tensor != own))
                    sum = g.Add("ADD", size, sum, g.Add("RESIZE_BILINEAR", size, g.Add("CONV_2D", Math.Min(size, g.Bytes(other)), other)));
                fused.Add((sum, size));
            }
            streams = fused;
        }
    }

    public static void BiFpn(GraphSketch g)
    {
        const int levels = 5;
        long[] sizes = Enumerable.Range(0, levels).Select(level => 64L * 1024 >> (2 * level)).ToArray();
        int[] features = new int[levels];
        int last = g.Input(48 * 1024);
        for (int level = 0; level < levels; level++)
            features[level] = last = g.Add("CONV_2D", sizes[level], last);
        while (g.Room > 0)
        {
            int[] down = (int[])features.Clone(), up = (int[])features.Clone();
            for (int level = levels - 2; level >= 0; level--)
                down[level] = Fuse(sizes[level], features[level], g.Add("RESIZE_NEAREST_NEIGHBOR", sizes[level], down[level + 1]));
            up[0] = down[0];
            for (int level = 1; level < levels; level++)
                up[level] = Fuse(sizes[level], features[level], down[level], g.Add("MAX_POOL_2D", sizes[level], up[level - 1]));
            features = up;
        }

        int Fuse(long size, params int[] parts) => g.Add("CONV_2D", size, g.Add("DEPTHWISE_CONV_2D", size, g.Add("ADD_N", size, parts)));
    }

    public static void DenseNet(GraphSketch g)
    {
        long growth = 4 * 1024;
        int last = g.Add("CONV_2D", 2 * growth, g.Input(6 * growth));
        while (g.Room > 0)
        {
            int layers = g.Random.Between(3, 12);
            List<int> features = [last];
            for (int layer = 0; layer < layers; layer++)
            {
                int all = features.Count == 1 ? features[0] : g.Add("CONCATENATION", features.Sum(g.Bytes), [.. features]);
                features.Add(g.Add("CONV_2D", growth, g.Add("CONV_2D", 4 * growth, all)));
            }
            int joined = g.Add("CONCATENATION", features.Sum(g.Bytes), [.. features]);
            growth = Math.Max(growth / 2, 64);
            last = g.Add("AVERAGE_POOL_2D", layers * growth, g.Add("CONV_2D", 2 * layers * growth, joined));
        }
    }
}
