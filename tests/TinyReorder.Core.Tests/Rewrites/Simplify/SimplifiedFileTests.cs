using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>What a simplified file has of the original, however that is laid out.</summary>
public class SimplifiedFileTests
{
    public static TheoryData<int> Layouts => [.. Enumerable.Range(0, BuiltModels.Layouts.Count)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_layout_is_simplified_or_left(int layout)
    {
        ModelBuilder b = Littered();
        b.Layout = BuiltModels.Layouts[layout];
        var model = TfliteModel.Load(b.Build(), "layout");
        bool isKnown = b.Layout is { UnknownModelFields: 0, UnknownOperatorFields: 0 };
        Assert.Equal(isKnown, Simplifier.CanSimplify(model));
        if (isKnown)
            Assert.Equal("RELU6 Custom CONV_2D", SimplifiedAnswers.Kinds(SimplifiedAnswers.Of(model, runs: false)));
    }

    [Fact]
    public void Inputs_outputs_signatures_and_metadata_stay()
    {
        ModelBuilder b = Littered();
        TfliteModel model = TfliteModel.Load(b.Build(), "model"), simplified = SimplifiedAnswers.Of(model, runs: false)!.Model;
        Assert.Equal(["x"], Names(simplified, simplified.Subgraphs[0].Inputs));
        Assert.Equal(Names(model, model.Subgraphs[0].Outputs), Names(simplified, simplified.Subgraphs[0].Outputs));
        Assert.Equal(Signatures(model), Signatures(simplified));
        Assert.Equal(["note"], simplified.Metadata.Select(entry => entry.Name));
        Assert.Equal("hello"u8.ToArray(), simplified.BufferBytes(simplified.Metadata[0].Buffer).ToArray());
    }

    [Fact]
    public void Every_subgraph_is_simplified()
    {
        var b = new ModelBuilder(3);
        SubgraphBuilder condition = b.Subgraph("condition"), body = b.Subgraph("body");
        ModelTensor limit = condition.Constant("limit", [1], TensorType.Int32, ModelData.Int32s(3)), goes = condition.Tensor("goes on", [1], TensorType.Bool);
        condition.Operator("LESS", [condition.Input("i", [1], TensorType.Int32), limit], [goes]);
        condition.Input("y", [1, 8]);
        condition.Output(goes);
        ModelTensor i = body.Input("i", [1], TensorType.Int32), y = body.Input("y", [1, 8]);
        ModelTensor next = body.Operator("ADD", [i, body.Constant("one", [1], TensorType.Int32, ModelData.Int32s(1))], [1]);
        body.Relu(y);
        body.Output(next, body.Add(body.Reshape(body.Reshape(y, 8), 1, 8), y));
        IReadOnlyList<ModelTensor> results = b.While(condition, body, b.Constant("zero", [1], TensorType.Int32, ModelData.Int32s(0)), b.Input("x", [1, 8]));
        b.Output(b.Relu6(results[1]));

        SimplifiedModel simplified = SimplifiedAnswers.Of(b)!;
        Assert.Equal(["reshape", "unread", "unread"], simplified.Steps.Select(step => step.Rule).Order(StringComparer.Ordinal));
        Assert.All(simplified.Steps, step => Assert.Equal(2, step.Subgraph));
        Assert.Equal(["ADD", "ADD"], simplified.Model.Subgraphs[2].Operators.Select(op => op.Kind));
        Assert.Equal([0, 4], simplified.OriginalOperators[2]);
    }

    [Fact]
    public void Data_are_referenced_where_they_lie()
    {
        TfliteModel model = TfliteModel.Load(Littered().Build(), "model"), simplified = SimplifiedAnswers.Of(model, runs: false)!.Model;
        Assert.Equal(model.BufferCount, simplified.BufferCount);
        int added = simplified.Bytes.Length - model.Bytes.Length;
        Assert.Equal(model.Buffers.Select(buffer => (buffer.Start + added, buffer.Length)).Where(buffer => buffer.Length > 0),
            simplified.Buffers.Select(buffer => (buffer.Start, buffer.Length)).Where(buffer => buffer.Length > 0));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() =>
        Assert.Equal(SimplifiedAnswers.Of(Littered(), runs: false)!.Model.Bytes, SimplifiedAnswers.Of(Littered(), runs: false)!.Model.Bytes);

    [Fact]
    public void A_model_with_order_constraints_is_left()
    {
        ModelBuilder b = Littered();
        b.ControlDependencies([(0, 1)]);
        Assert.False(Simplifier.CanSimplify(TfliteModel.Load(b.Build(), "ordered")));
    }

    [Fact]
    public void A_subgraph_whose_operators_have_tensors_of_their_own_is_left()
    {
        ModelBuilder b = Littered();
        b.Operators.Single(op => op.Kind == "Custom").Intermediates = [b.Tensor("inside", [1, 2])];
        var model = TfliteModel.Load(b.Build(), "intermediate");
        Assert.True(Simplifier.CanSimplify(model));
        Assert.Null(Simplifier.Simplify(model, Simplifier.Rules));
    }

    private static string[] Names(TfliteModel model, IReadOnlyList<int> tensors) => [.. tensors.Select(t => model.Subgraphs[0].Tensors[t].Name)];

    private static string[] Signatures(TfliteModel model) =>
    [
        .. from signature in OldTables.Tables(model.Root, Schema.Root.Signatures)
           from slot in new[] { Schema.Signature.Inputs, Schema.Signature.Outputs }
           from tensor in OldTables.Tables(signature, slot)
           select $"{signature.Text(Schema.Signature.Key)} {tensor.Text(Schema.SignatureTensor.Name)} "
               + model.Subgraphs[(int)signature.UInt32(Schema.Signature.Subgraph)].Tensors[(int)tensor.UInt32(Schema.SignatureTensor.Tensor)].Name,
    ];

    private static ModelBuilder Littered()
    {
        var b = new ModelBuilder(3);
        ModelTensor x = b.Input("x", [1, 8, 6, 3]), y = b.Relu6(b.Transpose(x, 0, 1, 2, 3)), custom = b.Tensor("made", [1, 4]);
        b.Custom("Custom", [b.Reshape(y, 1, 8, 6, 3)], [custom], [1, 2, 3]);
        b.Relu(y);
        b.Output(custom, b.Conv2D(b.Pad(y, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 1, Padding.Valid));
        b.Metadata("note", "hello"u8.ToArray());
        b.Signature("serving_default", b);
        return b;
    }
}
