using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>What each rule removes; every result is proven and evaluated.</summary>
public class SimplifyRuleTests
{
    private static readonly int[] Image = [1, 8, 6, 3];

    private static readonly Quantization Other = new(0.11f, 17);

    private static readonly Dictionary<string, (string Rules, string Left, Func<ModelBuilder, ModelTensor, ModelTensor> Layers)> Cases =
        new(StringComparer.Ordinal)
        {
            ["a chain that nobody reads"] = ("unread unread", "RELU", (b, x) =>
            {
                b.Conv2D(b.Relu6(x), 4, 3);
                return b.Relu(x);
            }
            ),
            ["a split of which nobody reads a part"] = ("unread", "RELU", (b, x) =>
            {
                b.Split(x, 3, 3);
                return b.Relu(x);
            }
            ),
            ["reshapes one after the other"] = ("reshape reshape", "RESHAPE RELU", (b, x) => b.Relu(b.Reshape(b.Reshape(b.Reshape(x, 144), 12, 12), 8, 18))),
            ["a reshape to its own shape"] = ("reshape", "RELU", (b, x) => b.Relu(b.Reshape(x, Image))),
            ["there and back"] = ("reshape unread", "RELU", (b, x) => b.Relu(b.Reshape(b.Reshape(x, 144), Image))),
            ["there and back, read between"] = ("reshape", "RESHAPE RELU RELU", (b, x) =>
            {
                ModelTensor flat = b.Reshape(x, 144), back = b.Reshape(flat, Image);
                b.Output(b.Relu(flat));
                return b.Relu(back);
            }
            ),
            ["a squeeze that is taken back"] = ("reshape unread", "RELU", (b, x) => b.Relu(b.Reshape(Squeezed(b, x), Image))),
            ["a squeeze before a reshape"] = ("reshape", "RESHAPE RELU", (b, x) => b.Relu(b.Reshape(Squeezed(b, x), 12, 12))),
            ["a reshape of the model's output"] = ("reshape", "RELU", (b, x) => b.Reshape(b.Relu(x), Image)),
            ["transposes that cancel"] = ("transpose unread", "RELU", (b, x) => b.Relu(b.Transpose(b.Transpose(x, 0, 2, 3, 1), 0, 3, 1, 2))),
            ["transposes that cancel over an output"] = ("transpose unread", "RELU", (b, x) => b.Transpose(b.Transpose(b.Relu(x), 3, 1, 0, 2), 2, 1, 3, 0)),
            ["a transpose that moves nothing"] = ("transpose", "RELU", (b, x) => b.Relu(b.Transpose(x, 0, 1, 2, 3))),
            ["a quantize to what it was"] = ("quantize", "RELU", (b, x) => b.Relu(b.Quantize(x, quantization: Quantization.Activation))),
            ["a quantize after a dequantize"] = ("quantize unread", "RELU", (b, x) =>
                b.Relu(b.Quantize(b.Dequantize(x), quantization: Quantization.Activation))),
            ["padding of a stride of 2"] = ("pad", "CONV_2D", (b, x) => b.Conv2D(b.Pad(x, (0, 0), (0, 1), (0, 1), (0, 0)), 4, 3, 2, Padding.Valid)),
            ["padding of a depthwise convolution"] = ("pad", "DEPTHWISE_CONV_2D", (b, x) =>
                b.DepthwiseConv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 3, 1, Padding.Valid)),
            ["padding with a dilation"] = ("pad", "CONV_2D", (b, x) =>
                b.Conv2D(b.Pad(x, (0, 0), (2, 2), (2, 2), (0, 0)), 4, 3, 1, Padding.Valid, Fused.Relu, dilation: 2)),
            ["padding for two convolutions"] = ("pad", "CONV_2D DEPTHWISE_CONV_2D", (b, x) =>
            {
                ModelTensor padded = b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0));
                b.Output(b.Conv2D(padded, 4, 3, 1, Padding.Valid));
                return b.DepthwiseConv2D(padded, 3, 1, Padding.Valid);
            }
            ),
            ["padding of a convolution of one column"] = ("pad", "CONV_2D", (b, x) =>
                b.Conv2D(b.Pad(x, (0, 0), (1, 1), (0, 0), (0, 0)), 4, (3, 1), (1, 1), Padding.Valid)),
            ["a reshaped constant"] = ("constant", "ADD", (b, x) => b.Add(x, b.Reshape(Constant(b, 1, 3), 1, 1, 1, 3))),
            ["a transposed constant"] = ("constant", "ADD", (b, x) => b.Add(x, b.Transpose(Constant(b, 3, 1, 6, 1), 3, 1, 2, 0))),
            ["a part of a constant"] = ("constant", "ADD", (b, x) => b.Add(x, Slice(b, Constant(b, 1, 2, 6, 5), [0, 1, 0, 1], [1, 1, -1, 3]))),
            ["a part of a constant that was moved and reshaped"] = ("constant constant constant", "ADD", (b, x) =>
                b.Add(x, b.Reshape(b.Transpose(Slice(b, Constant(b, 7, 9), [2, 1], [3, 6]), 1, 0), 1, 1, 6, 3))),
            ["constants one behind the other"] = ("constant", "ADD", (b, x) => b.Add(x, b.Concat(3, Constant(b, 1, 1, 1, 1), Constant(b, 1, 1, 1, 2)))),
            ["a packed constant"] = ("constant constant", "ADD", (b, x) => b.Add(x, b.Reshape(b.Operator("PACK", [Constant(b, 3), Constant(b, 3),
                Constant(b, 3),
                Constant(b, 3), Constant(b, 3), Constant(b, 3)], [6, 3], new OptionsTable(59, new FlatTableNode().Int32(0, 6))), 1, 1, 6, 3))),
            ["a part of a vector"] = ("constant", "ADD", (b, x) => b.Add(x, b.StridedSlice(Constant(b, 9), [4], [7]))),
            ["an element of a vector"] = ("constant", "ADD", (b, x) => b.Add(x, b.Operator("STRIDED_SLICE",
                [Constant(b, 9), b.Int32s("begin", -2), b.Int32s("end", 0), b.Int32s("step", 1)], Array.Empty<int>(),
                new OptionsTable(32, new FlatTableNode().Int32(4, 1))))),
            ["equal operators"] = ("equal", "RELU ADD", (b, x) => b.Add(b.Relu(x), b.Relu(x))),
            ["equal operators after equal operators"] = ("equal equal", "RELU RELU6 ADD", (b, x) => b.Add(b.Relu6(b.Relu(x)), b.Relu6(b.Relu(x)))),
            ["equal splits"] = ("equal", "SPLIT ADD", (b, x) => b.Add(b.Split(x, 3, 3)[0], b.Split(x, 3, 3)[2])),
            ["equal reshapes"] = ("equal", "RESHAPE ADD", (b, x) => b.Add(b.Reshape(x, 144), b.Reshape(x, 144))),
            ["an output that is made twice"] = ("equal", "RELU ADD", (b, x) =>
            {
                ModelTensor first = b.Relu(x), second = b.Relu(x);
                b.Output(second);
                return b.Add(first, x);
            }
            ),
        };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_removed(string name)
    {
        (string rules, string left, Func<ModelBuilder, ModelTensor, ModelTensor> layers) = Cases[name];
        foreach (TensorType type in name.Contains("quantize", StringComparison.Ordinal) ? new[] { TensorType.Int8 } : [TensorType.Int8, TensorType.Float32])
        {
            SimplifiedModel? simplified = SimplifiedAnswers.Of(Model(layers, type));
            string found = string.Join(" ", (simplified?.Steps ?? []).Select(step => step.Rule).Order(StringComparer.Ordinal));
            Assert.Equal((rules, left), (found, SimplifiedAnswers.Kinds(simplified)));
        }
    }

    [Fact]
    public void Steps_name_operators_of_the_original()
    {
        SimplifiedModel simplified = SimplifiedAnswers.Of(Model((b, x) =>
        {
            ModelTensor padded = b.Pad(b.Relu(b.Reshape(x, Image)), (0, 0), (1, 1), (1, 1), (0, 0));
            return b.Conv2D(padded, 4, 3, 1, Padding.Valid);
        }))!;
        Assert.Equal([new SimplifiedStep("reshape", 0, 0), new SimplifiedStep("pad", 0, 2, 3)], simplified.Steps);
        Assert.Equal([1, 3], simplified.OriginalOperators[0]);
    }

    [Fact]
    public void What_the_shape_of_a_tensor_is_stands_in_the_file()
    {
        SimplifiedModel? simplified = SimplifiedAnswers.Of(Model((b, x) =>
        {
            ModelTensor shape = b.Tensor("shape", [4], TensorType.Int32), y = b.Tensor("y", Image);
            b.Operator("SHAPE", [x], [shape], new OptionsTable(55, new FlatTableNode().Byte(0, 2)));
            b.Operator("RESHAPE", [b.Relu(x), shape], [y], new OptionsTable(17, new FlatTableNode()));
            return y;
        }), runs: false);
        Assert.Equal(("constant reshape", "RELU"), (string.Join(" ", simplified!.Steps.Select(step => step.Rule)), SimplifiedAnswers.Kinds(simplified)));
    }

    /// <summary>What Keras writes for a batch of an open size: zeros as many as the input has images.</summary>
    [Fact]
    public void A_shape_that_is_taken_apart_and_put_together_again_is_stored()
    {
        ModelBuilder b = Model((b, x) =>
        {
            ModelTensor shape = b.Tensor("shape", [4], TensorType.Int32), zeros = b.Tensor("zeros", [1, 8]), y = b.Tensor("y", [1, 144]);
            b.Operator("SHAPE", [x], [shape], new OptionsTable(55, new FlatTableNode().Byte(0, 2)));
            ModelTensor first = b.Operator("STRIDED_SLICE", [shape, b.Int32s("begin", 0), b.Int32s("end", 1), b.Int32s("step", 1)], Array.Empty<int>(),
                new OptionsTable(32, new FlatTableNode().Int32(4, 1)));
            ModelTensor eight = b.Constant("eight", [], TensorType.Int32, ModelData.Int32s(8));
            ModelTensor most = b.Constant("most", [], TensorType.Int32, ModelData.Int32s(144));
            ModelTensor Both(ModelTensor other) => b.Operator("PACK", [first, other], [2], new OptionsTable(59, new FlatTableNode().Int32(0, 2)));
            b.Operator("FILL", [Both(eight), b.Constant("zero", [], TensorType.Int8, [7], Quantization.Activation)], [zeros]);
            b.Operator("RESHAPE", [x, Both(most)], [y], new OptionsTable(17, new FlatTableNode()));
            b.Output(b.Relu(zeros));
            return b.Relu(y);
        });
        SimplifiedModel simplified = SimplifiedAnswers.Of(b, runs: false)!;
        Assert.Equal("RESHAPE RELU RELU", SimplifiedAnswers.Kinds(simplified));
        TfliteSubgraph main = simplified.Model.Subgraphs[0];
        Assert.Equal(Enumerable.Repeat((byte)7, 8), main.Tensors[main.Operators[1].Inputs[0]].ConstantBytes);
        Assert.Equal(ModelData.Int32s(1, 144), main.Tensors[main.Operators[0].Inputs[1]].ConstantBytes.ToArray());
    }

    [Fact]
    public void Two_handles_of_one_variable_are_one()
    {
        var b = new ModelBuilder(5);
        ModelTensor x = b.Input("x", [1, 4]), read = b.ReadVariable(b.VarHandle("state"), [1, 4]);
        b.AssignVariable(b.VarHandle("state"), b.Add(x, read));
        b.AssignVariable(b.VarHandle("other"), x);
        b.Output(b.Add(read, x, Fused.Relu));
        SimplifiedModel? simplified = SimplifiedAnswers.Of(b);
        Assert.Equal("VAR_HANDLE READ_VARIABLE ADD ASSIGN_VARIABLE VAR_HANDLE ASSIGN_VARIABLE ADD", SimplifiedAnswers.Kinds(simplified));
    }

    [Fact]
    public void Tensors_that_nothing_names_go_and_the_others_keep_their_names()
    {
        ModelBuilder b = Model((b, x) =>
        {
            b.Tensor("nobody", [1, 3]);
            ModelTensor y = b.Relu(x);
            b.Constant("nobody either", [2], TensorType.Int8, [1, 2]);
            return b.Relu6(y);
        });
        SimplifiedModel simplified = SimplifiedAnswers.Of(b)!;
        SimplifiedStep step = Assert.Single(simplified.Steps);
        Assert.Equal(("unnamed", -1, 2), (step.Rule, step.Operator, step.Tensors));
        Assert.Equal(b.Tensors.Select(tensor => tensor.Name).Where(name => !name.StartsWith("nobody", StringComparison.Ordinal)).Order(),
            simplified.Model.Subgraphs[0].Tensors.Select(tensor => tensor.Name).Order());
    }

    internal static ModelBuilder Model(Func<ModelBuilder, ModelTensor, ModelTensor> layers, TensorType type = TensorType.Int8)
    {
        var b = new ModelBuilder(7);
        b.Output(layers(b, b.Input("x", Image, type)));
        return b;
    }

    internal static ModelTensor Squeezed(ModelBuilder b, ModelTensor x) =>
        b.Operator("SQUEEZE", [x], [8, 6, 3], new OptionsTable(30, new FlatTableNode().Int32s(0, [0])));

    internal static ModelTensor Slice(ModelBuilder b, ModelTensor x, int[] begin, int[] size) => b.Operator("SLICE",
        [x, b.Int32s("begin", begin), b.Int32s("size", size)], [.. size.Select((extent, d) => extent < 0 ? x.Shape[d] - begin[d] : extent)],
        new OptionsTable(48, new FlatTableNode()), version: 2);

    private static ModelTensor Constant(ModelBuilder b, params int[] shape)
    {
        TensorType type = b.Inputs[0].Type;
        int elements = shape.Aggregate(1, (product, size) => product * size);
        return b.Constant($"constant {b.Tensors.Count}", shape, type, type == TensorType.Int8
            ? [.. Enumerable.Range(0, elements).Select(i => (byte)(i * 37))]
            : [.. Enumerable.Range(0, elements).SelectMany(i => ModelData.Single((i * 5 % 17) - 8))], type == TensorType.Int8 ? Other : null);
    }
}
