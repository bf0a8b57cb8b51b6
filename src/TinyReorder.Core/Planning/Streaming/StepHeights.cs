using TinyReorder.Graphs;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Planning.Streaming;

/// <summary>What is held at each step of the first subgraph in the file's order.</summary>
internal sealed class StepHeights
{
    private readonly long alignmentBytes;
    private readonly (int Tensor, int First, int Last, long Bytes)[] lives;

    /// <summary>The steps of a graph.</summary>
    public StepHeights(TfliteSubgraph subgraph, Graph graph, long alignmentBytes)
    {
        this.alignmentBytes = alignmentBytes;
        var map = MemoryMap.Of(graph, [.. Enumerable.Range(0, graph.Operators.Count)]);
        OfOperator = [.. map.Steps.Skip(1).Select(step => step.TotalBytes)];
        Reserved = [.. graph.Operators.Select(op => op.ReservedBytes)];
        lives = [.. graph.Tensors.Select(tensor => (tensor.Index, tensor.IsInput ? -1 : tensor.Producer, map.LastUse[tensor.Id] - 1,
            Aligned(subgraph.Tensors[tensor.Index].Bytes)))];
    }

    /// <summary>The bytes held while each operator runs.</summary>
    public IReadOnlyList<long> OfOperator { get; }

    /// <summary>The scratch of each operator.</summary>
    public IReadOnlyList<long> Reserved { get; }

    /// <summary>What offsets are multiples of.</summary>
    public long AlignmentBytes => alignmentBytes;

    /// <summary>Rounded up to what offsets are multiples of.</summary>
    public long Aligned(long bytes) => Rounding.Up(bytes, alignmentBytes);

    /// <summary>What is held beside a region while it runs: tensors that are none of its own.</summary>
    public long Beside(int first, int last, ISet<int> own) =>
        lives.Where(life => life.First < last && life.Last >= first && !own.Contains(life.Tensor) && (life.First < first || life.Last > last))
            .Sum(life => life.Bytes);
}
