using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Optimization;

/// <summary>Faults are put into good plans of random models: each must be found, or be no fault by the lifetimes, which the verifier does not know.</summary>
public class PlanVerifierTests
{
    private const int Faults = 60;

    public static TheoryData<ulong, string> Models
    {
        get
        {
            var models = new TheoryData<ulong, string>();
            for (ulong seed = 1; seed <= 24; seed++)
                models.Add(seed, seed % 3 == 0 ? "none" : seed % 3 == 1 ? "reference" : "cmsis-nn-c");
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_buffer_that_is_moved_is_rejected_exactly_where_it_meets_another(ulong seed, string kernels)
    {
        (TfliteModel model, ArenaResult arena) = Plan(seed, kernels);
        var random = new Pcg32(seed + 1000);
        Assert.Null(Verify(model, arena, arena.Orders, arena.Buffers));
        int rejected = 0;
        for (int fault = 0; fault < Faults; fault++)
        {
            TflmBuffer[] buffers = [.. arena.Buffers];
            int moved = random.Below(buffers.Length);
            long target = random.Below(3) switch
            {
                0 => buffers[moved].Offset + 16,
                1 => buffers[moved].Offset - 16,
                _ => random.Pick(buffers).Offset,
            };
            buffers[moved] = buffers[moved] with { Offset = target };

            bool isFault = target < 0 || target + buffers[moved].Bytes > Height(arena)
                || buffers.Where((_, i) => i != moved).Any(other => Meet(buffers[moved], other));

            string? answer = Verify(model, arena, arena.Orders, buffers);
            Assert.True(isFault == (answer is not null), $"{buffers[moved]}: {answer ?? "accepted"}");
            rejected += isFault ? 1 : 0;
        }
        Assert.True(rejected > 0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Scratch_on_what_its_operator_reads_or_writes_is_rejected(ulong seed, string kernels)
    {
        (TfliteModel model, ArenaResult arena) = Plan(seed, kernels);
        for (int i = 0; i < arena.Buffers.Count; i++)
        {
            TflmBuffer scratch = arena.Buffers[i];
            if (!scratch.IsScratch)
                continue;
            TfliteOperator op = model.Subgraphs[scratch.Subgraph].Operators[scratch.Operator];
            foreach (TflmBuffer tensor in arena.Buffers.Where(buffer => buffer.Subgraph == scratch.Subgraph && buffer.Tensor >= 0
                && op.Inputs.Concat(op.Outputs).Contains(buffer.Tensor)))
            {
                TflmBuffer[] buffers = [.. arena.Buffers];
                buffers[i] = scratch with { Offset = tensor.Offset };
                Assert.NotNull(Verify(model, arena, arena.Orders, buffers));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Operators_that_depend_on_each_other_and_changed_places_are_rejected(ulong seed, string kernels)
    {
        (TfliteModel model, ArenaResult arena) = Plan(seed, kernels);
        int pairs = 0;
        foreach (SubgraphPair pair in Pairs(model, arena).Where(pair => pair.Depends))
        {
            Assert.NotNull(Verify(model, arena, pair.Swapped(arena.Orders), arena.Buffers));
            pairs++;
        }
        Assert.True(pairs > 0);
    }

    [Fact]
    public void Operators_with_effects_that_changed_places_are_rejected()
    {
        int pairs = 0;
        for (ulong seed = 1; seed < 40; seed += 2)
        {
            (TfliteModel model, ArenaResult arena) = Plan(seed, "reference");
            foreach (SubgraphPair pair in Pairs(model, arena).Where(pair => pair.BothHaveEffects))
            {
                Assert.NotNull(Verify(model, arena, pair.Swapped(arena.Orders), arena.Buffers));
                pairs++;
            }
        }
        Assert.True(pairs > 20);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    public void An_operator_that_runs_twice_or_never_is_rejected(int place, int index)
    {
        (TfliteModel model, ArenaResult arena) = Plan(2, "reference");
        int[] order = [.. arena.Orders[0]];
        order[place] = order[index + 1];
        Assert.NotNull(Verify(model, arena, [order], arena.Buffers));
        Assert.NotNull(Verify(model, arena, [order.Take(order.Length - 1).ToArray()], arena.Buffers));
    }

    [Fact]
    public void A_tensor_without_a_place_or_with_a_short_one_is_rejected()
    {
        (TfliteModel model, ArenaResult arena) = Plan(2, "reference");
        int output = Enumerable.Range(0, arena.Buffers.Count).First(i => model.Subgraphs[0].Outputs.Contains(arena.Buffers[i].Tensor));
        Assert.Contains("has no place", Verify(model, arena, arena.Orders, arena.Buffers.Where((_, i) => i != output).ToArray()));
        TflmBuffer[] buffers = [.. arena.Buffers];
        buffers[output] = buffers[output] with { Bytes = buffers[output].Bytes - 16 };
        Assert.Contains("needs", Verify(model, arena, arena.Orders, buffers));
        buffers = [.. arena.Buffers];
        buffers[output] = buffers[output] with { Offset = buffers[output].Offset + 8 };
        Assert.NotNull(Verify(model, arena, arena.Orders, buffers));
    }

    [Fact]
    public void Control_dependencies_hold_in_the_order()
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 4]);
        b.Output(b.Relu(x), b.Relu6(x));
        b.ControlDependencies([(0, 1)]);
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");
        ArenaResult arena = ModelOptimizer.Optimize(model, new OptimizationRequest { Runtime = "none" }).Arena;

        Assert.Equal([0, 1], arena.Orders[0]);
        Assert.Contains("must run before", Verify(model, arena, [[1, 0]], arena.Buffers));
    }

    [Fact]
    public void Scratch_of_no_bytes_meets_nothing()
    {
        var b = new ModelBuilder();
        b.Output(b.TransposeConv(b.Input("x", [1, 1, 1, 4]), filters: 8, kernel: 2));
        TfliteModel model = TfliteModel.Load(b.Build(), "built.tflite");

        ArenaResult arena = ModelOptimizer.Optimize(model, new OptimizationRequest { Kernels = "cmsis-nn-c", Plan = "offline" }).Arena;

        Assert.Contains(arena.Buffers, buffer => buffer.IsScratch && buffer.Bytes == 0);
        Assert.Null(Verify(model, arena, arena.Orders, arena.Buffers));
    }

    private static (TfliteModel Model, ArenaResult Arena) Plan(ulong seed, string kernels)
    {
        TfliteModel model = TfliteModel.Load(RandomModels.Create(seed).Build(), $"random {seed}");
        var request = new OptimizationRequest
        {
            Plan = "offline",
            Overlap = "none",
            Runtime = kernels == "none" ? kernels : null,
            Kernels = kernels == "none" ? null : kernels
        };
        return (model, ModelOptimizer.Optimize(model, request).Arena);
    }

    private static long Height(ArenaResult arena) => arena.PlannedBytes + arena.ScratchBytes;

    private static bool Meet(TflmBuffer one, TflmBuffer other) =>
        one.Bytes > 0 && other.Bytes > 0 && one.Last >= 0 && other.Last >= 0 && one.First <= other.Last && other.First <= one.Last
            && one.Offset < other.Offset + other.Bytes && other.Offset < one.Offset + one.Bytes;

    private static string? Verify(TfliteModel model, ArenaResult arena, IReadOnlyList<IReadOnlyList<int>> orders, IReadOnlyList<TflmBuffer> buffers)
    {
        bool isTflm = arena.Runtime == "tflm";
        try
        {
            PlanVerifier.Verify(new PlacedPlan
            {
                Model = model,
                Orders = orders,
                Buffers = [.. buffers.Select(buffer => buffer.Placed)],
                HeightBytes = Height(arena),
                AlignmentBytes = 16,
                HandlesAreUnplanned = isTflm,
                EverySubgraph = !isTflm,
            });
            return null;
        }
        catch (TinyReorderException e)
        {
            Assert.Equal(DiagnosticCodes.PlanRejected, e.Diagnostic.Code);
            return e.Diagnostic.Message;
        }
    }

    private static IEnumerable<SubgraphPair> Pairs(TfliteModel model, ArenaResult arena)
    {
        for (int s = 0; s < model.Subgraphs.Count; s++)
        {
            IReadOnlyList<int> order = arena.Orders[s];
            for (int first = 0; first < order.Count; first++)
            {
                for (int second = first + 1; second < order.Count; second++)
                    yield return new SubgraphPair(model.Subgraphs[s], first, second, model.Subgraphs[s].Operators[order[first]],
                        model.Subgraphs[s].Operators[order[second]]);
            }
        }
    }

    private sealed record SubgraphPair(TfliteSubgraph Subgraph, int First, int Second, TfliteOperator Earlier, TfliteOperator Later)
    {
        public bool Depends => Earlier.Outputs.Any(Later.Inputs.Contains);

        public bool BothHaveEffects => HasEffect(Earlier) && HasEffect(Later);

        public IReadOnlyList<int>[] Swapped(IReadOnlyList<IReadOnlyList<int>> orders)
        {
            int[] order = [.. orders[Subgraph.Index]];
            (order[First], order[Second]) = (order[Second], order[First]);
            return orders.Select((other, s) => s == Subgraph.Index ? order : other).ToArray();
        }

        private bool HasEffect(TfliteOperator op) =>
            op.Kind is "IF" or "WHILE" or "CALL_ONCE" or "READ_VARIABLE" or "ASSIGN_VARIABLE" or "VAR_HANDLE"
                || op.Inputs.Any(t => t >= 0 && Subgraph.Tensors[t].IsVariable);
    }
}
