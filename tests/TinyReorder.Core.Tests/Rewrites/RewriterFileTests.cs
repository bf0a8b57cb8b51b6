using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Rewrites;

/// <summary>What a rewritten file has of the original: all of its bytes, at its end.</summary>
public class RewriterFileTests
{
    public static TheoryData<string> Names => [.. HandMadeNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_ends_with_the_original_and_takes_its_weights_from_there(string name)
    {
        var model = TfliteModel.Load(HandMadeNetworks.All[name].Build().Build(), name);
        foreach ((Region Region, RowSchedule Schedule) pair in StreamableRegions.Of(model))
        {
            TfliteModel rewritten = Rewriter.Stream(model, [pair]).Model;
            int added = rewritten.Bytes.Length - model.Bytes.Length;

            Assert.True(rewritten.Bytes.AsSpan(added).SequenceEqual(model.Bytes));
            Assert.Equal(WeightsOf(model, 0).Order(), WeightsOf(rewritten, added).Distinct().Order());
            // Data starts where kernels may read several bytes at once; small tables where a number of theirs may stand.
            Assert.All(rewritten.Buffers.Where(data => data.Length > 0), data => Assert.Equal(0, data.Start % (data.Start < added && data.Length < 256 ? 4 : 16)));
        }
    }

    [Fact]
    public void Tensors_and_operators_outside_of_the_region_are_the_same_tables()
    {
        TfliteModel model = Model();
        TfliteModel rewritten = Rewriter.Stream(model, [TwoConvolutions(model)]).Model;
        TfliteSubgraph before = model.Subgraphs[0], after = rewritten.Subgraphs[0];
        int added = rewritten.Bytes.Length - model.Bytes.Length;

        Assert.Equal(["RELU", "WHILE", "RELU6", "Custom"], after.Operators.Select(op => op.Kind));
        foreach ((int old, int changed) in new[] { (0, 0), (3, 2), (4, 3) })
        {
            TfliteOperator was = before.Operators[old], now = after.Operators[changed];
            Assert.Equal((was.Kind, was.Version, was.Options.UnionType), (now.Kind, now.Version, now.Options.UnionType));
            Assert.Equal(was.Options.CustomOptions, now.Options.CustomOptions);
            Assert.Equal(was.Options.TablePosition, now.Options.TablePosition is { } position ? position - added : null);
            Assert.Equal(was.Inputs.Concat(was.Outputs).Select(t => before.Tensors[t].Name), now.Inputs.Concat(now.Outputs).Select(t => after.Tensors[t].Name));
        }
        foreach (TfliteTensor tensor in after.Tensors.Where(tensor => tensor.Name.Length > 0))
        {
            TfliteTensor was = before.Tensors.Single(other => other.Name == tensor.Name);
            Assert.Equal((was.Type, was.Buffer, was.IsConstant, was.ZeroPoint), (tensor.Type, tensor.Buffer, tensor.IsConstant, tensor.ZeroPoint));
            Assert.Equal(was.Shape.Concat(was.ShapeSignature), tensor.Shape.Concat(tensor.ShapeSignature));
            Assert.Equal(was.Scales, tensor.Scales);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Signatures_name_the_same_tensors(int furtherConvolutions)
    {
        TfliteModel model = Model(furtherConvolutions);
        Region region = Region.Of(model, 1, 2 + furtherConvolutions, RowOperators.Height)!;
        TfliteModel rewritten = Rewriter.Stream(model, [(region, TurnSchedule.Of(region, 1)!)]).Model;

        string[] before = [.. Signatures(model)], after = [.. Signatures(rewritten)];

        Assert.Equal(["serving_default 0: x = x", $"serving_default 0: RELU6_{3 + furtherConvolutions} = RELU6_{3 + furtherConvolutions}",
            "serving_default 0: Custom_4 = Custom_4"], before);
        Assert.Equal(before, after);
        // Tensors stay at their index unless fewer are left than were before them.
        Assert.Equal(furtherConvolutions == 0, model.Subgraphs[0].Outputs.SequenceEqual(rewritten.Subgraphs[0].Outputs));
    }

    [Fact]
    public void Metadata_and_description_stay()
    {
        TfliteModel model = Model();
        TfliteModel rewritten = Rewriter.Stream(model, [TwoConvolutions(model)]).Model;

        Assert.Equal(["note"], rewritten.Metadata.Select(entry => entry.Name));
        Assert.Equal("hello"u8.ToArray(), rewritten.BufferBytes(rewritten.Metadata[0].Buffer).ToArray());
        Assert.Equal(model.Root.Text(3), rewritten.Root.Text(3));
    }

    [Fact]
    public void The_same_regions_give_the_same_bytes()
    {
        TfliteModel model = Model();
        Assert.Equal(Rewriter.Stream(model, [TwoConvolutions(model)]).Model.Bytes, Rewriter.Stream(model, [TwoConvolutions(model)]).Model.Bytes);
    }

    /// <summary>Where data that convolutions read lies in the original part of the file, by its place there.</summary>
    private static IEnumerable<int> WeightsOf(TfliteModel model, int added) =>
        from subgraph in model.Subgraphs
        from op in subgraph.Operators
        where op.Kind is "CONV_2D" or "DEPTHWISE_CONV_2D"
        from t in op.Inputs.Skip(1)
        select subgraph.Tensors[t].ConstantBytes.Offset - added;

    private static IEnumerable<string> Signatures(TfliteModel model) =>
        from signature in OldTables.Tables(model.Root, Schema.Root.Signatures)
        let subgraph = (int)signature.UInt32(Schema.Signature.Subgraph)
        from slot in new[] { Schema.Signature.Inputs, Schema.Signature.Outputs }
        from tensor in OldTables.Tables(signature, slot)
        let named = model.Subgraphs[subgraph].Tensors[(int)tensor.UInt32(Schema.SignatureTensor.Tensor)]
        select $"{signature.Text(Schema.Signature.Key)} {subgraph}: {tensor.Text(Schema.SignatureTensor.Name)} = {named.Name}";

    private static (Region, TurnSchedule) TwoConvolutions(TfliteModel model)
    {
        Region region = Region.Of(model, 1, 2, RowOperators.Height)!;
        return (region, TurnSchedule.Of(region, 1)!);
    }

    private static TfliteModel Model(int furtherConvolutions = 0)
    {
        var b = new ModelBuilder(3) { Description = "signed" };
        ModelTensor x = b.Input("x", [1, 8, 6, 3]);
        x.ShapeSignature = [-1, 8, 6, 3];
        ModelTensor last = b.Conv2D(b.Conv2D(b.Relu(x), 4, 3), 2, 3);
        for (int i = 0; i < furtherConvolutions; i++)
            last = b.Conv2D(last, 2, 1);
        ModelTensor y = b.Relu6(last), custom = b.Tensor("Custom_4", [1, 4]);
        b.Custom("Custom", [y], [custom], [1, 2, 3]);
        b.Output(y, custom);
        b.Metadata("note", "hello"u8.ToArray());
        b.Signature("serving_default", b);
        return TfliteModel.Load(b.Build(), "signed");
    }
}
