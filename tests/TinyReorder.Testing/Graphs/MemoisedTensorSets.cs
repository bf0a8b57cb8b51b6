using System.Diagnostics;
using TinyReorder.Graphs;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// The search that tflite-tools (Liberis and Lane 2019) made of the same recursion: the results are kept by set of tensors. A baseline for benchmarks. The
/// recursion is unrolled here, so that the depth of a graph is no limit; time and the table's memory are. Where <see cref="PaperAlgorithm1.Covers"/> says no,
/// its peak is that of another problem.
/// </summary>
public static class MemoisedTensorSets
{
    /// <returns>The minimal peak in bytes, or null when <paramref name="limit"/> or <paramref name="mostSets"/> was reached first; and the number of sets
    /// visited.</returns>
    internal static (long? PeakBytes, int Sets) Search(Graph graph, TimeSpan limit, int mostSets = 5_000_000)
    {
        var clock = Stopwatch.StartNew();
        var paper = new PaperGraph(graph);
        var known = new Dictionary<TensorSet, long>();
        var frames = new Stack<Frame>([new Frame(paper, paper.Outputs)]);
        while (frames.Count > 0)
        {
            if (clock.Elapsed > limit || known.Count > mostSets)
                return (null, known.Count);
            Frame frame = frames.Peek();
            if (!frame.Advance(known, out TensorSet wanted))
                known[frames.Pop().Tensors] = frame.Result;
            else
                frames.Push(new Frame(paper, wanted));
        }
        return (known[paper.Outputs], known.Count);
    }

    /// <summary>One call of the recursion: the set whose cheapest peak is wanted, and the choices that are left.</summary>
    private sealed class Frame
    {
        private readonly PaperGraph paper;
        private readonly TensorSet given;
        private readonly List<(TensorSet Before, long Peak)> choices = [];
        private long cheapest;
        private int next;

        public Frame(PaperGraph paper, TensorSet tensors)
        {
            this.paper = paper;
            Tensors = tensors;
            given = paper.WithoutProducer(tensors);
            TensorSet made = tensors.Without(given);
            foreach (GraphOperator last in paper.ProducersOf(made))
            {
                TensorSet outputs = paper.Set(last.Outputs), rest = made.Without(outputs);
                if (paper.NeededByAny(outputs, rest))
                    continue;
                TensorSet before = rest.Union(paper.Set(last.Inputs));
                choices.Add((before, paper.Bytes(before.Union(outputs)) + last.ReservedBytes));
            }
            cheapest = choices.Count == 0 ? 0 : long.MaxValue;
        }

        public TensorSet Tensors { get; }

        public long Result => cheapest + paper.Bytes(given);

        /// <summary>Takes up choices for as long as their sets are known; true when <paramref name="wanted"/> has to be found first.</summary>
        public bool Advance(Dictionary<TensorSet, long> known, out TensorSet wanted)
        {
            for (; next < choices.Count; next++)
            {
                wanted = choices[next].Before;
                if (!known.TryGetValue(wanted, out long peakBefore))
                    return true;
                cheapest = Math.Min(cheapest, Math.Max(peakBefore, choices[next].Peak));
            }
            wanted = default;
            return false;
        }
    }
}
