namespace TinyReorder.Reports;

/// <summary>Lets the reports of a simplified model speak of the operators that the original has.</summary>
internal static class OriginalOperators
{
    /// <summary>A subgraph's report.</summary>
    /// <param name="report">The report, by the operators of the simplified model.</param>
    /// <param name="original">The index in the original of each operator.</param>
    public static SubgraphReport Of(SubgraphReport report, IReadOnlyList<int> original) => report with
    {
        Tensors = [.. report.Tensors.Select(row => row with
        {
            Producer = Index(row.Producer, original),
            Consumers = [.. row.Consumers.Select(op => Index(op, original))],
        })],
        Default = new OrderReport(report.Default.Name, Steps(report.Default, original)),
        Chosen = new OrderReport(report.Chosen.Name, Steps(report.Chosen, original)),
    };

    /// <summary>The report of an arena.</summary>
    /// <param name="report">The report, by the operators of the simplified model.</param>
    /// <param name="original">For each subgraph, the index in the original of each operator.</param>
    public static ArenaReport Of(ArenaReport report, IReadOnlyList<IReadOnlyList<int>> original) => report with
    {
        Blocks = [.. report.Blocks.Select(block => Block(block, original[block.Subgraph]))],
        Moments = [.. report.Moments.Select(moment => moment with { Operator = Index(moment.Operator, original[moment.Subgraph]) })],
    };

    private static ArenaBlock Block(ArenaBlock block, IReadOnlyList<int> original) => block.Role != TensorRole.Scratch ? block : block with
    {
        Operator = Index(block.Operator, original),
        Name = block.Name.Replace($" {block.Operator} ", $" {Index(block.Operator, original)} "),
    };

    private static StepRow[] Steps(OrderReport order, IReadOnlyList<int> original) =>
        [.. order.Steps.Select(step => step with { Operator = Index(step.Operator, original) })];

    private static int Index(int op, IReadOnlyList<int> original) => op < 0 ? op : original[op];
}
