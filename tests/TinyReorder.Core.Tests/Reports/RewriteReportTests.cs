using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Rewrites;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Reports;

/// <summary>Reports of streamed models speak of the operators of the original, by their index in its file, wherever they run.</summary>
public sealed class RewriteReportTests
{
    private static readonly Lazy<OptimizationResult> Result = new(() => Optimize(Images(isOtherOrder: false))),
        Reordered = new(() => Optimize(Images(isOtherOrder: true)));

    public static TheoryData<bool> Orders => [false, true];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_operator_of_the_original_is_found_once_and_is_what_it_was(bool isOtherOrder)
    {
        OptimizationResult result = (isOtherOrder ? Reordered : Result).Value;
        Assert.True(result.Arena.IsStreamed, result.Rewrite!.Reason);
        var themselves = new List<int>();
        foreach (TfliteSubgraph subgraph in result.PlannedModel.Subgraphs)
        {
            IReadOnlyList<OperatorOrigin?> origins = result.Rewrite!.Origins[subgraph.Index];
            Assert.Equal(subgraph.Operators.Count, origins.Count);
            foreach ((TfliteOperator op, OperatorOrigin? origin) in subgraph.Operators.Zip(origins))
            {
                if (origin is not { IsItself: true })
                    continue;
                themselves.Add(origin.Operator);
                Assert.Equal(result.Model.Subgraphs[0].Operators[origin.Operator].Kind, op.Kind);
                // What it computes with is what it was.
                Assert.Equal(Constants(result.Model.Subgraphs[0], result.Model.Subgraphs[0].Operators[origin.Operator]), Constants(subgraph, op));
            }
        }
        Assert.Equal(Enumerable.Range(0, result.Model.Subgraphs[0].Operators.Count), themselves.Order());
        int[] ofMain = [.. result.Rewrite!.Origins[0].OfType<OperatorOrigin>().Select(origin => origin.Operator)];
        Assert.Equal(isOtherOrder, !ofMain.SequenceEqual(ofMain.Order()));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_work_of_all_rows_is_the_work_that_the_rewrite_adds(bool isOtherOrder)
    {
        OptimizationResult result = (isOtherOrder ? Reordered : Result).Value;
        RewriteReport report = RewriteReport.Of(result)!;
        double added = result.Rewrite!.WorkAfter!.Total - result.Rewrite.WorkBefore!.Total;

        Assert.Equal(added, report.Work.Sum(change => change.Added), Math.Abs(added) * 1e-6);
        Assert.Equal(report.Regions.Count, report.Work.Count(change => change.Operator is null));
        Assert.All(report.Work.Where(change => change.Operator is not null), change =>
            Assert.Equal(result.Model.Subgraphs[0].Operators[change.Operator!.Value].Kind, change.Kind));
        Assert.All(report.Regions, region => Assert.Equal(report.OperatorsOf(region),
            report.Work.Where(change => change.Operator is not null && change.Loop == 1 + report.Regions.TakeWhile(other => other != region).Count())
                .Select(change => change.Operator!.Value)));
    }

    [Fact]
    public void Tensors_without_a_name_are_named_by_what_they_hold()
    {
        var report = MemoryReport.Of(Result.Value);

        Assert.All(report.Subgraphs.SelectMany(subgraph => subgraph.Tensors), tensor => Assert.NotEqual("", tensor.Name));
        Assert.All(report.Chosen.Blocks, block => Assert.NotEqual("", block.Name));
        SubgraphReport body = report.Subgraphs.Single(subgraph => subgraph.Loop is { IsBody: true });
        Assert.Contains(body.Tensors, tensor => tensor.Name == "counter of loop 1");
        Assert.Contains(body.Tensors, tensor => tensor.Name == "variable 1 of loop 1");
        Assert.Contains(body.Tensors, tensor => tensor.Name.StartsWith("rows of operator ", StringComparison.Ordinal));
        Assert.Contains(body.Tensors, tensor => tensor.Name.StartsWith("for operator ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_stays_as_it_is_has_nothing_of_a_rewrite_in_its_report()
    {
        OptimizationResult result = ModelOptimizer.Optimize(Images(isOtherOrder: false), new OptimizationRequest());
        var report = MemoryReport.Of(result);

        Assert.Null(report.Rewrite);
        Assert.DoesNotContain("\"rewrite\"", MapJson.Of(report), StringComparison.Ordinal);
        Assert.DoesNotContain("\"original\"", MapJson.Of(report), StringComparison.Ordinal);
        Assert.DoesNotContain(MapText.Lines(report), line => line.Contains("original", StringComparison.Ordinal));
    }

    private static int Constants(TfliteSubgraph subgraph, TfliteOperator op) => op.Inputs.Skip(1).Count(t => t >= 0 && subgraph.Tensors[t].IsConstant);

    private static OptimizationResult Optimize(TfliteModel model) => ModelOptimizer.Optimize(model, StreamRequests.Generous);

    /// <summary>Convolutions on images of 40 rows; beside them a branch that the best order runs at another time than the file does.</summary>
    private static TfliteModel Images(bool isOtherOrder)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 40, 40, 3]);
        ModelTensor? early = isOtherOrder ? b.Conv2D(b.Input("y", [1, 8, 8, 4]), filters: 48, kernel: 3) : null;
        ModelTensor wide = b.Conv2D(x, filters: 16, kernel: 3, fused: Fused.Relu);
        ModelTensor deep = b.GlobalAveragePool(b.Conv2D(b.DepthwiseConv2D(wide, kernel: 3), filters: 16, kernel: 3, stride: 2));
        ModelTensor all = early is null ? deep : b.Concat(3, deep, b.GlobalAveragePool(early));
        b.Output(b.FullyConnected(b.Reshape(all, 1, all.Size(3)), units: 4));
        return TfliteModel.Load(b.Build(), "images.tflite");
    }
}
