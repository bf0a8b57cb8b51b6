using TinyReorder.Optimization;
using TinyReorder.Planning.Streaming;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Models that are left as they are, and why.</summary>
public class RewriteReasonTests
{
    private const string NotDrafted = "the file has several subgraphs, state or order constraints, or tables that this project cannot write anew";

    private static readonly Dictionary<string, Action<ModelBuilder, ModelTensor>> Changes = new(StringComparer.Ordinal)
    {
        ["several subgraphs"] = (b, _) =>
        {
            SubgraphBuilder other = b.Subgraph("other");
            other.Output(other.Relu(other.Input("y", [1, 4])));
        },
        ["intermediate tensors"] = (b, y) => Custom(b, y).Intermediates = [b.Tensor("inside", [1, 2])],
        ["an input that is changed"] = (b, y) => Custom(b, y).MutatingInputs = [true],
        ["custom options outside"] = (b, y) => Custom(b, y).LargeCustomOptions = [9, 8, 7, 6],
        ["order constraints"] = (b, _) => b.ControlDependencies([(0, 1)]),
        ["a variable tensor"] = (b, y) =>
        {
            ModelTensor flat = b.Reshape(b.GlobalAveragePool(y), 1, 4), made = b.Tensor("made", [1, 4]);
            b.Operator("SVDF", [flat, b.Constant("w", [4, 4], TensorType.Int8, new byte[16]), b.Constant("t", [4, 2], TensorType.Int16, new byte[16]), null,
                b.Variable("state", [1, 8], TensorType.Int16)], [made], new OptionsTable(27, new FlatTableNode().Int32(0, 1)));
            b.Output(made);
        },
        ["a custom operator with a variable"] = (b, y) => b.Custom("Custom", [y, b.Variable("state", [1, 8])], [Made(b)]),
        ["a resource variable"] = (b, y) =>
        {
            ModelTensor flat = b.Reshape(b.GlobalAveragePool(y), 1, 4), handle = b.VarHandle("last"), last = b.ReadVariable(handle, [1, 4]);
            b.AssignVariable(handle, flat);
            b.Output(last);
        },
        ["fields of the future"] = (b, _) => b.Layout = new ModelLayout { UnknownModelFields = 1 },
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_that_cannot_be_drafted_stays_as_it_is(string change)
    {
        ModelBuilder b = Streamable(out ModelTensor y);
        Changes[change](b, y);
        var model = TfliteModel.Load(b.Build(), change);

        RewriteOutcome rewrite = Optimize(model).Rewrite!;

        Assert.Equal((null, NotDrafted), (rewrite.Plan, rewrite.Reason));
        Assert.Empty(rewrite.Regions);
    }

    /// <summary>Otherwise the changes would show nothing.</summary>
    [Fact]
    public void Without_a_change_it_is_rewritten()
    {
        OptimizationResult result = Optimize(TfliteModel.Load(Streamable(out _).Build(), "streamable"));

        Assert.Null(result.Rewrite!.Reason);
        Assert.NotEmpty(result.Rewrite.Regions);
        Assert.Contains(TfliteModel.Load(result.OptimizedModel, "streamed").Subgraphs[0].Operators, op => op.Kind == "WHILE");
    }

    [Fact]
    public void A_first_buffer_with_data_is_refused()
    {
        byte[] file = Streamable(out _).Build();
        TfliteModel model = TfliteModel.Load(file, "streamable");
        FlatVector buffers = model.Root.Vector(4, 4)!.Value;
        int filled = Enumerable.Range(1, model.BufferCount - 1).First(i => model.BufferBytes(i).Count > 0);
        // The first entry of the list now leads to the table of another one.
        LittleEndian.WriteUInt32(file, buffers.Slot(0), (uint)(buffers.TableAt(filled).Position - buffers.Slot(0)));

        Assert.False(StreamSearch.CanSearch(TfliteModel.Load(file, "shared buffer")));
    }

    [Fact]
    public void A_model_with_a_plan_of_its_own_stays_as_it_is()
    {
        ModelBuilder b = Streamable(out _);
        b.OfflinePlan(Enumerable.Repeat(-1, b.Tensors.Count).ToArray());
        var model = TfliteModel.Load(b.Build(), "planned");

        Assert.NotNull(Optimize(model).Rewrite!.Reason);
        Assert.False(StreamSearch.CanSearch(model));
    }

    private static OptimizationResult Optimize(TfliteModel model) =>
        ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "reference", Rewrite = "stream", MaxWork = "1.5", MaxFlash = "100000" });

    private static ModelOperator Custom(ModelBuilder b, ModelTensor y) => b.Custom("Custom", [y], [Made(b)]);

    private static ModelTensor Made(ModelBuilder b)
    {
        ModelTensor made = b.Tensor("made", [1, 4]);
        b.Output(made);
        return made;
    }

    private static ModelBuilder Streamable(out ModelTensor y)
    {
        ModelBuilder b = BuiltModels.Streamable();
        y = b.Outputs[0];
        return b;
    }
}
