using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Reports;

/// <summary>Makes the report of a plan.</summary>
internal static class ArenaReports
{
    /// <summary>The report of <paramref name="plan"/>.</summary>
    /// <param name="model">The model whose tensors the plan places.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="rewrite">Where <paramref name="model"/> is a rewritten one, what was done to it.</param>
    public static ArenaReport Of(TfliteModel model, ArenaResult plan, RewriteReport? rewrite = null)
    {
        // The device's planner finds room for what it never sees at work; our own plan lets it lie anywhere.
        bool hasUnseen = plan.Plan == PlanChoice.Device, mayHaveUnseen = plan.Plan == PlanChoice.Own;
        ArenaBlock[] blocks = plan.Buffers
            .Where(buffer => buffer.Bytes > 0 && buffer.Last >= buffer.First
                && (buffer.Last >= 0 || hasUnseen || (mayHaveUnseen && buffer.OfflineOffset is null)))
            .Select(buffer => ToBlock(model, buffer, rewrite))
            .OrderBy(block => block.First).ThenBy(block => block.OffsetBytes).ThenBy(block => block.Subgraph).ThenBy(block => block.Tensor)
                .ThenBy(block => block.Operator)
            .ToArray();
        (int peakMoment, long peakBytes) = Peak(blocks);
        ArenaMoment[] moments = Moments(model, plan, rewrite);
        return new ArenaReport
        {
            Plan = plan,
            Name = NameOf(plan),
            Title = TitleOf(plan),
            Blocks = blocks,
            Moments = moments,
            FirstMoment = Math.Min(0, blocks.Select(block => block.First).DefaultIfEmpty(0).Min()),
            LastMoment = Math.Max(blocks.Select(block => block.Last).DefaultIfEmpty(0).Max(), moments.Select(moment => moment.Moment).DefaultIfEmpty(0).Max()),
            PeakMoment = peakMoment,
            PeakBytes = peakBytes,
        };
    }

    private static ArenaBlock ToBlock(TfliteModel model, TflmBuffer buffer, RewriteReport? rewrite)
    {
        TfliteSubgraph subgraph = model.Subgraphs[buffer.Subgraph];
        return new ArenaBlock
        {
            Subgraph = buffer.Subgraph,
            Tensor = buffer.Tensor,
            Operator = buffer.Operator,
            Name = buffer.IsScratch
                ? rewrite is null ? $"scratch of operator {buffer.Operator} {subgraph.Operators[buffer.Operator].Kind}"
                    : $"scratch of {rewrite.Sentence(buffer.Subgraph, buffer.Operator)}"
                : rewrite?.TensorName(buffer.Subgraph, buffer.Tensor) ?? subgraph.Tensors[buffer.Tensor].Name,
            Role = buffer.IsScratch ? TensorRole.Scratch
                : subgraph.Inputs.Contains(buffer.Tensor) ? TensorRole.Input
                : subgraph.Outputs.Contains(buffer.Tensor) ? TensorRole.Output : TensorRole.Activation,
            Bytes = buffer.Bytes,
            OffsetBytes = buffer.Offset,
            First = buffer.First,
            Last = buffer.Last,
        };
    }

    private static string NameOf(ArenaResult plan)
    {
        if (plan is { Order: OrderChoice.File, Plan: PlanChoice.Device, IsRewritten: false })
            return "default";
        if (plan.Plan == PlanChoice.Own)
            return ChoiceWords.Of(plan.Plan);
        string overlap = plan.Overlap == OverlapChoice.None ? "" : $"-{ChoiceWords.Of(plan.Overlap)}";
        return $"{(plan.RewriteWord ?? ChoiceWords.Of(plan.Order))}-{ChoiceWords.Of(plan.Plan)}{overlap}";
    }

    private static string TitleOf(ArenaResult plan)
    {
        string overlap = plan.Overlap switch
        {
            OverlapChoice.InPlace => ", outputs in place of inputs",
            OverlapChoice.Diagonal =>
            ", outputs over dying inputs",
            _ => ""
        };
        string order = plan.RewriteWord is { } rewritten ? rewritten : plan.Order == OrderChoice.Best ? "best order" : "file's order";
        return $"{order}, placed {Who(plan.Plan)}{overlap}";
    }

    private static string Who(PlanChoice plan) =>
        plan switch { PlanChoice.Offline => "by us", PlanChoice.Own => "by the plan that it carries", _ => "on the device" };

    /// <summary>Bytes in use only grow where something begins to live, so these are the moments to look at.</summary>
    private static (int Moment, long Bytes) Peak(ArenaBlock[] blocks)
    {
        (int Moment, long Bytes) peak = (0, 0);
        var living = new List<ArenaBlock>();
        foreach (IGrouping<int, ArenaBlock> begin in blocks.GroupBy(block => block.First))
        {
            living.RemoveAll(block => block.Last < begin.Key);
            living.AddRange(begin);
            long bytes = UnionBytes(living);
            if (bytes > peak.Bytes)
                peak = (begin.Key, bytes);
        }
        return peak;
    }

    /// <summary>The bytes that <paramref name="blocks"/> cover; what overlaps counts once.</summary>
    private static long UnionBytes(List<ArenaBlock> blocks)
    {
        long bytes = 0, end = 0;
        foreach (ArenaBlock block in blocks.OrderBy(block => block.OffsetBytes))
        {
            long top = block.OffsetBytes + block.Bytes;
            bytes += Math.Max(0, top - Math.Max(end, block.OffsetBytes));
            end = Math.Max(end, top);
        }
        return bytes;
    }

    private static ArenaMoment[] Moments(TfliteModel model, ArenaResult plan, RewriteReport? rewrite)
    {
        (int First, int Last)[][] runs = TflmLifetimes.Of(model, plan.Orders, everySubgraph: !plan.HasRuntime).Operators;
        return runs
            .SelectMany((ofSubgraph, s) => ofSubgraph.Select((life, op) => new ArenaMoment(life.First, s, op, model.Subgraphs[s].Operators[op].Kind)
            {
                Original = rewrite?.Label(s, op) ?? "",
            }))
            .Where(moment => moment.Moment >= 0)
            .OrderBy(moment => moment.Moment)
            .ToArray();
    }
}
