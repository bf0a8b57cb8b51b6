using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Arenas;

/// <summary>Plans by hand, in which one thing at a time is wrong or just not wrong.</summary>
public class PlanVerifierTests
{
    private const long Slot = 16;

    [Theory]
    [InlineData(64, 80, null)]
    [InlineData(80, 96, null)]
    [InlineData(80, 95, "lies at 80")]
    [InlineData(81, 200, "lies at 81")]
    [InlineData(88, 200, "lies at 88")]
    [InlineData(-16, 96, "lies at -16")]
    public void A_buffer_lies_aligned_inside_the_arena(long offset, long height, string? fault)
    {
        TfliteModel model = Chain();
        Expect(fault is null ? null : $"scratch of operator 1 of subgraph 0 {fault}", model, Apart(model).Append(new PlacedBuffer(0, -1, 1, Slot, offset)),
            height);
        Expect(fault is null ? null : $"tensor 3 of subgraph 0 {fault}", model,
            Apart(model).Select(buffer => buffer.Tensor == 3 ? buffer with { OffsetBytes = offset } : buffer), height);
    }

    /// <summary>Which tensor of x, a, b, y may take the place of which: those that are dead by then.</summary>
    [Theory]
    [InlineData(1, 0, "nothing may be shared")]
    [InlineData(2, 0, null)]
    [InlineData(3, 0, null)]
    [InlineData(2, 1, "nothing may be shared")]
    [InlineData(3, 1, null)]
    [InlineData(3, 2, "nothing may be shared")]
    public void Only_what_is_dead_is_written_over(int upper, int lower, string? fault)
    {
        TfliteModel model = Chain();
        PlacedBuffer[] buffers = Apart(model).Select(buffer => buffer with { OffsetBytes = 2 * buffer.OffsetBytes }).ToArray();
        foreach (long by in new[] { 0, Slot / 2, -Slot / 2 })
        {
            long offset = Math.Max(0, buffers[lower].OffsetBytes + by);
            Expect(fault, model, buffers.Select((buffer, t) => t == upper ? buffer with { OffsetBytes = offset } : buffer), alignment: 1);
        }
        // Side by side is no overlap.
        Expect(null, model, buffers.Select((buffer, t) => t == upper ? buffer with { OffsetBytes = buffers[3].OffsetBytes + Slot } : buffer));
    }

    [Fact]
    public void Inputs_that_are_kept_are_whole_at_the_end()
    {
        TfliteModel model = Chain();
        PlacedBuffer[] buffers = Apart(model);
        Expect(null, model, buffers, keepsInputs: true);
        PlacedBuffer[] over = buffers.Select(buffer => buffer.Tensor == 2 ? buffer with { OffsetBytes = 0 } : buffer).ToArray();
        Expect(null, model, over);
        Expect("tensor 0 of subgraph 0 is overwritten at its end", model, over, keepsInputs: true);
    }

    [Fact]
    public void What_a_kernel_may_overwrite_is_left_to_the_check_of_the_kernel()
    {
        TfliteModel model = Chain();
        PlacedBuffer[] buffers = Apart(model).Select(buffer => buffer.Tensor == 2 ? buffer with { OffsetBytes = Slot } : buffer).ToArray();
        var asked = new List<(int Operator, int Input, int Output)>();
        string? Ask(TfliteOperator running, PlacedBuffer input, PlacedBuffer output)
        {
            asked.Add((running.Index, input.Tensor, output.Tensor));
            return null;
        }

        Expect(null, model, buffers, conflict: Ask);
        Assert.Equal([(1, 1, 2)], asked);
        Expect("writes tensor 2 over tensor 1, which it reads: too early", model, buffers, conflict: (_, _, _) => "too early");
    }

