using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

/// <summary>Whatever one model says otherwise than the other is a difference.</summary>
public class ModelContentTests
{
    /// <summary>Each changes one thing; the models have equal numbers of everything that is not changed.</summary>
    private static readonly Dictionary<string, Action<ModelBuilder>> Changes = new()
    {
        ["another subgraph"] = b => b.Subgraph("more"),
        ["name of a subgraph"] = b => b.Subgraphs[1].Name = "other",
        ["outputs"] = b => b.Output(b.Tensors[0]),
        ["another tensor"] = b => b.Tensor("more", [1]),
        ["another operator"] = b => b.Custom("More", [b.Tensors[0]], [b.Tensors[0]]),
        ["name of a tensor"] = b => b.Tensors[0].Name = "other",
        ["shape"] = b => b.Tensors[0].Shape = [1, 5],
        ["type"] = b => b.Tensors[0].Type = TensorType.UInt8,
        ["number of the buffer"] = b => Weights(b).Data = [.. Weights(b).Data!],
        ["buffer or none"] = b => Weights(b).Data = null,
        ["length of the data"] = b => Weights(b).Data = b.Tensors.Single(tensor => tensor.Name == "also w").Data = [1, 2, 3, 4, 5],
        ["variable"] = b => b.Tensors[0].IsVariable = true,
        ["scale"] = b => b.Tensors[0].Quantization = new Quantization(0.25f, 3),
        ["zero point"] = b => b.Tensors[0].Quantization = new Quantization(0.5f, 4),
        ["number of zero points"] = b => b.Tensors[0].Quantization = new Quantization([0.5f], [3, 3], 0),
        ["quantized dimension"] = b => b.Tensors[0].Quantization = new Quantization([0.5f], [3], 1),
        ["sparse"] = b => b.Tensors[0].Sparsity = new FlatTableNode(),
        ["version"] = b => Custom(b).Version = 2,
        ["what an operator reads"] = b => Custom(b).Inputs = [b.Tensors[0]],
        ["what an operator writes"] = b => Custom(b).Outputs = [b.Tensors[0]],
        ["intermediates"] = b => Custom(b).Intermediates = [b.Tensors[0]],
        ["mutated inputs"] = b => Custom(b).MutatingInputs = [true],
        ["kind of options"] = b => b.Operators[0].Options = new OptionsTable(7, new FlatTableNode()),
        ["custom options"] = b => Custom(b).CustomOptions = [1, 2, 4],
        ["buffers outside"] = b => b.Layout = b.Layout with { BuffersOutside = true },
    };

    public static TheoryData<string> Names => new(Changes.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_difference_is_found(string name)
    {
        TfliteModel one = Load(_ => { }), other = Load(Changes[name]);
        Assert.False(ModelContent.IsIn(one, other));
        Assert.True(ModelContent.IsIn(other, Load(Changes[name])));
    }

    [Theory]
    [InlineData("MINE", "YOURS")]
    [InlineData("RELU", "RELU6")]
    public void Another_kind_of_operator_is_found(string kind, string other)
    {
        TfliteModel Of(string name)
        {
            ModelBuilder b = Model();
            b.Operator(name, [b.Tensors[0]], [b.Tensors[1]]);
            return TfliteModel.Load(b.Build(), "built.tflite");
        }

        Assert.True(ModelContent.IsIn(Of(kind), Of(kind)));
        Assert.False(ModelContent.IsIn(Of(kind), Of(other)));
    }

    [Fact]
    public void Another_number_in_the_older_field_is_found()
    {
        TfliteModel Of(int code)
        {
            FlatTableNode subgraph = new FlatTableNode().Tables(0, [new FlatTableNode()]).Tables(3, [new FlatTableNode()]);
            return TfliteModel.Load(FlatBufferWriter.Write(new FlatTableNode().Tables(1, [new FlatTableNode().Byte(0, code)]).Tables(2, [subgraph]), "TFL3",
                vtablesBehindTables: false), "built.tflite");
        }

        Assert.True(ModelContent.IsIn(Of(3), Of(3)));
        Assert.False(ModelContent.IsIn(Of(3), Of(4)));
    }

    [Fact]
    public void The_other_may_have_more_buffers_and_metadata()
    {
        TfliteModel one = Load(_ => { }), more = Load(b => b.Metadata("note", [1, 2, 3]));
        Assert.True(ModelContent.IsIn(one, more));
        Assert.False(ModelContent.IsIn(more, one));
    }

    [Fact]
    public void An_input_that_is_none_is_found()
    {
        TfliteModel Of(bool isInput)
        {
            ModelBuilder b = Model();
            ModelTensor unused = isInput ? b.Input("a", [2]) : b.Tensor("a", [2]);
            Assert.Equal(b.Tensors.Count - 1, unused.Index);
            return TfliteModel.Load(b.Build(), "built.tflite");
        }

        Assert.True(ModelContent.IsIn(Of(true), Of(true)));
        Assert.False(ModelContent.IsIn(Of(true), Of(false)));
    }

    private static TfliteModel Load(Action<ModelBuilder> change)
    {
        ModelBuilder b = Model();
        change(b);
        return TfliteModel.Load(b.Build(), "built.tflite");
    }

    private static ModelBuilder Model()
    {
        var b = new ModelBuilder();
        SubgraphBuilder second = b.Subgraph("second");
        ModelTensor x = b.Input("x", [1, 4], quantization: new Quantization(0.5f, 3)), y = b.Tensor("y", [1, 4]), z = b.Tensor("z", [1, 4]);
        ModelTensor shared = b.Constant("w", [4], TensorType.Int8, [1, 2, 3, 4]);
        b.Constant("also w", [4], TensorType.Int8, shared.Data!);
        b.Operator("RELU", [x, shared], [y], new OptionsTable(8, new FlatTableNode()));
        b.Custom("Mine", [y], [z], [1, 2, 3]);
        b.Output(z);
        second.Input("a", [2]);
        return b;
    }

    private static ModelTensor Weights(ModelBuilder b) => b.Tensors.First(tensor => tensor.Name == "w");

    private static ModelOperator Custom(ModelBuilder b) => b.Operators.Single(op => op.Kind == "Mine");
}
