using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Building;

public class ModelBuilderTests
{
    [Fact]
    public void A_small_network_is_read_back_as_it_was_built()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 8, 8, 4]);
        ModelTensor y = b.Conv2D(x, filters: 8, kernel: 3, stride: 2);
        b.Output(y);

        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");

        TfliteSubgraph main = Assert.Single(model.Subgraphs);
        Assert.Equal([x.Index], main.Inputs);
        Assert.Equal([y.Index], main.Outputs);
        TfliteOperator convolution = Assert.Single(main.Operators);
        Assert.Equal("CONV_2D", convolution.Kind);
        Assert.Equal(3, convolution.Version);
        Assert.Equal(1, convolution.Options.UnionType);
        Assert.Equal(2, convolution.Options.Int32(1));
        TfliteTensor output = main.Tensors[y.Index], filter = main.Tensors[convolution.Inputs[1]];
        Assert.Equal([1, 4, 4, 8], output.Shape);
        Assert.Equal(128, output.Bytes);
        Assert.False(output.IsConstant);
        Assert.Equal(-8, output.ZeroPoint);
        Assert.True(filter.IsConstant);
        Assert.Equal([8, 3, 3, 4], filter.Shape);
        Assert.Equal(8, filter.Scales.Count);
        Assert.Equal(288, model.BufferBytes(filter.Buffer).Count);
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes_and_another_seed_gives_others()
    {
        Assert.Equal(BuiltModels.Everything().Build(), BuiltModels.Everything().Build());
        Assert.NotEqual(BuiltModels.Small(seed: 1).Build(), BuiltModels.Small(seed: 2).Build());
    }

    [Fact]
    public void Data_of_buffers_is_aligned_to_16_from_the_start_of_the_file()
    {
        foreach (ModelLayout layout in BuiltModels.Layouts)
        {
            ModelBuilder b = BuiltModels.Everything();
            b.Layout = layout;
            TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
            Assert.All(Enumerable.Range(0, model.BufferCount), buffer => Assert.Equal(0, model.BufferBytes(buffer).Offset % 16));
        }
    }

    [Fact]
    public void Every_layout_says_the_same()
    {
        string plain = Describe(BuiltModels.Everything().Build());
        foreach (ModelLayout layout in BuiltModels.Layouts)
        {
            ModelBuilder b = BuiltModels.Everything();
            b.Layout = layout;
            byte[] file = b.Build();
            Assert.Equal(plain, Describe(file));
            Assert.Equal(layout.TrailingBytes, file.Skip(file.Length - layout.TrailingBytes.Length));
        }
    }

    [Fact]
    public void Equal_operators_can_share_one_table()
    {
        ModelBuilder Build(bool shared)
        {
            var b = new ModelBuilder { Layout = new ModelLayout { EqualOperatorsShareTable = shared } };
            SubgraphBuilder init = b.Subgraph("init");
            for (int i = 0; i < 100; i++)
                b.CallOnce(init);
            return b;
        }

        byte[] apart = Build(false).Build(), shared = Build(true).Build();

        Assert.Equal(100, TfliteModel.Load(shared, "shared.tflite").Subgraphs[0].Operators.Count);
        Assert.True(shared.Length < apart.Length - (99 * 12), $"{shared.Length} of {apart.Length} bytes");
    }

    [Fact]
    public void State_and_metadata_are_read_back()
    {
        TfliteModel model = TfliteModel.Load(BuiltModels.Everything().Build(), "built.tflite");

        Assert.Equal(4, model.Subgraphs.Count);
        Assert.Equal(["OfflineMemoryAllocation", "model_control_dependencies", "note"], model.Metadata.Select(entry => entry.Name));
        Assert.Equal([(0, 1), (2, 4)], model.ControlDependencies[0]);
        Assert.Equal("hello"u8.ToArray(), model.BufferBytes(model.Metadata[2].Buffer).ToArray());
        TfliteOperator custom = model.Subgraphs[0].Operators.Single(op => op.IsCustom && op.CustomCode == "MyOperator");
        Assert.Equal([1, 2, 3], custom.Options.CustomOptions);
        Assert.Single(custom.Intermediates);
        Assert.Contains(-1, model.Subgraphs[0].Operators.SelectMany(op => op.Inputs));
        Assert.Contains(model.Subgraphs[0].Tensors, tensor => tensor.IsVariable);
    }

    private static string Describe(byte[] file)
    {
        TfliteModel model = TfliteModel.Load(file, "built.tflite");
        IEnumerable<string> lines = model.Subgraphs.SelectMany(subgraph => subgraph.Operators
            .Select(op => $"{op.Kind} v{op.Version} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)}) {op.Options.UnionType}")
            .Prepend($"{subgraph.Name} ({string.Join(",", subgraph.Inputs)}) -> ({string.Join(",", subgraph.Outputs)})")
            .Concat(subgraph.Tensors.Select(tensor =>
                $"{tensor.Name} [{string.Join(",", tensor.Shape)}] {tensor.Type} {tensor.IsVariable} "
                + $"{Convert.ToHexString(model.BufferBytes(tensor.Buffer))}")));
        return string.Join("\n", lines.Concat(model.Metadata.Select(entry => entry.Name + " " + Convert.ToHexString(model.BufferBytes(entry.Buffer)))));
    }
}
