using System.Globalization;
using TinyReorder.Optimization;
using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites;
using TinyReorder.Tflite;
using TinyReorder.Work;

namespace TinyReorder.Reports;

/// <summary>What a rewrite did to a model, in the words of the original: for the memory map.</summary>
internal sealed class RewriteReport
{
    private readonly RewriteOutcome outcome;
    private readonly TfliteSubgraph original;
    private readonly TfliteModel rewritten;

    private RewriteReport(RewriteOutcome outcome, TfliteModel original, TfliteModel rewritten)
    {
        (this.outcome, this.original, this.rewritten) = (outcome, original.Subgraphs[0], rewritten);
        Work = WorkChanges.Of(outcome);
    }

    /// <summary>The regions that run as loops, the first of them loop 1.</summary>
    public IReadOnlyList<StreamedRegion> Regions => outcome.Regions;

    /// <summary>Predicted work in parts of the original's.</summary>
    public double WorkRatio => outcome.WorkRatio;

    /// <summary>What the work is counted in: <c>instructions</c>, or <c>MACs</c> where nothing was measured for the kernels.</summary>
    public string WorkUnit => outcome.WorkAfter?.Measure == WorkMeasure.Instructions ? "instructions" : "MACs";

    /// <summary>The name of the work model's rates.</summary>
    public string WorkModel => outcome.WorkAfter?.Model ?? WorkUnit;

    /// <summary>How many bytes longer the file is than without the rewrite.</summary>
    public long AddedFlashBytes => outcome.AddedFlashBytes;

    /// <summary>Convolutions of the original that got a dilation.</summary>
    public IReadOnlyList<int> Dilated => outcome.Dilated;

    /// <summary>Where the added work goes.</summary>
    public IReadOnlyList<WorkChange> Work { get; }

    /// <summary>The report of a result; null where no region runs as a loop and nothing is dilated.</summary>
    public static RewriteReport? Of(OptimizationResult result) =>
        result.Rewrite is { Plan: not null, Origins.Count: > 0 } outcome ? new RewriteReport(outcome, result.Model, result.PlannedModel) : null;

    /// <summary>The operators of the original that run in a loop, in the order in which they run there.</summary>
    public IReadOnlyList<int> OperatorsOf(StreamedRegion region) =>
        [.. (region.Body is { } body ? outcome.Origins[body] : region.Bands.Select(op => outcome.Origins[0][op])).OfType<OperatorOrigin>()
            .Select(origin => origin.Operator).Distinct()];

    /// <summary>Such as <c>3 CONV_2D</c>.</summary>
    public string NameOf(int op) => $"{op} {original.Operators[op].Kind}";

    /// <summary>Which operator of the original an operator of the rewritten model works for; null for none.</summary>
    public OperatorOrigin? OriginOf(int subgraph, int op) => op >= 0 ? outcome.Origins[subgraph][op] : null;

    /// <summary>Which loop, or run of bands, an operator of the rewritten model is, or belongs to; null for none.</summary>
    public int? LoopOf(int subgraph, int op)
    {
        if (LoopReport.Find(Regions, subgraph) is { } loop)
            return loop.Number;
        if (LoopReport.FindBands(Regions, subgraph, op) is { } bands)
            return bands;
        if (op < 0 || rewritten.Subgraphs[subgraph].Operators[op] is not { Kind: "WHILE" } call || OriginOf(subgraph, op) is not null)
            return null;
        int body = SubgraphRuns.BodyOf(call);
        return LoopReport.Find(Regions, body)?.Number;
    }

    /// <summary>What a region is called: such as <c>loop 1</c> or <c>bands 1</c>.</summary>
    public string RegionName(int number) => $"{(Regions[number - 1].Body is null ? "bands" : "loop")} {number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>
    /// What an operator of the rewritten model is in the original: such as <c>3</c>; <c>for 3</c> where it moves rows for it; <c>loop 1</c> for what a loop
    /// takes for itself; empty where there is nothing to say.
    /// </summary>
    public string Label(int subgraph, int op) => OriginOf(subgraph, op) is { } origin
        ? $"{(origin.IsItself ? "" : "for ")}{origin.Operator}" : LoopOf(subgraph, op) is { } loop && op >= 0 ? RegionName(loop) : "";

    /// <summary>The same as a sentence's part, such as <c>loop 1, operator 3 CONV_2D</c> or <c>loop 1, GATHER for operator 3 CONV_2D</c>.</summary>
    public string Sentence(int subgraph, int op)
    {
        string kind = rewritten.Subgraphs[subgraph].Operators[op].Kind;
        string where = LoopOf(subgraph, op) is { } loop ? RegionName(loop) : "";
        string what = OriginOf(subgraph, op) switch
        {
            { IsItself: true } origin => $"operator {NameOf(origin.Operator)}",
            { } origin => $"{kind} for operator {NameOf(origin.Operator)}",
            null => kind,
        };
        return where.Length > 0 ? $"{where}, {what}" : what;
    }

    /// <summary>The name of a tensor; one that the rewrite added, which has none in the file, is named by what it holds.</summary>
    public string TensorName(int subgraph, int tensor)
    {
        TfliteSubgraph of = rewritten.Subgraphs[subgraph];
        if (of.Tensors[tensor].Name.Length > 0)
            return of.Tensors[tensor].Name;
        if (of.Operators.FirstOrDefault(op => op.Outputs.Contains(tensor)) is { } producer)
        {
            if (OriginOf(subgraph, producer.Index) is { } origin)
                return $"{(origin.IsItself ? "rows of" : "for")} operator {origin.Operator}";
            if (LoopOf(subgraph, producer.Index) is not { } made)
                return "";
            return producer.Kind == "WHILE" ? Variable(made, producer.Outputs, tensor)
                : of.Tensors[tensor].Type == TensorType.Bool ? $"whether a turn of loop {made} is left" : $"counter of loop {made}";
        }
        if (LoopReport.Find(Regions, subgraph) is { } loop)
            return Variable(loop.Number, of.Inputs, tensor);
        // What a loop is given, and nothing wrote before: the place of its output.
        TfliteOperator? reader = of.Operators.FirstOrDefault(op => op.Inputs.Contains(tensor));
        return reader is not null && LoopOf(subgraph, reader.Index) is { } read ? Variable(read, reader.Inputs, tensor) : "";
    }

    private static string Variable(int loop, IReadOnlyList<int> variables, int tensor)
    {
        int index = Enumerable.Range(0, variables.Count).First(i => variables[i] == tensor);
        return index == 0 ? $"counter of loop {loop}" : $"variable {index} of loop {loop}";
    }
}
