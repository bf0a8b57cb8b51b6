using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Building;

public class KeywordModelTests
{
    /// <summary>Set this environment variable to 1 to write the file anew after a change of the builder.</summary>
    private const string WriteVariable = "TINYREORDER_WRITE_SAMPLES";

    private static string CommittedFile => RepositoryFiles.PathOf("samples", "models", "keyword.tflite");

    [Fact]
    public void The_committed_file_is_what_the_builder_makes()
    {
        byte[] built = KeywordModel.Build().Build();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(CommittedFile)!);
            File.WriteAllBytes(CommittedFile, built);
        }
        Assert.True(File.ReadAllBytes(CommittedFile).AsSpan().SequenceEqual(built),
            $"keyword.tflite differs from what KeywordModel builds; run this test with {WriteVariable}=1 and commit the file.");
        Assert.InRange(built.Length, 1, 120_000);
    }

    [Fact]
    public void More_than_a_fifth_of_its_peak_is_a_matter_of_order()
    {
        Graph graph = BuiltGraphs.DataFlow(KeywordModel.Build());
        long inFileOrder = MemoryMap.Of(graph, Enumerable.Range(0, graph.Operators.Count).ToArray()).PeakBytes;
        long? best = MemoisedTensorSets.Search(graph, TimeSpan.MaxValue).PeakBytes;

        Assert.True(PaperAlgorithm1.Covers(graph));
        Assert.Equal(53_040, inFileOrder);
        Assert.Equal(41_280, best);
    }

    [Fact]
    public void It_cannot_fit_a_board_with_20_kB_whatever_is_done_about_it()
    {
        TfliteModel model = TfliteModel.Load(KeywordModel.Build().Build(), "keyword.tflite");
        Assert.Equal(23_520, model.Subgraphs[0].Tensors.Where(tensor => !tensor.IsConstant).Max(tensor => tensor.Bytes));
    }
}
