using TinyReorder.Arenas;
using TinyReorder.Graphs;
using TinyReorder.Optimization;
using TinyReorder.Overlaps;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Arenas;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>
/// Order, sharing and placement together, against trying every order with every offset of every tensor. Lifetimes are counted here once more; of the library
/// only the rules are asked what may overlap.
/// </summary>
public class JointOptimalityTests
{
    private const int MostTensors = 6;

    [Theory]
    [InlineData("none", 1UL, 40UL)]
    [InlineData("in-place", 100UL, 150UL)]
    [InlineData("diagonal", 200UL, 270UL)]
    public void Nothing_is_lower_than_what_is_found(string overlap, ulong from, ulong to)
    {
        int compared = 0, lowered = 0;
        for (ulong seed = from; seed < to; seed++)
        {
            TfliteModel model = TfliteModel.Load(SmallModel(seed), $"small {seed}");
            TfliteSubgraph main = model.Subgraphs[0];
            if (main.Operators.SelectMany(op => op.Outputs).Concat(main.Inputs).Distinct().Count() > MostTensors)
                continue;
            ArenaResult found = ModelOptimizer.Optimize(model,
                new OptimizationRequest { Runtime = "none", Kernels = "reference", Plan = "offline", Overlap = overlap }).Arena;
            OverlapChoice choice = overlap switch { "in-place" => OverlapChoice.InPlace, "diagonal" => OverlapChoice.Diagonal, _ => OverlapChoice.None };
            Assert.True(FitsInSomeOrder(main, found.PlannedBytes, choice), $"seed {seed}: {found.PlannedBytes} is too low to be true");
            Assert.False(FitsInSomeOrder(main, found.PlannedBytes - 16, choice), $"seed {seed}: {found.PlannedBytes} found, less is possible");
            compared++;
            lowered += FitsInSomeOrder(main, found.PlannedBytes, OverlapChoice.None) ? 0 : 1;
        }
        Assert.True(compared > (int)(to - from) / 3);
        Assert.True(overlap == "none" || lowered > compared / 4);
    }

    private static bool FitsInSomeOrder(TfliteSubgraph main, long capacity, OverlapChoice choice)
    {
        RuntimeProfile profile = RuntimeProfile.Find("reference");
        TensorShare[] all = main.Operators.SelectMany(op => OverlapRules.SharesOf(profile, main, op, choice)).ToArray();
        return Orders(main, []).Any(order => Fits(main, order, all, capacity));
    }

    private static bool Fits(TfliteSubgraph main, int[] order, TensorShare[] all, long capacity)
    {
        int[] tensors = main.Operators.SelectMany(op => op.Outputs).Concat(main.Inputs).Distinct().ToArray();
        PlacementItem[] items = tensors.Select(t =>
        {
            int first = main.Inputs.Contains(t) ? 0 : 1 + Array.FindIndex(order, op => main.Operators[op].Outputs.Contains(t));
            int last = main.Outputs.Contains(t) ? order.Length : Math.Max(first, 1 + Array.FindLastIndex(order, op => main.Operators[op].Inputs.Contains(t)));
            return new PlacementItem(t, main.Tensors[t].Bytes, first, last);
        }).ToArray();
        var shares = new List<PlacementShare>();
        foreach (TensorShare share in all)
        {
            int input = Array.IndexOf(tensors, share.Input), output = Array.IndexOf(tensors, share.Output);
            if (main.Outputs.Contains(share.Input) || items[input].Last != items[output].First)
                continue;
            shares.Add(share.DistanceBytes >= 0
                ? new PlacementShare(input, output, share.DistanceBytes, share.IsExact)
                : new PlacementShare(output, input, -share.DistanceBytes, share.IsExact));
        }
        return PlacementBruteForce.FitWithin(items, 16, capacity, shares);
    }

    private static IEnumerable<int[]> Orders(TfliteSubgraph main, int[] begun)
    {
        if (begun.Length == main.Operators.Count)
            return [begun];
        return main.Operators
            .Where(op => !begun.Contains(op.Index)
                && op.Inputs.All(t => main.Operators.All(writer => !writer.Outputs.Contains(t) || begun.Contains(writer.Index))))
            .SelectMany(op => Orders(main, [.. begun, op.Index]));
    }

    private static byte[] SmallModel(ulong seed)
    {
        var random = new Pcg32(seed);
        var b = new ModelBuilder(seed);
        var known = new List<ModelTensor> { b.Input("x", [1, random.Between(2, 4), 1, 8]) };
        for (int layers = random.Between(2, 6); layers > 0; layers--)
        {
            ModelTensor x = random.Pick(known), y = known.LastOrDefault(other => other != x && other.Shape.SequenceEqual(x.Shape)) ?? x;
            known.Add(random.Below(9) switch
            {
                0 => b.Conv2D(x, filters: random.Pick([8, 16]), kernel: random.Pick([1, 3]), stride: random.Between(1, 2)),
                1 => b.DepthwiseConv2D(x, 3),
                2 or 3 => b.Add(x, y),
                4 => b.Concat(1, x, y),
                5 => b.MaxPool(x, 2, 1),
                6 => b.Pad(x, (0, 0), (1, 1), (0, 0), (0, 0)),
                7 => b.Relu(x),
                _ => b.Logistic(x),
            });
        }
        b.Output(known[^1]);
        return b.Build();
    }
}
