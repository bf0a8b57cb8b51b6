using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite.Editing;

/// <summary>New subgraphs, tensors, operators and buffers in front of a file that stays as it is.</summary>
public class ModelEditorTests
{
    private const int Add = 0, While = 119, WhileOptions = 92, AddOptions = 11;

    [Fact]
    public void A_subgraph_with_everything_new_is_read_as_it_was_meant()
    {
        TfliteModel model = Model();
        var editor = new ModelEditor(model);
        SubgraphEdit body = editor.AddSubgraph("body", out int index);
        int buffer = editor.AddBuffer([1, 2, 3, 4]);
        int x = body.AddTensor(new NewTensor { Shape = [1, 4], Type = TensorType.Int8, Name = "x", QuantizationOf = (0, 0) });
        int table = body.AddTensor(new NewTensor { Shape = [4], Type = TensorType.Int8, Buffer = buffer });
        int y = body.AddTensor(new NewTensor { Shape = [1, 4], Type = TensorType.Int8 });
        body.Inputs.Add(x);
        body.Outputs.Add(y);
        int code = editor.OperatorCode(Add, 3);
        body.Operators.Add(new EditedOperator(new NewOperator
        {
            Code = code,
            Inputs = [x, table],
            Outputs = [y],
            Options = new NewOptions(AddOptions, [(0, true, 1), (1, true, 1)])
        }));
        editor.SetMetadata("note", [9]);

        byte[] bytes = editor.Write(model.Bytes);
        TfliteModel changed = TfliteModel.Load(bytes, "changed.tflite");

        Assert.Equal(model.Bytes, bytes[^model.Bytes.Length..]);
        Assert.Equal((1, 2), (index, changed.Subgraphs.Count));
        TfliteSubgraph read = changed.Subgraphs[1];
        Assert.Equal(("body", 3, 1), (read.Name, read.Tensors.Count, read.Operators.Count));
        Assert.Equal([x, y], read.Inputs.Concat(read.Outputs));
        Assert.Equal((model.Subgraphs[0].Tensors[0].Scales[0], model.Subgraphs[0].Tensors[0].ZeroPoint),
            (read.Tensors[x].Scales[0], read.Tensors[x].ZeroPoint));
        Assert.Equal<byte>([1, 2, 3, 4], [.. read.Tensors[table].ConstantBytes]);
        Assert.Equal((false, 0), (read.Tensors[y].IsConstant, read.Tensors[y].Scales.Count));
        TfliteOperator op = read.Operators[0];
        Assert.Equal(("ADD", 3, AddOptions), (op.Kind, op.Version, op.Options.UnionType));
        Assert.Equal([x, table, y], op.Inputs.Concat(op.Outputs));
        Assert.Equal("note", Assert.Single(changed.Metadata).Name);
        // What was there is there: the first subgraph, its operators and its data.
        Assert.Equal(model.Subgraphs[0].Operators.Select(Describe), changed.Subgraphs[0].Operators.Select(Describe));
        Assert.Equal(model.Subgraphs[0].Tensors.Select(tensor => Convert.ToHexString(tensor.ConstantBytes)),
            changed.Subgraphs[0].Tensors.Select(tensor => Convert.ToHexString(tensor.ConstantBytes)));
        Assert.All(changed.Buffers.Where(data => data.Length > 0), data => Assert.Equal(0, data.Start % 16));
    }

    [Fact]
    public void An_edited_subgraph_keeps_what_is_kept_and_runs_in_its_new_order()
    {
        TfliteModel model = Model();
        var editor = new ModelEditor(model);
        SubgraphEdit main = editor.Edit(0);
        int count = model.Subgraphs[0].Tensors.Count;
        int copy = main.AddTensor(new NewTensor { Shape = [1, 4], Type = TensorType.Int8 });
        TfliteOperator last = model.Subgraphs[0].Operators[^1];
        main.Operators[^1] = new EditedOperator(new NewOperator { Code = 0, Inputs = [copy, copy], Outputs = last.Outputs, OptionsOf = (0, last.Index) });
        main.Operators.Insert(0,
            new EditedOperator(new NewOperator
            {
                Code = editor.OperatorCode(While, 1),
                Inputs = [0],
                Outputs = [copy],
                Options = new NewOptions(WhileOptions, [(0, false, 7), (1, false, 0)])
            }));

        TfliteModel changed = TfliteModel.Load(editor.Write(model.Bytes), "changed.tflite");

        Assert.Equal(count, copy);
        IReadOnlyList<TfliteOperator> operators = changed.Subgraphs[0].Operators;
        Assert.Equal(model.Subgraphs[0].Operators.Count + 1, operators.Count);
        Assert.Equal(("WHILE", 7, 0), (operators[0].Kind, operators[0].Options.Int32(0), operators[0].Options.Int32(1)));
        Assert.Equal(model.Subgraphs[0].Operators.SkipLast(1).Select(Describe), operators.Skip(1).SkipLast(1).Select(Describe));
        Assert.Equal([copy, copy], operators[^1].Inputs);
        Assert.Equal(last.Options.UnionType, operators[^1].Options.UnionType);
    }

    [Fact]
    public void A_code_that_the_file_has_is_not_added_again()
    {
        var editor = new ModelEditor(Model());
        int first = editor.OperatorCode(While, 1);
        Assert.Equal(first, editor.OperatorCode(While, 1));
        Assert.Equal(first + 1, editor.OperatorCode(While, 2));
        TfliteModel model = Model();
        int known = Enumerable.Range(0, 10)
            .First(i => editor.OperatorCode(model.Subgraphs[0].Operators[0].Code, model.Subgraphs[0].Operators[0].Version) == i);
        Assert.True(known < first);
    }

    private static string Describe(TfliteOperator op) =>
        $"{op.Kind} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)}) {op.Options.UnionType}";

    private static TfliteModel Model()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]), y = b.Relu(x);
        b.Output(b.Add(y, b.Relu(y)));
        return TfliteModel.Load(b.Build(), "built.tflite");
    }
}
