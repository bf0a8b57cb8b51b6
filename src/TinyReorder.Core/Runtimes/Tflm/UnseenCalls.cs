using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// Subgraphs that run although TFLM's planner does not see their calls: it reads the newer field for operator codes only (micro/micro_allocation_info.cc), the
/// interpreter also the older one. It takes their tensors for unused, and lays them over tensors that are still needed; offsets of ours set that right.
/// </summary>
internal sealed class UnseenCalls
{
    private readonly TfliteModel model;
    private readonly bool[] isRun;

    public UnseenCalls(TfliteModel model)
    {
        this.model = model;
        isRun = TflmLifetimes.Reached(model, followsOldCodes: true);
        bool[] isSeen = TflmLifetimes.Reached(model, followsOldCodes: false);
        Exist = Enumerable.Range(0, isRun.Length).Any(subgraph => isRun[subgraph] && !isSeen[subgraph]);
    }

    /// <summary>Whether the model has such subgraphs.</summary>
    public bool Exist { get; }

    /// <summary>The buffers with the lifetimes that they really have; -1 for those of subgraphs that never run.</summary>
    public IReadOnlyList<TflmBuffer> WithTrueLifetimes(IReadOnlyList<TflmBuffer> buffers, ModelOrder orders)
    {
        if (!Exist)
            return buffers;
        var lifetimes = TflmLifetimes.Of(model, orders, everySubgraph: true);
        return buffers.Select(WithTrueLifetime).ToArray();

        TflmBuffer WithTrueLifetime(TflmBuffer buffer)
        {
            (int first, int last) = buffer.IsScratch
                ? lifetimes.Operators[buffer.Subgraph][buffer.Operator] : lifetimes.Tensors[buffer.Subgraph][buffer.Tensor];
            return isRun[buffer.Subgraph] ? buffer with { First = first, Last = last } : buffer with { First = -1, Last = -1 };
        }
    }
}
