using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Tensors that lie on each other: what is right gives the right answer, and what is wrong another one.</summary>
public class ArenaInterpreterTests
{
    private const int Turns = 5;

    /// <summary>A window of three columns reads one column back at most, so that an output one column before its input is safe.</summary>
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    public void A_convolution_may_lie_on_its_input_only_at_its_distance(int input, int output, bool isRight)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 1, 16, 1]);
        b.Output(b.Conv2D(x, 1, (1, 3), (1, 1)));
        TfliteModel model = TfliteModel.Load(b.Build(), "convolution");
        byte[][] inputs = RandomNetworks.InputsOf(model, 1), expected = ArenaInterpreter.Run(model, inputs);

        byte[][] found = ArenaInterpreter.Run(model, inputs, (_, tensor) => tensor == x.Index ? input : output);

        Assert.Equal(isRight, expected[0].SequenceEqual(found[0]));
    }

    [Fact]
    public void A_block_that_is_copied_onto_a_part_of_itself_is_refused()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 8]);
        b.Output(b.Reshape(x, 8));
        TfliteModel model = TfliteModel.Load(b.Build(), "reshape");
        byte[][] inputs = RandomNetworks.InputsOf(model, 1);

        Assert.Equal(inputs, ArenaInterpreter.Run(model, inputs, (_, _) => 0));
        Assert.Throws<InvalidOperationException>(() => ArenaInterpreter.Run(model, inputs, (_, tensor) => tensor == x.Index ? 4 : 0));
    }

    [Fact]
    public void What_nobody_wrote_depends_on_what_memory_held()
    {
        var b = new ModelBuilder();
        b.Input("x", [1, 4]);
        b.Output(b.Relu6(b.Tensor("unwritten", [1, 4])));
        TfliteModel model = TfliteModel.Load(b.Build(), "unwritten");
        byte[][] inputs = RandomNetworks.InputsOf(model, 1);

        Assert.NotEqual(new ArenaInterpreter(model, fill: 0x81).Invoke(inputs), new ArenaInterpreter(model, fill: 4).Invoke(inputs));
    }

    [Fact]
    public void Whoever_asks_is_told_of_each_tensor_that_is_written()
    {
        TfliteModel model = TfliteModel.Load(BuiltModels.Small().Build(), "small");
        var written = new List<(int, int, int)>();

        ArenaInterpreter.Run(model, RandomNetworks.InputsOf(model, 1), written: (subgraph, tensor, bytes) => written.Add((subgraph, tensor, bytes.Length)));

        Assert.Equal(model.Subgraphs[0].Operators.Select(op => (0, op.Outputs[0], (int)model.Subgraphs[0].Tensors[op.Outputs[0]].Bytes)), written);
    }

    [Fact]
    public void Each_operator_of_a_built_model_is_known()
    {
        TfliteModel model = TfliteModel.Load(BuiltModels.Runnable().Build(), "runnable");

        Assert.Equal(2, ArenaInterpreter.Run(model, RandomNetworks.InputsOf(model, 1)).Length);
    }

    /// <summary>Each turn adds the counter to the sum: 0 + 1 + 2 + 3 + 4.</summary>
    [Fact]
    public void A_loop_with_its_variables_on_each_other_counts()
    {
        (TfliteModel model, Func<int, int, long?> shared) = Loop();

        Assert.Equal(OneOperator.Bytes(10), ArenaInterpreter.Run(model, [OneOperator.Bytes(0), OneOperator.Bytes(0)])[0]);
        Assert.Equal(OneOperator.Bytes(10), ArenaInterpreter.Run(model, [OneOperator.Bytes(0), OneOperator.Bytes(0)], shared)[0]);
    }

    /// <summary>The new counter on the old one, which the sum still needs.</summary>
    [Fact]
    public void A_loop_with_a_wrong_variable_counts_wrongly()
    {
        (TfliteModel model, Func<int, int, long?> shared) = Loop();
        int oldCounter = model.Subgraphs[2].Inputs[0], newCounter = model.Subgraphs[2].Outputs[0];

        byte[][] found = ArenaInterpreter.Run(
            model,
            [OneOperator.Bytes(0), OneOperator.Bytes(0)],
            (subgraph, tensor) => shared(subgraph, subgraph == 2 && tensor == newCounter ? oldCounter : tensor));

        Assert.Equal(OneOperator.Bytes(15), found[0]);
    }

    [Fact]
    public void A_loop_without_an_end_is_refused()
    {
        (TfliteModel model, _) = Loop();

        Assert.Throws<InvalidOperationException>(() =>
            new ArenaInterpreter(model) { MostTurns = Turns - 1 }.Invoke([OneOperator.Bytes(0), OneOperator.Bytes(0)]));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, -3)]
    public void A_branch_is_taken_by_its_condition(bool condition, int expected)
    {
        var b = new ModelBuilder();
        SubgraphBuilder then = b.Subgraph("then"), otherwise = b.Subgraph("else");
        ModelTensor kept = then.Input("x", [1], TensorType.Int32), turned = otherwise.Input("x", [1], TensorType.Int32);
        then.Output(then.Add(kept, then.Int32s("zero", 0)));
        otherwise.Output(otherwise.Mul(turned, otherwise.Int32s("minus one", -1)));
        ModelTensor chosen = b.Input("condition", [1], TensorType.Bool), x = b.Input("x", [1], TensorType.Int32);
        b.Output(b.If(chosen, then, otherwise, x)[0]);

        Assert.Equal(OneOperator.Bytes(expected), ArenaInterpreter.Run(
            TfliteModel.Load(b.Build(), "if"), [OneOperator.Bytes(condition), OneOperator.Bytes(3)])[0]);
    }

    [Fact]
    public void What_runs_once_does_so_in_the_first_invocation()
    {
        var b = new ModelBuilder();
        SubgraphBuilder init = b.Subgraph("init");
        init.Output(init.Add(init.Int32s("one", 1), init.Int32s("two", 2)));
        ModelTensor x = b.Input("x", [1], TensorType.Int32);
        b.CallOnce(init);
        b.Output(b.Add(x, x));
        int runs = 0;
        var interpreter = new ArenaInterpreter(TfliteModel.Load(b.Build(), "once")) { Written = (subgraph, _, _) => runs += subgraph };

        Assert.Equal(OneOperator.Bytes(4), interpreter.Invoke([OneOperator.Bytes(2)])[0]);
        Assert.Equal(OneOperator.Bytes(6), interpreter.Invoke([OneOperator.Bytes(3)])[0]);
        Assert.Equal(1, runs);
    }

    /// <summary>Before the first assignment a variable stands for zeros.</summary>
    [Fact]
    public void A_variable_keeps_what_was_assigned_to_it()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 2]), handle = b.VarHandle("last"), last = b.ReadVariable(handle, [1, 2]);
        b.AssignVariable(handle, x);
        b.Output(last);
        var interpreter = new ArenaInterpreter(TfliteModel.Load(b.Build(), "delay"), (_, tensor) => tensor == last.Index ? 0 : 16);

        Assert.Equal([0xF8, 0xF8], interpreter.Invoke([[1, 2]])[0]);
        Assert.Equal([1, 2], interpreter.Invoke([[3, 4]])[0]);
    }

    [Fact]
    public void Tensors_that_a_plan_leaves_to_the_device_have_memory_of_their_own()
    {
        TfliteModel model = TfliteModel.Load(BuiltModels.Small().Build(), "small");

        Func<int, int, long?> placement = ArenaInterpreter.PlacementOf(model, OfflinePlan.AllOnline(model));

        Assert.Null(placement(0, 0));
        Assert.Equal(0, new ArenaInterpreter(model, placement).ArenaBytes);
    }

    /// <summary>While the counter is below 5: sum += counter, counter += 1. The variables of all subgraphs may lie on each other.</summary>
    private static (TfliteModel Model, Func<int, int, long?> Shared) Loop()
    {
        var b = new ModelBuilder();
        SubgraphBuilder condition = b.Subgraph("condition"), body = b.Subgraph("body");
        ModelTensor seen = condition.Input("counter", [1], TensorType.Int32), less = condition.Tensor("less", [1], TensorType.Bool);
        ModelTensor ignored = condition.Input("sum", [1], TensorType.Int32);
        condition.Operator("LESS", [seen, condition.Int32s("end", Turns)], [less]);
        condition.Output(less);
        ModelTensor count = body.Input("counter", [1], TensorType.Int32), sum = body.Input("sum", [1], TensorType.Int32);
        // The new counter is made first, so that it must not lie on the old one.
        ModelTensor next = body.Add(count, body.Int32s("one", 1)), total = body.Add(sum, count);
        body.Output(next, total);
        ModelTensor x = b.Input("counter", [1], TensorType.Int32), y = b.Input("sum", [1], TensorType.Int32);
        IReadOnlyList<ModelTensor> results = b.While(condition, body, x, y);
        b.Output(results[1]);
        var places = new Dictionary<ModelTensor, long>
        {
            [x] = 0,
            [results[0]] = 0,
            [seen] = 0,
            [count] = 0,
            [y] = 16,
            [results[1]] = 16,
            [ignored] = 16,
            [sum] = 16,
            [total] = 16,
            [next] = 32,
            [less] = 48,
        };
        return (TfliteModel.Load(b.Build(), "loop"), (subgraph, tensor) => places[b.Subgraphs[subgraph].Tensors[tensor]]);
    }
}
