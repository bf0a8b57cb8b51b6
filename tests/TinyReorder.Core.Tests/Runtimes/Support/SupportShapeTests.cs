using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>Shapes that kernels compare: each check with a model that it refuses and one that it takes.</summary>
public class SupportShapeTests
{
    private static readonly Action<FlatTableNode> AxisOne = options => options.Int32(0, 1);
    private static readonly int[][] Eleven = Enumerable.Range(0, 11).Select(_ => new int[] { 1, 1 }).ToArray();

    /// <summary>What is wrong with a model of one operator, null where nothing is.</summary>
    public static TheoryData<string, object, string?> Models => new()
    {
        { "reshape", SupportCases.Of("RESHAPE", [[1, 16_000]], [1, 32]),
            "(RESHAPE) of subgraph 0 has 16,000 and 32 elements as input 0 and output 0, which have to be as many; the interpreter will refuse or misrun "
            + "the model; export the model with a fixed batch" },
        { "reshape that fits", SupportCases.Of("RESHAPE", [[2, 6]], [3, 4]), null },
        { "relu", SupportCases.Of("RELU", [[1, 8]], [1, 4]), "has the shapes [1, 8] and [1, 4] as input 0 and output 0, which have to be equal" },
        { "relu that fits", SupportCases.Of("RELU", [[1, 8]], [1, 8]), null },
        { "logistic", SupportCases.Of("LOGISTIC", [[1, 8]], [1, 4], TensorType.Float32), "has 8 and 4 elements" },
        { "concatenation", SupportCases.Of("CONCATENATION", [[1, 4], [1, 4]], [1, 6], options: AxisOne), "writes 8 along axis 1 where its output has 6" },
        { "concatenation of others", SupportCases.Of("CONCATENATION", [[1, 4], [2, 4]], [1, 8], options: AxisOne),
            "joins the shape [2, 4] into [1, 8] along axis 1" },
        { "concatenation without axis", SupportCases.Of("CONCATENATION", [[4]], [4], options: AxisOne), "joins along the axis 1 of an output of rank 1" },
        { "concatenation with activation", SupportCases.Of("CONCATENATION", [[1, 4], [1, 4]], [1, 8], options: o => o.Int32(0, 1).Byte(1, 1)),
            "has a fused activation, which the kernel refuses" },
        { "concatenation that fits", SupportCases.Of("CONCATENATION", [[1, 4], [1, 4]], [1, 8], options: AxisOne), null },
        { "concatenation of eleven", SupportCases.Of("CONCATENATION", Eleven, [1, 11], options: AxisOne),
            "has 11 inputs; the kernel takes at most 10; the interpreter will refuse or misrun the model; join them in two steps" },
        { "pack", SupportCases.Of("PACK", [[4], [4]], [3, 4]), "packs 2 tensors where its output is 3 long along axis 0" },
        { "pack of others", SupportCases.Of("PACK", [[4], [5]], [2, 4]), "packs a tensor of 5 elements where its output has 4 for each" },
        { "pack that fits", SupportCases.Of("PACK", [[4], [4]], [2, 4]), null },
        { "unpack", SupportCases.Of("UNPACK", [[2, 4]], [4]), "unpacks into 1 tensors where its input is 2 long" },
        { "unpack that fits", SupportCases.Of("UNPACK", [[1, 4]], [4]), null },
        { "add", SupportCases.Of("ADD", [[1, 4, 4, 2], [1, 3]], [1, 4, 4, 2]), "has the shapes [1, 4, 4, 2] and [1, 3], which cannot be broadcast to one" },
        { "add into less", SupportCases.Of("ADD", [[1, 4, 4, 2], [2]], [1, 4, 4, 1]), "makes the shape [1, 4, 4, 2] where its output has [1, 4, 4, 1]" },
        { "add that fits", SupportCases.Of("ADD", [[1, 4, 4, 2], [2]], [4, 4, 2]), null },
        { "strided slice", SupportCases.With("STRIDED_SLICE", [1, 8], [[0, 2], [1, 6], [1, 2]], [1, 3]),
            "takes a slice of the shape [1, 2] where its output has [1, 3]" },
        { "strided slice from behind", SupportCases.With("STRIDED_SLICE", [1, 8], [[0, -1], [1, 0], [1, -2]], [1, 4], options: o => o.Int32(1, 2)), null },
        { "strided slice with masks", SupportCases.With("STRIDED_SLICE", [1, 8], [[5, 3], [0, 0], [1, 1]], [1, 8], options: o => o.Int32(0, 3).Int32(1, 3)),
            null },
        { "strided slice that drops a dimension",
            SupportCases.With("STRIDED_SLICE", [1, 8], [[0, 3], [0, 4], [1, 1]], [1], options: o => o.Int32(1, 1).Int32(4, 2)), null },
        { "strided slice of fewer", SupportCases.With("STRIDED_SLICE", [2, 8], [[0], [1], [1]], [1, 8]),
            "has 1 begins for a tensor of rank 2; the kernel reads one for each dimension" },
        { "slice", SupportCases.With("SLICE", [1, 8], [[0, 4], [1, 5]], [1, 5]), "takes elements 4 to 9 of dimension 1, which has 8" },
        { "slice into less", SupportCases.With("SLICE", [1, 8], [[0, 4], [1, -1]], [1, 3]), "takes a slice of the shape [1, 4] where its output has [1, 3]" },
        { "slice that fits", SupportCases.With("SLICE", [1, 8], [[0, 4], [1, -1]], [1, 4]), null },
        { "transpose", SupportCases.With("TRANSPOSE", [2, 3], [[1, 0]], [2, 3]), "makes the shape [3, 2] where its output has [2, 3]" },
        { "transpose of another rank", SupportCases.With("TRANSPOSE", [2, 3], [[1, 2]], [3, 2]), "orders the dimensions of a tensor of rank 2 as [1, 2]" },
        { "pad", SupportCases.With("PAD", [2, 3], [[0, 1, 0, 0]], [2, 3]), "makes the shape [3, 3] where its output has [2, 3]" },
        { "mean", SupportCases.With("MEAN", [2, 3, 4], [[1, -1]], [4]), "leaves 2 elements where its output has 4" },
        { "mean that fits", SupportCases.With("MEAN", [2, 3, 4], [[1, -1]], [2, 1, 1]), null },
        { "mean over what is not there", SupportCases.With("MEAN", [2, 3], [[2]], [2]), "reduces axes [2] of a tensor of rank 2" },
        { "expand", SupportCases.With("EXPAND_DIMS", [2, 3], [[2]], [2, 3, 1]), null },
        { "expand elsewhere", SupportCases.With("EXPAND_DIMS", [2, 3], [[0]], [2, 3, 1]), "makes the shape [1, 2, 3] where its output has [2, 3, 1]" },
        { "resize", SupportCases.With("RESIZE_BILINEAR", [1, 4, 4, 1], [[8, 8]], [1, 8, 7, 1]), "resizes to 8 by 8 where its output has 8 by 7" },
        { "resize with both alignments",
            SupportCases.With("RESIZE_BILINEAR", [1, 4, 4, 1], [[8, 8]], [1, 8, 8, 1], options: o => o.Bool(2, true).Bool(3, true)),
            "asks for aligned corners and half pixel centers at once" },
        { "broadcast", SupportCases.With("BROADCAST_TO", [1, 3], [[2, 3]], [2, 4]), "makes the shape [2, 3] where its output has [2, 4]" },
        { "broadcast that fits", SupportCases.With("BROADCAST_TO", [1, 3], [[2, 3]], [2, 3]), null },
        { "reverse", SupportCases.With("REVERSE_V2", [2, 3, 4], [[0, 2]], [2, 3, 4]), "reverses axes [0, 2] with others between them" },
        { "depth to space", SupportCases.Of("DEPTH_TO_SPACE", [[1, 2, 2, 4]], [1, 4, 4, 2], options: o => o.Int32(0, 2)),
            "has the shapes [1, 4, 4, 2] and [1, 2, 2, 4] for blocks of 2" },
        { "depth to space that fits", SupportCases.Of("DEPTH_TO_SPACE", [[1, 2, 2, 4]], [1, 4, 4, 1], options: o => o.Int32(0, 2)), null },
        { "space to depth that fits", SupportCases.Of("SPACE_TO_DEPTH", [[1, 4, 4, 1]], [1, 2, 2, 4], options: o => o.Int32(0, 2)), null },
        { "matrices", SupportCases.Of("BATCH_MATMUL", [[2, 3, 4], [2, 5, 6]], [2, 3, 6]), "multiplies the shapes [2, 3, 4] and [2, 5, 6], which do not meet" },
        { "matrices that fit", SupportCases.Of("BATCH_MATMUL", [[2, 3, 4], [1, 6, 4]], [2, 3, 6], options: o => o.Bool(1, true)), null },
        { "pool", SupportCases.Of("MAX_POOL_2D", [[1, 4, 4, 3]], [1, 2, 2, 4]), "has 3 channels where its output has 4" },
        { "squeeze", SupportCases.Of("SQUEEZE", [[1, 4, 2]], [4, 2], options: o => o.Int32s(0, [1])),
            "drops the dimensions [1] of the shape [1, 4, 2], which are not all 1" },
        { "squeeze that fits", SupportCases.Of("SQUEEZE", [[1, 4, 1]], [4], options: o => o.Int32s(0, [0, -1])), null },
        { "pool of a row", SupportCases.Of("MAX_POOL_2D", [[4, 4, 3]], [2, 2, 3]), "has a tensor of rank 3; the kernel takes 4" },
        { "shape", SupportCases.Of("SHAPE", [[1, 4, 4, 3]], [3], outputType: TensorType.Int32), "writes 4 numbers where its output has 3" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Shapes_that_do_not_go_together_are_named(string name, object model, string? message)
    {
        string[] refusals = SupportCases.Refusals((ModelBuilder)model);

        if (message is null)
            Assert.True(refusals.Length == 0, $"{name}: {string.Join("; ", refusals)}");
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_names_the_part_that_does_not_fit()
    {
        var builder = new ModelBuilder();
        ModelTensor axis = builder.Constant("axis", [], TensorType.Int32, ModelData.Int32(1)), x = builder.Input("x", [1, 6]);
        SupportCases.Add(builder, "SPLIT", [axis, x], [builder.Tensor("a", [1, 3]), builder.Tensor("b", [1, 2])]);

        Assert.Contains("splits the shape [1, 6] along axis 1 into [1, 2]", Assert.Single(SupportCases.Refusals(builder)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_gathered_outside_is_named()
    {
        var builder = new ModelBuilder();
        ModelTensor rows = builder.Input("x", [3, 4]), positions = builder.Int32s("positions", 1, 3);
        SupportCases.Add(builder, "GATHER", [rows, positions], [builder.Tensor("o", [2, 4])]);

        Assert.Contains("gathers position 3 of 3", Assert.Single(SupportCases.Refusals(builder)), StringComparison.Ordinal);
    }
}
