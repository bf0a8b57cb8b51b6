using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>The peaks that scripts read, against the independent solver's table, on every real model and subgraph.</summary>
public sealed class AnalyzePeaksTests
{
    // What asks for scratch among the reference kernels, so that the table's plain sums are not what is allocated; 4-bit weights are unpacked to scratch too.
    private static readonly HashSet<string> KindsWithScratch = ["MEAN", "SUM", "SVDF", "UNIDIRECTIONAL_SEQUENCE_LSTM", "TRANSPOSE_CONV"];

    public static TheoryData<string> Models => SharedModels.Names;

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Without_a_runtime_peaks_are_plain_sums(string name)
    {
        JsonElement[] subgraphs = Analyze(name, "--runtime", "none", "--overlap", "none");
        Assert.All(SharedModels.Expected.Where(row => row.Model == name), row =>
            AssertPeaks(subgraphs[row.Subgraph], row.Operators, row.DefaultPeakBytes, row.PeakBytes));
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void With_the_runtime_each_tensor_counts_rounded_up_to_16(string name)
    {
        TfliteModel model = TfliteModel.Load(File.ReadAllBytes(SharedModels.Find(name)), name);
        TfliteOperator[] operators = model.Subgraphs.SelectMany(subgraph => subgraph.Operators).ToArray();
        Skip.If(operators.Any(o => KindsWithScratch.Contains(o.Kind) || o.IsCustom), "scratch counts too");
        Skip.If(model.Subgraphs.Any(subgraph => subgraph.Tensors.Any(tensor => tensor.Type == TensorType.Int4 && tensor.IsConstant)), "scratch counts too");
        Skip.If(operators.Any(o => o.Kind == "VAR_HANDLE"), "resource variables are not planned");
        JsonElement[] subgraphs = Analyze(name, "--runtime", "tflm", "--kernels", "reference", "--overlap", "none");
        Assert.All(SharedModels.Expected.Where(row => row.Model == name), row =>
            AssertPeaks(subgraphs[row.Subgraph], row.Operators, row.RoundedDefaultPeakBytes, row.RoundedPeakBytes));
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void The_files_order_has_the_files_peak(string name)
    {
        JsonElement[] subgraphs = Analyze(name, "--runtime", "none", "--order", "file", "--overlap", "none");
        foreach (ExpectedSubgraph row in SharedModels.Expected.Where(row => row.Model == name))
        {
            JsonElement subgraph = subgraphs[row.Subgraph];
            Assert.Equal(row.DefaultPeakBytes, subgraph.GetProperty("defaultPeakBytes").GetInt64());
            Assert.Equal(row.DefaultPeakBytes, subgraph.GetProperty("peakBytes").GetInt64());
            Assert.Equal(row.PeakBytes, subgraph.GetProperty("lowerBoundBytes").GetInt64());
            Assert.Equal(row.DefaultPeakBytes == row.PeakBytes, subgraph.GetProperty("proven").GetBoolean());
            Assert.Equal(Enumerable.Range(0, row.Operators), subgraph.GetProperty("order").EnumerateArray().Select(index => index.GetInt32()));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Our_plan_is_as_low_as_any(string name)
    {
        string path = SharedModels.Find(name);
        ExpectedSubgraph[] rows = SharedModels.Expected.Where(row => row.Model == name).ToArray();
        Skip.If(rows.Length > 1, "the table takes subgraphs one by one, and they share an arena");
        CommandRun run = CommandRun.InProcess("analyze", path, "--runtime", "none", "--plan", "offline", "--format", "json");
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        Skip.If(run.Json.GetProperty("diagnostics").EnumerateArray().Any(diagnostic => diagnostic.GetProperty("code").GetString() == "TINY3003"),
            "it keeps a plan of its own");
        JsonElement arena = run.Json.GetProperty("arena");
        Assert.Equal("offline", arena.GetProperty("plan").GetString());
        Assert.Equal(rows[0].ArenaBytes, arena.GetProperty("arenaBytes").GetInt64());
    }

    private static JsonElement[] Analyze(string name, params string[] options)
    {
        CommandRun run = CommandRun.InProcess(["analyze", SharedModels.Find(name), .. options, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        JsonElement[] subgraphs = run.Json.GetProperty("subgraphs").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, subgraphs.Length), subgraphs.Select(subgraph => subgraph.GetProperty("index").GetInt32()));
        return subgraphs;
    }

    private static void AssertPeaks(JsonElement subgraph, int operators, long defaultPeak, long optimalPeak)
    {
        Assert.Equal(operators, subgraph.GetProperty("operators").GetInt32());
        Assert.Equal(defaultPeak, subgraph.GetProperty("defaultPeakBytes").GetInt64());
        Assert.Equal(optimalPeak, subgraph.GetProperty("peakBytes").GetInt64());
        Assert.Equal(optimalPeak, subgraph.GetProperty("lowerBoundBytes").GetInt64());
        Assert.True(subgraph.GetProperty("proven").GetBoolean());
        Assert.Equal(Enumerable.Range(0, operators), subgraph.GetProperty("order").EnumerateArray().Select(index => index.GetInt32()).Order());
    }
}