    [Fact]
    public void Outputs_are_whole_at_the_end_and_inputs_at_the_start()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]), unread = b.Input("unread", [1, 4]), first = b.Relu(x), second = b.Relu6(x);
        b.Output(first, second);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        PlacedBuffer[] With(ModelTensor upper, ModelTensor lower) =>
            Apart(model).Select(buffer => buffer.Tensor == upper.Index ? buffer with { OffsetBytes = Slot * lower.Index } : buffer).ToArray();

        Expect("tensor 2 of subgraph 0 is overwritten at its end", model, With(second, first));
        Expect("tensor 0 of subgraph 0 is overwritten at its start", model, With(unread, x));
        Expect(null, model, With(first, unread));
    }

    [Fact]
    public void An_output_may_lie_on_several_inputs_where_the_kernel_may_overwrite_each()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]), y = b.Input("y", [1, 4]), both = b.Tensor("both", [2, 4]);
        b.Custom("Join", [x, y], [both]);
        b.Output(both);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        PlacedBuffer[] buffers = [new(0, x.Index, -1, Slot, 0), new(0, y.Index, -1, Slot, Slot), new(0, both.Index, -1, 2 * Slot, 0)];

        Expect(null, model, buffers, conflict: (_, _, _) => null);
        foreach (ModelTensor early in new[] { x, y })
        {
            string fault = $"writes tensor {both.Index} over tensor {early.Index}, which it reads: too early";
            Expect(fault, model, buffers, conflict: (_, input, _) => input.Tensor == early.Index ? "too early" : null);
        }
    }

    [Fact]
    public void A_call_of_what_is_not_there_is_left_to_the_loader()
    {
        var b = new ModelBuilder();
        ModelTensor condition = b.Input("condition", [1], TensorType.Bool), x = b.Input("x", [1, 4]), y = b.Tensor("y", [1, 4]);
        b.Operator("IF", [condition, x], [y], new OptionsTable(92, new FlatTableNode().Int32(0, 1).Int32(1, -1)));
        b.Output(y);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        Expect(null, model, Apart(model));
    }

    /// <summary>What was overwritten before its reader runs is lost, though that one may write over it itself.</summary>
    [Fact]
    public void What_is_lost_already_is_not_left_to_the_check_of_the_kernel()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]), early = b.Relu(x), over = b.Relu6(x), late = b.Tanh(early);
        b.Output(late, b.Logistic(over));
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        PlacedBuffer[] buffers = Apart(model)
            .Select(buffer => buffer.Tensor == over.Index || buffer.Tensor == late.Index ? buffer with { OffsetBytes = Slot * early.Index } : buffer)
            .ToArray();
        Expect("tensor 1 of subgraph 0 is overwritten before operator 2", model, buffers, conflict: (_, _, _) => null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Calls_by_codes_in_the_older_field_are_followed_where_they_are(bool follows)
    {
        FlatTableNode Tensor() => new FlatTableNode().Int32s(0, [4]).Byte(1, 9);
        FlatTableNode call = new FlatTableNode().Int32s(1, [0]).Int32s(2, [1]).Byte(3, 92).Reference(4, new FlatTableNode().Int32(0, 1).Int32(1, 1));
        FlatTableNode caller = new FlatTableNode().Tables(0, [Tensor(), Tensor()]).Int32s(1, [0]).Int32s(2, [1]).Tables(3, [call]);
        FlatTableNode called = new FlatTableNode().Tables(0, [Tensor()]).Int32s(1, [0]).Int32s(2, [0]);
        byte[] file = FlatBufferWriter.Write(new FlatTableNode().Tables(1, [new FlatTableNode().Byte(0, 118)]).Tables(2, [caller, called]), "TFL3",
            vtablesBehindTables: false);
        TfliteModel model = TfliteModel.Load(file, "built.tflite");
        // What is called writes over the caller's output.
        PlacedBuffer[] buffers = [.. Apart(model)[..2], new PlacedBuffer(1, 0, -1, Slot, Slot)];
        Expect(follows ? "tensor 1 of subgraph 0 is overwritten" : null, model, buffers, followsOldCodes: follows);
    }

    [Fact]
    public void Scratch_lies_apart_from_what_its_operator_reads_and_writes_and_from_other_scratch()
    {
        TfliteModel model = Chain();
        PlacedBuffer[] buffers = Apart(model);
        void With(string? fault, params long[] offsets) =>
            Expect(fault, model, buffers.Concat(offsets.Select(offset => new PlacedBuffer(0, -1, 1, Slot, offset))));

        With(null, 0);
        With("is overwritten while operator 1", Slot);
        With("is overwritten while operator 1", 2 * Slot);
        With(null, 3 * Slot);
        With(null, 3 * Slot, 0);
        With("scratch of operator 1 of subgraph 0 is overwritten", 0, 0);
    }

    [Fact]
    public void Every_tensor_that_is_written_has_a_place_as_large_as_it_is()
    {
        TfliteModel model = Chain();
        PlacedBuffer[] buffers = Apart(model);
        for (int t = 0; t < 4; t++)
        {
            Expect($"tensor {t} of subgraph 0 has no place", model, buffers.Where(buffer => buffer.Tensor != t));
            Expect(null, model, buffers.Select(buffer => buffer.Tensor == t ? buffer with { Bytes = 4 } : buffer));
            Expect($"tensor {t} of subgraph 0 needs 4 B and has 3 B", model,
                buffers.Select(buffer => buffer.Tensor == t ? buffer with { Bytes = 3 } : buffer));
        }
    }

    [Fact]
    public void What_has_no_bytes_needs_no_place_and_handles_need_none_where_they_are_unplanned()
    {
        var b = new ModelBuilder();
        ModelTensor handle = b.VarHandle("v"), x = b.Input("x", [1, 4]), none = b.Tensor("none", [0]), y = b.Tensor("y", [1, 4]);
        b.Custom("Both", [x], [none, y]);
        b.AssignVariable(handle, y);
        b.Output(y);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        PlacedBuffer[] buffers = Apart(model).Where(buffer => buffer.Tensor != none.Index).ToArray();

        Expect(null, model, buffers);
        PlacedBuffer[] withoutHandle = buffers.Where(buffer => buffer.Tensor != handle.Index).ToArray();
        Expect(null, model, withoutHandle, handlesAreUnplanned: true);
        Expect("has no place", model, withoutHandle);
        Expect("has no place", model, buffers.Where(buffer => buffer.Tensor != y.Index), handlesAreUnplanned: true);
    }

    [Fact]
    public void Constants_variables_and_what_is_omitted_need_no_place()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]), y = b.Tensor("y", [1, 4]);
        b.Operator("SVDF", [x, b.Constant("w", [4], TensorType.Int8, [1, 2, 3, 4]), null, b.Variable("state", [1, 4])], [y]);
        b.Output(y);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        Expect(null, model, Apart(model));
        Expect("has no place", model, Apart(model)[1..]);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, null)]
    [InlineData(new[] { 0, 1 }, "its order 2")]
    [InlineData(new[] { 0, 1, 1 }, "does not run exactly once")]
    [InlineData(new[] { 0, 1, 3 }, "operator 3 of subgraph 0 does not run exactly once")]
    [InlineData(new[] { 0, 1, -1 }, "operator -1 of subgraph 0 does not run exactly once")]
    [InlineData(new[] { 1, 0, 2 }, "operator 1 of subgraph 0 reads tensor 1 before it is written")]
    [InlineData(new[] { 0, 2, 1 }, "reads tensor 2 before it is written")]
    public void Each_operator_runs_once_behind_the_writers_of_what_it_reads(int[] order, string? fault)
    {
        TfliteModel model = Chain();
        Expect(fault, model, Apart(model), orders: [order]);
    }

    [Fact]
    public void Operators_with_effects_and_those_that_metadata_names_keep_their_order()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        ModelTensor[] made = Enumerable.Range(0, 4).Select(i => b.Tensor($"y{i}", [1, 4])).ToArray();
        b.Custom("One", [x], [made[0]]);
        b.Operator("RELU", [x], [made[1]]);
        b.Custom("Two", [x], [made[2]]);
        b.Operator("RELU6", [x], [made[3]]);
        b.Output(made);
        TfliteModel free = TfliteModel.Load(b.Build(), "built.tflite");
        b.ControlDependencies([(1, 3)]);
        TfliteModel bound = TfliteModel.Load(b.Build(), "built.tflite");

        Expect(null, free, Apart(free), orders: [[3, 0, 1, 2]]);
        Expect("operators 0 and 2 of subgraph 0 have effects and changed places", free, Apart(free), orders: [[2, 0, 1, 3]]);
        Expect(null, bound, Apart(bound), orders: [[1, 0, 3, 2]]);
        Expect("operator 1 of subgraph 0 must run before operator 3", bound, Apart(bound), orders: [[0, 3, 1, 2]]);
    }

    /// <summary>The tensors of what is called may take the place of what the caller no longer needs, and of nothing else.</summary>
    [Theory]
    [InlineData("IF")]
    [InlineData("WHILE")]
    [InlineData("CALL_ONCE")]
    public void What_is_called_leaves_what_the_caller_still_needs(string kind)
    {
        (TfliteModel model, int dead, int? held, int live, int[] called) = Caller(kind);
        PlacedBuffer[] buffers = Apart(model);
        long OffsetOf(int tensor) => buffers.Single(buffer => buffer.Subgraph == 0 && buffer.Tensor == tensor).OffsetBytes;

        Expect(null, model, buffers);
        foreach (int subgraph in called)
        {
            foreach (PlacedBuffer inside in buffers.Where(buffer => buffer.Subgraph == subgraph))
            {
                PlacedBuffer[] At(int tensor) =>
                    buffers.Select(buffer => buffer == inside ? buffer with { OffsetBytes = OffsetOf(tensor) } : buffer).ToArray();
                Expect(null, model, At(dead));
                Expect($"tensor {live} of subgraph 0 is overwritten", model, At(live));
                if (held is { } argument)
                    Expect($"tensor {argument} of subgraph 0 is overwritten while operator 1 ({kind}) runs", model, At(argument));
            }
        }
    }

    [Fact]
    public void A_subgraph_that_nothing_calls_is_run_on_its_own_where_it_is_asked_for()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        b.Output(b.Relu(x));
        SubgraphBuilder other = b.Subgraph("other");
        other.Output(other.Relu(other.Relu(other.Input("x", [1, 4]))));
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        PlacedBuffer[] buffers = Apart(model);
        // Nothing of the first is left when the other runs, and nothing of it has to be.
        PlacedBuffer[] both = buffers.Select(buffer => buffer.Subgraph == 1 && buffer.Tensor < 2
            ? buffer with { OffsetBytes = buffers[buffer.Tensor].OffsetBytes } : buffer).ToArray();
        PlacedBuffer[] wrong = buffers.Select(buffer => buffer.Subgraph == 1 && buffer.Tensor == 1
            ? buffer with { OffsetBytes = buffers[2].OffsetBytes } : buffer).ToArray();

        Expect(null, model, both, everySubgraph: true);
        Expect(null, model, wrong);
        Expect("writes tensor 1 over tensor 0", model, wrong, everySubgraph: true);
    }

    [Fact]
    public void Control_flow_that_runs_very_long_is_refused_and_not_called_wrong()
    {
        TfliteModel Nested(int depth)
        {
            var b = new ModelBuilder();
            SubgraphBuilder caller = b;
            for (int i = 1; i <= depth; i++)
            {
                ModelTensor x = caller.Input("x", [4]), y = caller.Tensor("y", [4]);
                SubgraphBuilder called = b.Subgraph($"level {i}");
                caller.Operator("WHILE", [x], [y], new OptionsTable(93, new FlatTableNode().Int32(0, i).Int32(1, i)));
                caller.Output(y);
                caller = called;
            }
            caller.Output(caller.Relu(caller.Input("x", [4])));
            return TfliteModel.Load(b.Build(), "built.tflite");
        }

        // Seven levels run 97,656 operators, eight 488,281.
        Expect(null, Nested(7), Apart(Nested(7)));
        TfliteModel deep = Nested(8);
        Expect("expand to more than", deep, Apart(deep), code: DiagnosticCodes.SizeOverflow);
    }

    private static TfliteModel Chain()
    {
        var b = new ModelBuilder();
        b.Output(b.Tanh(b.Relu6(b.Relu(b.Input("x", [1, 4])))));
        return TfliteModel.Load(b.Build(), "built.tflite");
    }

    /// <summary>A caller with a tensor that is dead, one that only the call reads and one that is read after it, and the subgraphs that it calls.</summary>
    private static (TfliteModel Model, int Dead, int? Held, int Live, int[] Called) Caller(string kind)
    {
        var b = new ModelBuilder();
        ModelTensor condition = b.Input("condition", [1], TensorType.Bool), dead = b.Input("dead", [1, 4]), live = b.Input("live", [1, 4]);
        ModelTensor first = b.Relu(dead);
        SubgraphBuilder one = b.Subgraph("one"), two = b.Subgraph("two");
        switch (kind)
        {
            case "IF":
                one.Output(one.Relu(one.Input("x", [1, 4])));
                two.Output(two.Relu6(two.Input("x", [1, 4])));
                b.Output(b.If(condition, one, two, first)[0]);
                break;
            case "WHILE":
                one.Input("x", [1, 4]);
                one.Output(one.Tensor("again", [1], TensorType.Bool));
                one.Operator("LESS", [one.Inputs[0]], [one.Outputs[0]]);
                two.Output(two.Relu6(two.Input("x", [1, 4])));
                b.Output(b.While(one, two, first)[0]);
                break;
            default:
                one.Custom("Make", [], [one.Tensor("made", [1, 4])]);
                b.CallOnce(one);
                b.Output(b.Relu(first));
                break;
        }
        b.Output(b.Relu(live));
        return (TfliteModel.Load(b.Build(), "built.tflite"), dead.Index, kind == "CALL_ONCE" ? null : first.Index, live.Index,
            kind == "CALL_ONCE" ? [1] : [1, 2]);
    }

    /// <summary>Each activation of all subgraphs in a slot of its own.</summary>
    private static PlacedBuffer[] Apart(TfliteModel model) => model.Subgraphs
        .SelectMany(subgraph => subgraph.Tensors.Where(tensor => !tensor.IsConstant && !tensor.IsVariable)
            .Select(tensor => (subgraph.Index, Tensor: tensor.Index)))
        .Select((place, i) => new PlacedBuffer(place.Index, place.Tensor, -1, Slot, Slot * i))
        .ToArray();

    private static void Expect(
        string? fault,
        TfliteModel model,
        IEnumerable<PlacedBuffer> buffers,
        long? height = null,
        long alignment = Slot,
        bool handlesAreUnplanned = false,
        bool everySubgraph = false,
        bool keepsInputs = false,
        OverlapCheck? conflict = null,
        int[][]? orders = null,
        bool followsOldCodes = true,
        string code = DiagnosticCodes.PlanRejected)
    {
        int[][] run = orders ?? model.Subgraphs.Select(subgraph => Enumerable.Range(0, subgraph.Operators.Count).ToArray()).ToArray();
        var plan = new PlacedPlan
        {
            Model = model,
            Orders = run,
            Buffers = buffers.ToArray(),
            HeightBytes = height ?? 64 * Slot,
            AlignmentBytes = alignment,
            HandlesAreUnplanned = handlesAreUnplanned,
            EverySubgraph = everySubgraph,
            FollowsOldCodes = followsOldCodes,
            KeepsInputs = keepsInputs,
            Conflict = conflict,
        };
        Exception? thrown = Record.Exception(() => PlanVerifier.Verify(plan));
        if (fault is null)
        {
            Assert.Null(thrown);
            return;
        }
        Diagnostic diagnostic = Assert.IsType<TinyReorderException>(thrown).Diagnostic;
        Assert.Equal((code, "built.tflite"), (diagnostic.Code, diagnostic.File));
        Assert.Contains(fault, diagnostic.Message, StringComparison.Ordinal);
    }
}
