using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>What looks as if a rule held, and has to stay.</summary>
public class NothingToSimplifyTests
{
    private static readonly int[] Image = [1, 8, 6, 3];

    private static readonly Dictionary<string, Func<ModelBuilder, ModelTensor, ModelTensor>> Cases = new(StringComparer.Ordinal)
    {
        ["a custom operator that nobody reads"] = (b, x) =>
        {
            b.Custom("Custom", [x], [b.Tensor("y", [1, 2])]);
            return b.Relu(x);
        },
        ["random numbers that nobody reads"] = (b, x) =>
        {
            b.Operator("RANDOM_UNIFORM", [b.Int32s("shape", 2)], [b.Tensor("y", [2], TensorType.Float32)]);
            return b.Relu(x);
        },
        ["equal custom operators"] = (b, x) =>
        {
            ModelTensor y = b.Tensor("y", Image), z = b.Tensor("z", Image);
            b.Custom("Custom", [x], [y], [1]);
            b.Custom("Custom", [x], [z], [1]);
            return b.Add(y, z);
        },
        ["a reshape of an input to an output"] = (b, x) => b.Reshape(x, Image),
        ["a reshape between two outputs"] = (b, x) =>
        {
            ModelTensor y = b.Relu(x);
            b.Output(y);
            return b.Reshape(y, Image);
        },
        ["a reshape to another scale"] = (b, x) => b.Relu(b.Operator("RESHAPE", [x], Image, quantization: new Quantization(0.5f, 1))),
        ["a reshape that others read too"] = (b, x) =>
        {
            ModelTensor flat = b.Reshape(b.Relu(x), 144);
            b.Output(b.Relu(flat));
            return b.Relu(b.Reshape(flat, 12, 12));
        },
        ["a squeeze after a reshape"] = (b, x) =>
            b.Relu(b.Operator("SQUEEZE", [b.Reshape(x, 1, 12, 12)], [12, 12], new OptionsTable(30, new FlatTableNode()))),
        ["transposes that do not cancel"] = (b, x) => b.Relu(b.Transpose(b.Transpose(x, 0, 2, 3, 1), 0, 2, 3, 1)),
        ["a transpose whose order is made at run time"] = (b, x) =>
        {
            ModelTensor order = b.Input("order", [4], TensorType.Int32);
            return b.Relu(b.Operator("TRANSPOSE", [x, order], Image, new OptionsTable(26, new FlatTableNode())));
        },
        ["a quantize to another zero point"] = (b, x) => b.Relu(b.Quantize(x, quantization: new Quantization(0.0625f, -7))),
        ["a quantize to another scale"] = (b, x) => b.Relu(b.Quantize(x, quantization: new Quantization(0.06250001f, -8))),
        ["a dequantize after a quantize"] = (b, x) => b.Dequantize(b.Quantize(b.Dequantize(x), quantization: new Quantization(0.5f, 1))),
        ["a quantize to another scale after a dequantize"] = (b, x) => b.Relu(b.Quantize(b.Dequantize(x), quantization: new Quantization(0.5f, 1))),
        ["padding before a stride of 2 that SAME puts behind"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 2, Padding.Valid),
        ["padding on the other side"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 0), (0, 1), (0, 0)), 4, 3, 2, Padding.Valid),
        ["more padding than SAME"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (2, 2), (2, 2), (0, 0)), 4, 3, 1, Padding.Valid),
        ["less padding than SAME"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 5, 1, Padding.Valid),
        ["padding before SAME"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3),
        ["padding of channels"] = (b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 1)), 4, 3, 1, Padding.Valid),
        ["padding before a pool"] = (b, x) => b.MaxPool(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 3, 1, Padding.Valid),
        ["padding that others read too"] = (b, x) =>
        {
            ModelTensor padded = b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0));
            b.Output(b.Relu(padded));
            return b.Conv2D(padded, 4, 3, 1, Padding.Valid);
        },
        ["padding that is an output"] = (b, x) =>
        {
            ModelTensor padded = b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0));
            b.Output(padded);
            return b.Conv2D(padded, 4, 3, 1, Padding.Valid);
        },
        ["padding by another number"] = (b, x) =>
        {
            ModelTensor amounts = b.Constant("amounts", [4, 2], TensorType.Int32, ModelData.Int32s(0, 0, 1, 1, 1, 1, 0, 0));
            ModelTensor five = b.Constant("five", [1], TensorType.Int8, [5], Quantization.Activation);
            return b.Conv2D(b.Operator("PADV2", [x, amounts, five], [1, 10, 8, 3], version: 2), 4, 3, 1, Padding.Valid);
        },
        ["padding between two scales"] = (b, x) =>
        {
            ModelTensor amounts = b.Constant("amounts", [4, 2], TensorType.Int32, ModelData.Int32s(0, 0, 1, 1, 1, 1, 0, 0));
            return b.Conv2D(b.Operator("PAD", [x, amounts], [1, 10, 8, 3], version: 2, quantization: new Quantization(0.5f, 3)), 4, 3, 1, Padding.Valid);
        },
        ["other options"] = (b, x) => b.Add(b.Add(x, x), b.Add(x, x, Fused.Relu)),
        ["other weights"] = (b, x) => b.Add(b.Conv2D(x, 3, 3), b.Conv2D(x, 3, 3)),
        ["other scales"] = (b, x) => b.Add(b.Quantize(x, quantization: new Quantization(0.5f, 3)), b.Quantize(x, quantization: new Quantization(0.5f, 4))),
        ["two outputs of two equal operators"] = (b, x) =>
        {
            b.Output(b.Relu(x));
            return b.Relu(x);
        },
        ["a constant that is an output"] = (b, x) =>
        {
            b.Output(b.Reshape(b.Constant("c", [2, 3], TensorType.Int8, new byte[6]), 6));
            return b.Relu(x);
        },
        ["constants side by side"] = (b, x) => b.Add(x, b.Operator("PACK", [Half(b), Half(b), Half(b)], [1, 8, 6, 3],
            new OptionsTable(59, new FlatTableNode().Int32(0, 3).Int32(1, 3)))),
        ["every other element of a constant"] = (b, x) =>
            b.Add(x, b.StridedSlice(b.Constant("c", [6], TensorType.Int8, [1, 2, 3, 4, 5, 6]), [0], [6], [2])),
        ["constants of two scales one behind the other"] = (b, x) => b.Add(x, b.Concat(0, b.Constant("c", [1], TensorType.Int8, [1]),
            b.Constant("d", [2], TensorType.Int8, [1, 2], new Quantization(0.5f, 3)))),
        ["a part of what is no constant"] = (b, x) => b.Relu(SimplifyRuleTests.Slice(b, x, [0, 1, 1, 0], [1, 4, 4, 3])),
    };

    private static ModelTensor Half(ModelBuilder b) =>
        b.Constant($"half {b.Tensors.Count}", [1, 8, 6], TensorType.Int8, [.. Enumerable.Range(0, 48).Select(i => (byte)i)]);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_stays(string name) =>
        Assert.Null(Simplifier.Simplify(TfliteModel.Load(SimplifyRuleTests.Model(Cases[name]).Build(), name), Simplifier.Rules)?.Steps);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Padding_stays_where_a_weight_times_zero_is_not_zero(float weight)
    {
        ModelBuilder b = SimplifyRuleTests.Model((b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 1, Padding.Valid), TensorType.Float32);
        Assert.NotNull(SimplifiedAnswers.Of(b));
        ModelTensor filter = b.Operators[1].Inputs[1]!;
        filter.Data = [.. filter.Data!.Take(40), .. ModelData.Single(weight), .. filter.Data!.Skip(44)];
        Assert.Null(Simplifier.Simplify(TfliteModel.Load(b.Build(), "weights"), Simplifier.Rules));
    }

    [Fact]
    public void Handles_of_two_variables_are_two()
    {
        var b = new ModelBuilder(5);
        ModelTensor x = b.Input("x", [1, 4]), read = b.ReadVariable(b.VarHandle("one"), [1, 4]);
        b.AssignVariable(b.VarHandle("two"), x);
        b.Output(b.Add(read, x));
        Assert.Null(SimplifiedAnswers.Of(b));
    }

    [Fact]
    public void A_variable_is_read_before_and_after_it_is_written()
    {
        var b = new ModelBuilder(5);
        ModelTensor x = b.Input("x", [1, 4]), handle = b.VarHandle("one"), before = b.ReadVariable(handle, [1, 4]);
        b.AssignVariable(handle, x);
        b.Output(b.Add(before, b.ReadVariable(handle, [1, 4])));
        Assert.Null(SimplifiedAnswers.Of(b));
    }
}
