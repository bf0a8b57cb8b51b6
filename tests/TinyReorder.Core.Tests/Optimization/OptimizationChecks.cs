using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Optimization;

/// <summary>What must hold of every result.</summary>
internal static class OptimizationChecks
{
    private const long Alignment = 16;

    /// <summary>
    /// What is chosen needs no larger arena than the device for the file's order, but for how the last bytes of the persistent part round in another order.
    /// </summary>
    public static void NeverWorse(TfliteModel model, string kernels)
    {
        OptimizationResult best = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = kernels });
        OptimizationResult file = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = kernels, Order = "file" });
        foreach (OptimizationResult result in new[] { best, file })
        {
            ArenaResult asItIs = result.Plans.First(plan => plan.Order == OrderChoice.File);
            Assert.True(result.Arena.ArenaBytes <= asItIs.ArenaBytes + Alignment,
                $"{model.Name} {kernels}: {result.Arena.ArenaBytes} against {asItIs.ArenaBytes}");
            Assert.True(result.Arena.ArenaBoundBytes <= result.Arena.ArenaBytes);
            Assert.True(result.Arena.PlannedBytes + result.Arena.ScratchBytes >= result.Subgraphs[0].LowerBoundBytes);
        }
    }

    public static void OnlySlotsMoved(OptimizationResult result)
    {
        TfliteModel model = result.Model;
        byte[] bytes = result.OptimizedModel;
        Assert.Equal(model.Bytes.Length, bytes.Length);
        var slots = new HashSet<int>(model.Subgraphs.SelectMany(subgraph => Enumerable.Range(subgraph.OperatorSlots, 4 * subgraph.Operators.Count)));
        Assert.All(Enumerable.Range(0, bytes.Length).Where(at => bytes[at] != model.Bytes[at]), at => Assert.Contains(at, slots));
        TfliteModel reordered = TfliteModel.Load(bytes, model.Name);
        SameOperators(result, reordered);
        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(reordered, result.Arena.Orders.Select(Inverse).ToArray()));
    }

    public static void SameModelWithPlan(OptimizationResult result)
    {
        TfliteModel model = result.Model, changed = TfliteModel.Load(result.OptimizedModel, result.Model.Name);
        SameOperators(result, changed);
        Assert.Equal(result.Arena.OfflinePlan!.OffsetBytes, OfflinePlan.Find(changed)!.OffsetBytes);
        foreach ((TfliteSubgraph before, TfliteSubgraph after) in model.Subgraphs.Zip(changed.Subgraphs))
        {
            Assert.Equal(before.Inputs, after.Inputs);
            Assert.Equal(before.Outputs, after.Outputs);
            Assert.Equal(before.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Bytes, tensor.Buffer, tensor.IsVariable)),
                after.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Bytes, tensor.Buffer, tensor.IsVariable)));
        }
        for (int buffer = 0; buffer < model.BufferCount; buffer++)
        {
            ArraySegment<byte> before = model.BufferBytes(buffer), after = changed.BufferBytes(buffer);
            Assert.True(before.AsSpan().SequenceEqual(after), $"buffer {buffer} differs");
            if (before.Count > 0)
                Assert.Equal(before.Offset % Alignment, after.Offset % Alignment);
        }
    }

    private static void SameOperators(OptimizationResult result, TfliteModel changed)
    {
        for (int s = 0; s < result.Model.Subgraphs.Count; s++)
            Assert.Equal(result.Arena.Orders[s].Select(op => Describe(result.Model.Subgraphs[s].Operators[op])),
                changed.Subgraphs[s].Operators.Select(Describe));
    }

    private static string Describe(TfliteOperator op) =>
        $"{op.Kind} v{op.Version} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)}) {op.Options.UnionType}";

    private static IReadOnlyList<int> Inverse(IReadOnlyList<int> order)
    {
        int[] inverse = new int[order.Count];
        for (int i = 0; i < inverse.Length; i++)
            inverse[order[i]] = i;
        return inverse;
    }
}
