using TinyReorder.Graphs;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>Where scratch is large, the order is chosen for what is really allocated.</summary>
public class ScratchOrderTests
{
    /// <summary>
    /// An input of 2,048 B and two branches: a convolution (4,096 B) and its pool (256 B), LOGISTIC (2,048 B) and its pool (128 B). By tensors alone
    /// LOGISTIC's branch comes first and the peak is 2,048 + 128 + 4,096; the other way it is 2,048 + 4,096 + 256 while the convolution's pool runs. On the
    /// ESP32-S3 the convolution takes scratch, more than either difference: then nothing should lie around while it runs, and it comes first.
    /// </summary>
    [Fact]
    public void A_convolution_with_large_scratch_runs_before_what_would_lie_around_meanwhile()
    {
        TfliteModel model = TwoBranches();
        OptimizationResult reference = Optimize(model, "reference"), s3 = Optimize(model, "esp-nn-s3");
        IReadOnlyList<int> byTensors = reference.Subgraphs[0].Order, byScratch = s3.Subgraphs[0].Order;
        Assert.True(IndexOf("LOGISTIC", byTensors) < IndexOf("CONV_2D", byTensors));
        Assert.True(IndexOf("CONV_2D", byScratch) < IndexOf("LOGISTIC", byScratch));
        Assert.True(reference.Subgraphs[0].Proven && s3.Subgraphs[0].Proven);

        // Each order is the better one on its own kernels, by what the device allocates: head, tail and planner together.
        Assert.True(Arena(model, "reference", byTensors) < Arena(model, "reference", byScratch));
        Assert.True(Arena(model, "esp-nn-s3", byScratch) < Arena(model, "esp-nn-s3", byTensors));
        Assert.True(s3.Arena.ArenaBytes <= Arena(model, "esp-nn-s3", byScratch));

        int IndexOf(string kind, IReadOnlyList<int> order) => order.ToList().IndexOf(model.Subgraphs[0].Operators.First(op => op.Kind == kind).Index);
    }

    /// <summary>ResNet-8 gains nothing from another order by its tensors, and 5,760 B when scratch is counted.</summary>
    [SkippableFact]
    public void On_the_esp32_s3_resnet8_has_a_better_order_than_its_tensors_tell()
    {
        TfliteModel model = SharedModels.Load("mlperf_resnet8.tflite");
        OptimizationResult reference = Optimize(model, "reference"), s3 = Optimize(model, "esp-nn-s3");
        Assert.Equal(Enumerable.Range(0, 16), reference.Subgraphs[0].Order);
        Assert.NotEqual(Enumerable.Range(0, 16), s3.Subgraphs[0].Order);
        Assert.Equal((103_232L, 99_136L, true), (s3.Subgraphs[0].DefaultPeakBytes, s3.Subgraphs[0].PeakBytes, s3.Subgraphs[0].Proven));
        Assert.Equal((110_128L, 104_368L), (Arena(model, "esp-nn-s3", reference.Subgraphs[0].Order), s3.Arena.ArenaBytes));
    }

    [Fact]
    public void Every_order_of_a_small_model_has_at_least_the_peak_that_was_found_with_scratch()
    {
        TfliteModel model = TwoBranches();
        foreach (string kernels in new[] { "reference", "esp-nn-s3", "esp-nn-p4", "cmsis-nn-mve" })
        {
            SubgraphResult found = Optimize(model, kernels).Subgraphs[0];
            long least = Orders(found.Graph).Min(order => MemoryMap.Of(found.Graph, order).PeakBytes);
            Assert.Equal(least, found.PeakBytes);
        }
    }

    private static long Arena(TfliteModel model, string kernels, IReadOnlyList<int> order) =>
        new TflmAllocator(model, RuntimeProfile.Find(kernels)).Allocate([order]).ArenaBytes;

    private static OptimizationResult Optimize(TfliteModel model, string kernels) =>
        ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = kernels, Abi = "short-enums", Overlap = "none" });

    /// <summary>All permutations that write each tensor before it is read.</summary>
    private static IEnumerable<int[]> Orders(Graph graph)
    {
        int count = graph.Operators.Count;
        return Permutations(count).Where(order =>
        {
            HashSet<int> written = [.. graph.Tensors.Where(tensor => tensor.IsInput).Select(tensor => tensor.Index)];
            foreach (int op in order)
            {
                if (!graph.Operators[op].Inputs.All(written.Contains))
                    return false;
                written.UnionWith(graph.Operators[op].Outputs);
            }
            return true;
        });
    }

    private static IEnumerable<int[]> Permutations(int count)
    {
        IEnumerable<int[]> all = [[]];
        for (int i = 0; i < count; i++)
        {
            int next = i;
            all = all.SelectMany(order => Enumerable.Range(0, next + 1).Select(at => (int[])[.. order[..at], next, .. order[at..]]));
        }
        return all;
    }

    private static TfliteModel TwoBranches()
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [1, 16, 16, 8]);
        ModelTensor wide = model.Conv2D(x, filters: 16, kernel: 3), cheap = model.Logistic(x);
        ModelTensor left = model.MaxPool(wide, kernel: 4, stride: 4), right = model.MaxPool(cheap, kernel: 4, stride: 4);
        model.Output(model.Concat(3, left, right));
        return TfliteModel.Load(model.Build(), "two.tflite");
    }
}
