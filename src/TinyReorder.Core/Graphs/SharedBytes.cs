namespace TinyReorder.Graphs;

/// <summary>
/// What sharing can spare while an operator runs: an upper bound of the bytes that lie under two tensors at once, so that live bytes without them are a
/// lower bound of what any placement takes. It grows with every input that dies, which the order search relies on.
/// </summary>
internal sealed class SharedBytes
{
    private readonly (int Input, long Common, long Distance)[][] byOutput;
    private readonly long[] outputBytes;
    private readonly (int Input, long Bytes)[] inputs;

    private SharedBytes(Graph graph, GraphOperator running)
    {
        IGrouping<int, GraphShare>[] outputs = running.Shares.GroupBy(share => share.Output).ToArray();
        outputBytes = outputs.Select(shares => graph.Tensors[shares.Key].Bytes).ToArray();
        byOutput = outputs
            .Select((shares, i) =>
                shares.Select(share => (share.Input, share.CommonBytes(graph.Tensors[share.Input].Bytes, outputBytes[i]), Math.Max(0, share.DistanceBytes)))
                .ToArray())
            .ToArray();
        inputs = running.Shares.Select(share => share.Input).Distinct().Select(t => (t, graph.Tensors[t].Bytes)).ToArray();
    }

    /// <summary>The calculation for <paramref name="running"/>, or null where nothing can be shared.</summary>
    public static SharedBytes? For(Graph graph, GraphOperator running) => running.Shares.Count == 0 ? null : new SharedBytes(graph, running);

    /// <summary>The most that can be spared when all inputs die.</summary>
    public long Most => Of(_ => true);

    /// <summary>The most that can be spared when those inputs die for which <paramref name="dies"/> holds.</summary>
    public long Of(Func<int, bool> dies)
    {
        long total = 0;
        for (int i = 0; i < byOutput.Length; i++)
        {
            long common = 0, distance = long.MaxValue;
            foreach ((int input, long bytes, long least) in byOutput[i])
            {
                if (!dies(input))
                    continue;
                common += bytes;
                distance = Math.Min(distance, least);
            }
            // Inputs lie apart from each other, and none reaches below the least distance.
            if (common > 0)
                total += Math.Min(common, outputBytes[i] - Math.Min(distance, outputBytes[i]));
        }
        long most = 0;
        foreach ((int input, long bytes) in inputs)
            most += dies(input) ? bytes : 0;
        return Math.Min(total, most);
    }
}
