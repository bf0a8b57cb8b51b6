using TinyReorder.Graphs;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;
using TinyReorder.Verification;

namespace TinyReorder.Fuzz.Running;

/// <summary>What makes a result valid, whatever the file was.</summary>
internal static class SoundResult
{
    private const long Alignment = 16;
    private const double Rounding = 1e-12;

    /// <exception cref="UnsoundException">The result is not sound.</exception>
    /// <exception cref="Diagnostics.TinyReorderException">The verifier rejects the plan.</exception>
    public static void Check(OptimizationResult result, bool keepsInputs = false)
    {
        ArenaResult arena = result.Arena;
        Require(arena.ArenaBytes >= 0 && arena.ArenaBytes % Alignment == 0, $"an arena of {arena.ArenaBytes} bytes");
        Require(result.Constant.Bytes >= arena.ArenaBytes && result.Constant.Bytes % Alignment == 0, $"a constant of {result.Constant.Bytes} bytes");
        foreach (SubgraphResult subgraph in result.Subgraphs)
            Require(subgraph.LowerBoundBytes >= 0, $"subgraph {subgraph.Index}: a bound of {subgraph.LowerBoundBytes}");
        // A plan that another tool made for its own operators is left alone, right or wrong; one with overlaps is judged with the kernels' rules, where it is
        // made.
        bool isOwn = ReferenceEquals(result.OptimizedModel, result.Model.Bytes);
        TfliteModel planned = result.ModelOf(arena);
        // A plan with loops is proven where it is made, against the order in which they were found.
        if (!isOwn && arena.Overlap == OverlapChoice.None && planned == result.Model)
            Verify(planned, arena, keepsInputs);
        if (result.Rewrite is { } rewrite)
            CheckRewrite(result, rewrite);
        SameModel(planned, TfliteModel.Load(result.OptimizedModel, "optimized.tflite"), arena.Orders);
    }

    /// <summary>
    /// A plan with loops, dilated convolutions or something simplified, or a reason that is no failed proof; no more work and flash than is allowed; and the
    /// original, in some order, at the end of the file.
    /// </summary>
    private static void CheckRewrite(OptimizationResult result, RewriteOutcome rewrite)
    {
        bool isRewritten = rewrite.Plan is not null;
        int loops = rewrite.Regions.Count + rewrite.Dilated.Count;
        Require(isRewritten == loops + rewrite.Simplified.Count > 0, $"a rewrite with {rewrite.Reason}");
        bool isWhole = isRewritten && (loops > 0 || rewrite.Settings.Choice == RewriteChoice.Simplify);
        Require(isWhole == rewrite.Reason is null, $"a rewrite and {rewrite.Reason}");
        Require(rewrite.Reason != RewriteOutcome.Unproven, "a rewrite could not be proven");
        if (!isRewritten)
            return;
        Require(rewrite.WorkRatio <= rewrite.Settings.MaxWork * (1 + Rounding), $"{rewrite.WorkRatio} times the work");
        Require(rewrite.AddedFlashBytes <= rewrite.Settings.MaxFlashBytes, $"{rewrite.AddedFlashBytes} bytes more");
        byte[] original = [.. result.Model.Bytes], kept = result.OptimizedModel[^original.Length..];
        // Positions that count from the start of the file have moved.
        foreach (int field in ZipTrailer.PositionFields(original).ToArray())
        {
            Array.Clear(original, field, 4);
            Array.Clear(kept, field, 4);
        }
        foreach (TfliteBuffer buffer in result.Model.Buffers.Where(buffer => buffer.IsOutside))
        {
            Array.Clear(original, buffer.OffsetField, 8);
            Array.Clear(kept, buffer.OffsetField, 8);
        }
        foreach (TfliteSubgraph subgraph in result.Model.Subgraphs)
        {
            Array.Clear(original, subgraph.OperatorSlots, 4 * subgraph.Operators.Count);
            Array.Clear(kept, subgraph.OperatorSlots, 4 * subgraph.Operators.Count);
        }
        Require(kept.AsSpan().SequenceEqual(original), "the original is not at the end");
    }

    private static void Verify(TfliteModel model, ArenaResult arena, bool keepsInputs)
    {
        bool isTflm = arena.Runtime == "tflm";
        PlanVerifier.Verify(new PlacedPlan
        {
            Model = model,
            Orders = arena.Orders,
            Buffers = [.. arena.Buffers.Select(buffer => buffer.Placed)],
            HeightBytes = arena.PlannedBytes + arena.ScratchBytes,
            AlignmentBytes = Alignment,
            HandlesAreUnplanned = isTflm,
            EverySubgraph = !isTflm,
            FollowsOldCodes = !isTflm || arena.Plan == PlanChoice.Offline,
            KeepsInputs = keepsInputs,
        });
    }

    /// <summary>The new file says what the old one said, its operators in the new order.</summary>
    private static void SameModel(TfliteModel before, TfliteModel after, IReadOnlyList<IReadOnlyList<int>> orders)
    {
        Require(before.Subgraphs.Count == after.Subgraphs.Count, "the number of subgraphs changed");
        for (int s = 0; s < orders.Count; s++)
        {
            TfliteSubgraph old = before.Subgraphs[s], changed = after.Subgraphs[s];
            Require(old.Name == changed.Name && old.Inputs.SequenceEqual(changed.Inputs) && old.Outputs.SequenceEqual(changed.Outputs),
                $"subgraph {s} changed");
            Require(old.Tensors.Count == changed.Tensors.Count && old.Tensors.Zip(changed.Tensors).All(pair => IsSame(pair.First, pair.Second)),
                $"the tensors of subgraph {s} changed");
            Require(orders[s].Count == changed.Operators.Count, $"the number of operators of subgraph {s} changed");
            for (int i = 0; i < orders[s].Count; i++)
                Require(IsSame(old.Operators[orders[s][i]], changed.Operators[i]), $"operator {orders[s][i]} of subgraph {s} changed");
            if (orders[s].Count > 0)
                Require(Peak(before, s, orders[s]) == Peak(after, s, [.. Enumerable.Range(0, orders[s].Count)]), $"the peak of subgraph {s} changed");
        }
        for (int buffer = 0; buffer < before.BufferCount; buffer++)
        {
            bool isMetadata = before.Metadata.Any(entry => entry.Buffer == buffer);
            Require(isMetadata || before.BufferBytes(buffer).AsSpan().SequenceEqual(after.BufferBytes(buffer)), $"buffer {buffer} changed");
        }
    }

    private static long Peak(TfliteModel model, int subgraph, IReadOnlyList<int> order) =>
        MemoryMap.Of(SubgraphGraph.Create(model, subgraph, GraphSizing.Plain), order).PeakBytes;

    private static bool IsSame(TfliteTensor a, TfliteTensor b) =>
        a.Name == b.Name && a.Type == b.Type && a.Buffer == b.Buffer && a.IsConstant == b.IsConstant && a.IsVariable == b.IsVariable
            && a.Shape.SequenceEqual(b.Shape) && a.ZeroPoint == b.ZeroPoint;

    private static bool IsSame(TfliteOperator a, TfliteOperator b) =>
        a.Code == b.Code && a.CustomCode == b.CustomCode && a.Version == b.Version && a.Inputs.SequenceEqual(b.Inputs) && a.Outputs.SequenceEqual(b.Outputs)
        && a.Intermediates.SequenceEqual(b.Intermediates) && a.Options.CustomOptions.SequenceEqual(b.Options.CustomOptions);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new UnsoundException(otherwise);
    }
}
