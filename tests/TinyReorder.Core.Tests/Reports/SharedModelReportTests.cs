using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Reports;

namespace TinyReorder.Tests.Reports;

/// <summary>What the report says of real models.</summary>
public sealed class SharedModelReportTests
{
    private const string Missing = "the shared models are not there";

    // Table 1 of Sudharsan et al. 2021, column "before".
    [SkippableTheory]
    [InlineData("deeplabv3_257.tflite", 5_639_592)]
    [InlineData("mobilenet_v1_025_128.tflite", 98_304)]
    public void The_default_order_peaks_where_table_1_of_the_paper_says(string model, long peakBytes)
    {
        Skip.If(ReportModels.Folder is null || !File.Exists(Path.Combine(ReportModels.Folder, model)), Missing);

        Assert.Equal(peakBytes, ReportModels.TryReport(model)!.DefaultPeakBytes);
    }

    // Columns peak_default and peak_optimal of expected.tsv: an independent solver's, tensors at their exact bytes.
    [SkippableFact]
    public void Peaks_are_those_of_an_independent_solver()
    {
        string? expected = ReportModels.Folder is null ? null : Path.Combine(ReportModels.Folder, "expected.tsv");
        Skip.IfNot(File.Exists(expected), Missing);
        var checkedModels = new HashSet<string>();
        foreach (string[] row in File.ReadLines(expected!).Skip(1).Select(line => line.Split('\t')))
        {
            // The large ones are seen below, one by one.
            if (int.Parse(row[2], null) > 100 || ReportModels.TryReport(row[0], new OptimizationRequest { Runtime = "none" }) is not { } report)
                continue;
            SubgraphReport subgraph = report.Subgraphs[int.Parse(row[1], null)];
            Assert.Equal((row[0], long.Parse(row[4], null)), (row[0], subgraph.Default.PeakBytes));
            if (report.Chosen.Plan.Order == OrderChoice.Best)
                Assert.Equal((row[0], long.Parse(row[5], null)), (row[0], subgraph.Chosen.PeakBytes));
            checkedModels.Add(row[0]);
        }
        Assert.True(checkedModels.Count >= 20, $"only {checkedModels.Count} models");
    }
}
