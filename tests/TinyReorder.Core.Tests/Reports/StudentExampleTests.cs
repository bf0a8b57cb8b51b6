using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Reports;

/// <summary>The figures of the student report (operator reordering with tflite-tools).</summary>
public sealed class StudentExampleTests
{
    private static readonly MemoryReport Report = ReportModels.Report(ReportModels.StudentExample().Build(), "student.tflite");

    [Fact]
    public void Each_operator_holds_the_published_bytes() => Assert.Equal(
        [17_472L, 26_944, 15_680, 3_264, 138, 20], Report.Subgraphs[0].Default.Steps.Skip(1).Select(step => step.TotalBytes));

    [Fact]
    public void The_text_has_the_published_tensors_working_sets_and_peak()
    {
        string[] lines = [.. MapText.Lines(Report)];

        string[] bytes = ["14,400", "3,072", "12,544", "3,136", "128", "10"];
        string[] tensors = [.. lines.SkipWhile(line => line != "tensors").Skip(2).TakeWhile(line => line.Length > 0)];
        Assert.All(bytes, size => Assert.Contains(tensors, line => line.EndsWith(" " + size, StringComparison.Ordinal)));
        Assert.Contains(tensors, line => line.Contains("(1,30,30,16)", StringComparison.Ordinal) && line.EndsWith("14,400", StringComparison.Ordinal));
        string[] sets = ["17,472", "26,944", "15,680", "3,264", "138", "20"];
        string[] steps = [.. lines.SkipWhile(line => !line.StartsWith("memory in", StringComparison.Ordinal)).Skip(3).Take(6)];
        Assert.Equal(sets, steps.Select(line => line.Split(' ')[^1]));
        Assert.Contains("peak 26,944 B (step 2, operator 1 CONV_2D)", lines);
        Assert.Contains("Current peak memory usage: 26,944 B", lines);
    }

    [Fact]
    public void Multiplications_are_those_of_the_loops()
    {
        long[] expected = [30 * 30 * 16 * 3 * 3 * 3, 28 * 28 * 16 * 3 * 3 * 16, 3136 * 128, 128 * 10];
        Assert.Equal(expected, Report.Subgraphs[0].Default.Steps.Where(step => step.Macs is not null).Select(step => step.Macs!.Value));
    }

    [Fact]
    public void Parameters_are_weights_and_bias() => Assert.Equal(
        [(3 * 3 * 3 * 16) + (4 * 16), (3 * 3 * 16 * 16) + (4 * 16), 0, (3136 * 128) + (4 * 128), (128 * 10) + (4 * 10), 0],
        Report.Subgraphs[0].Default.Steps.Skip(1).Select(step => step.ParameterBytes));

    [Fact]
    public void A_long_name_is_shortened_in_the_middle()
    {
        var b = new Shared.ModelBuilder();
        b.Output(Shared.ElementwiseLayers.Relu(b, b.Input("first_" + new string('x', 200) + "_last\n", [1, 4])));

        string line = MapText.Lines(ReportModels.Report(b.Build(), "m")).First(text => text.Contains("first_", StringComparison.Ordinal));

        Assert.Contains("…", line, StringComparison.Ordinal);
        Assert.Contains("_last?", line, StringComparison.Ordinal);
        Assert.True(line.Length < 80, line);
    }

    [Fact]
    public void The_text_names_operators_by_their_kind() => Assert.Equal(
        TfliteModel.Load(ReportModels.StudentExample().Build(), "m").Subgraphs[0].Operators.Select(op => op.Kind),
        Report.Subgraphs[0].Chosen.Steps.Skip(1).Select(step => step.Kind));
}
