using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Tflite.Lossless;

/// <summary>
/// Everything but the order of the operators, and what is added, is byte for byte what it was; and the order undone gives the original file.
/// </summary>
public class LosslessTests(ITestOutputHelper output)
{
    private static readonly int Few = Cases.Of(60), Many = Cases.Of(300);
    private const ulong OrdersPerModel = 3;

    public static TheoryData<string> Names => SharedModels.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_real_model_keeps_every_other_byte(string name)
    {
        TfliteModel model = SharedModels.Load(name);
        for (ulong seed = 1; seed <= OrdersPerModel; seed++)
        {
            OrderAlone(model, RandomOrders.Of(model, seed));
            WithMetadata(model, RandomOrders.Of(model, seed), new Pcg32(seed));
        }
    }

    [Fact]
    public void Random_models_with_odd_content_keep_every_other_byte() => TryRandomModels(Few);

    [Fact]
    [Trait("Category", "Slow")]
    public void Many_random_models_with_odd_content_keep_every_other_byte() => TryRandomModels(Many);

    private void TryRandomModels(int count)
    {
        int reordered = 0, extended = 0, archives = 0, outside = 0, dependencies = 0;
        for (ulong seed = 1; seed <= (ulong)count; seed++)
        {
            TfliteModel model = TfliteModel.Load(OddModels.Create(seed), $"odd {seed}");
            archives += model.Bytes.AsSpan().IndexOf("PK\u0005\u0006"u8) >= 0 ? 1 : 0;
            outside += model.Buffers.Any(buffer => buffer.IsOutside) ? 1 : 0;
            dependencies += model.ControlDependencies.Count > 0 ? 1 : 0;
            for (ulong order = 1; order <= OrdersPerModel; order++)
            {
                int[][] orders = RandomOrders.Of(model, order);
                reordered += orders.Any(one => !one.SequenceEqual(one.Order())) ? 1 : 0;
                OrderAlone(model, orders);
                extended += WithMetadata(model, orders, new Pcg32(seed)) ? 1 : 0;
            }
        }
        output.WriteLine($"{count} models ({archives} with an archive, {outside} with buffers outside, {dependencies} with control dependencies): "
            + $"{reordered} other orders, {extended} with metadata");
        Assert.True(reordered > count && extended > count && Math.Min(archives, Math.Min(outside, dependencies)) > count / 6);
    }

    [Fact]
    public void A_byte_that_changes_is_found()
    {
        TfliteModel model = TfliteModel.Load(OddModels.Create(2), "odd");
        int[][] orders = RandomOrders.Of(model, 1);
        byte[] rewritten = TfliteRewriter.Rewrite(model, orders, [("added", [1, 2, 3])]);
        int moved = rewritten.Length - model.Bytes.Length;
        Assert.True(moved > 0);
        LosslessCheck.Verify(model.Bytes, rewritten, orders);
        for (int at = moved + 8; at < rewritten.Length; at += 3)
        {
            byte[] damaged = [.. rewritten];
            damaged[at] ^= 0x10;
            Assert.ThrowsAny<Exception>(() => LosslessCheck.Verify(model.Bytes, damaged, orders));
        }
    }

    [Fact]
    public void A_file_in_its_own_order_stays_as_it_is_however_its_dependencies_are_coded()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        b.Output(b.Relu(b.Relu6(x)));
        // Version, subgraphs, pairs, then (0, 1); the number of pairs takes a byte more than it needs.
        b.Metadata(TfliteMetadata.ControlDependenciesName, [1, 1, 0x81, 0, 0, 2]);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        Assert.Equal([(0, 1)], model.ControlDependencies[0]);

        Assert.Equal(model.Bytes, TfliteRewriter.Rewrite(model, [[0, 1]]));
    }

    private static void OrderAlone(TfliteModel model, int[][] orders)
    {
        byte[] rewritten = TfliteRewriter.Rewrite(model, orders);
        bool hasDependencies = model.ControlDependencies.Any(pairs => pairs.Count > 0);
        Assert.True(rewritten.Length == model.Bytes.Length || hasDependencies);
        LosslessCheck.Verify(model.Bytes, rewritten, orders, TfliteMetadata.ControlDependenciesName);
        byte[] back = TfliteRewriter.Rewrite(TfliteModel.Load(rewritten, "rewritten"), RandomOrders.Inverse(orders));
        if (rewritten.Length == model.Bytes.Length)
            Assert.Equal(model.Bytes, back);
        else
            IsOriginalBehindAPrefix(model, back);
    }

    /// <summary>False where the file has no room for metadata.</summary>
    private static bool WithMetadata(TfliteModel model, int[][] orders, Pcg32 random)
    {
        if (!TfliteRewriter.CanAddMetadata(model))
            return false;
        (string, byte[])[] metadata = [("added", Enumerable.Range(0, random.Below(100)).Select(_ => (byte)random.Next()).ToArray()),
            (TfliteMetadata.OfflinePlanName, new byte[12 + (4 * random.Below(50))])];
        byte[] rewritten = TfliteRewriter.Rewrite(model, orders, metadata);
        LosslessCheck.Verify(model.Bytes, rewritten, orders, TfliteMetadata.ControlDependenciesName, TfliteMetadata.OfflinePlanName);
        TfliteModel changed = TfliteModel.Load(rewritten, "rewritten");
        foreach ((string name, byte[] data) in metadata)
            Assert.Equal(data, changed.BufferBytes(changed.Metadata.Last(entry => entry.Name == name).Buffer).ToArray());
        IsOriginalBehindAPrefix(model, TfliteRewriter.Rewrite(changed, RandomOrders.Inverse(orders)));
        return true;
    }

    private static void IsOriginalBehindAPrefix(TfliteModel model, byte[] back)
    {
        int[][] fileOrders = model.Subgraphs.Select(subgraph => Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        LosslessCheck.Verify(model.Bytes, back, fileOrders, TfliteMetadata.OfflinePlanName);
        Assert.Equal(Dependencies(model), Dependencies(TfliteModel.Load(back, "back")));
    }

    private static IEnumerable<(int Subgraph, int Before, int After)> Dependencies(TfliteModel model) =>
        model.ControlDependencies.SelectMany((pairs, s) => pairs.Select(pair => (s, pair.Before, pair.After)));
}
