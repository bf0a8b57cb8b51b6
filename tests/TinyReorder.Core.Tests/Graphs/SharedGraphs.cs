using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Graphs;

/// <summary>Random graphs in which operators may put outputs on inputs that die: in place, as slices, or at a distance.</summary>
public static class SharedGraphs
{
    /// <summary>The graph that <see cref="RandomGraphs.Tiny"/> draws, in few different sizes so that many tensors are equal, with shares.</summary>
    internal static Graph Tiny(ulong seed, int most) => WithShares(RandomGraphs.Tiny(seed, most), new Pcg32(seed + 77));

    /// <summary>A copy of <paramref name="graph"/> with sizes of 4 to 16 bytes and random shares at about two operators of three.</summary>
    internal static Graph WithShares(Graph graph, Pcg32 random)
    {
        var builder = new GraphBuilder();
        long[] bytes = graph.Tensors.Select(tensor => tensor.Bytes == 0 ? 0 : 4 * (1 + (tensor.Bytes % 4))).ToArray();
        foreach (GraphTensor tensor in graph.Tensors)
            builder.AddTensor(bytes[tensor.Id], tensor.IsOutput, tensor.Index, tensor.Name);
        foreach (GraphOperator op in graph.Operators)
        {
            builder.AddOperator(op.Kind, op.Inputs, op.Outputs, op.ReservedBytes);
            foreach (GraphShare share in SharesOf(op, bytes, random))
                builder.AddShare(op.Index, share);
        }
        foreach (GraphOperator op in graph.Operators)
        {
            foreach (int before in op.Predecessors)
                builder.AddConstraint(before, op.Index);
        }
        return builder.Build();
    }

    private static GraphShare[] SharesOf(GraphOperator op, long[] bytes, Pcg32 random)
    {
        int[] inputs = [.. op.Inputs], outputs = [.. op.Outputs];
        if (inputs.Length == 0 || outputs.Length == 0)
            return [];
        return random.Below(6) switch
        {
            0 or 1 => inputs.SelectMany(i => outputs.Where(o => bytes[i] == bytes[o]).Select(o => new GraphShare(i, o, 0, IsExact: true))).ToArray(),
            2 => Slices(inputs, bytes, (i, at) => new GraphShare(i, outputs[0], at, IsExact: true)),
            3 => Slices(outputs, bytes, (o, at) => new GraphShare(inputs[0], o, -at, IsExact: true)),
            4 => inputs.Select(i => new GraphShare(i, random.Pick(outputs), random.Below(20), IsExact: false)).ToArray(),
            _ => [],
        };
    }

    private static GraphShare[] Slices(int[] parts, long[] bytes, Func<int, long, GraphShare> share)
    {
        var shares = new List<GraphShare>();
        long at = 0;
        foreach (int part in parts)
        {
            shares.Add(share(part, at));
            at += bytes[part];
        }
        return [.. shares];
    }
}
