using TinyReorder.Optimization;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Evaluation;

/// <summary>Random networks, and what the optimizer makes of them and of a real model, in the arena that it plans.</summary>
public class RandomNetworksTests
{
    private static readonly TensorType[] Types = [TensorType.Int8, TensorType.Int16, TensorType.Float32];
    private static readonly string[] Windowed = ["CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D"];

    private static readonly string[] Wanted =
        [.. Windowed, "PAD", "ADD", "MUL", "CONCATENATION", "RELU", "RELU6", "LEAKY_RELU", "HARD_SWISH", "STRIDED_SLICE", "RESIZE_NEAREST_NEIGHBOR", "MEAN"];

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 12).Select(seed => (ulong)seed)];

    [Fact]
    public void The_same_seed_and_type_give_the_same_file()
    {
        Assert.Equal(RandomNetworks.Create(7), RandomNetworks.Create(7));
        Assert.NotEqual(RandomNetworks.Create(7), RandomNetworks.Create(8));
        Assert.NotEqual(RandomNetworks.Create(7), RandomNetworks.Create(7, TensorType.Int16));
    }

    [Fact]
    public void They_have_every_kind_and_small_sizes_and_several_outputs()
    {
        TfliteSubgraph[] networks = Enumerable.Range(1, 60).Select(seed => Load((ulong)seed, TensorType.Int8).Subgraphs[0]).ToArray();

        Assert.Empty(Wanted.Except(networks.SelectMany(network => network.Operators).Select(op => op.Kind)));
        foreach (int dimension in new[] { 1, 2, 3 })
            Assert.Contains(networks, network => network.Tensors[network.Inputs[0]].Shape[dimension] == 1);
        Assert.Contains(networks, network => network.Outputs.Count > 1);
        Assert.Contains(networks, network => Count(network, Windowed) >= 6);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_output_depends_on_the_input(ulong seed)
    {
        foreach (TensorType type in Types)
        {
            TfliteModel model = Load(seed, type);
            byte[][] first = ArenaInterpreter.Run(model, RandomNetworks.InputsOf(model, 1));
            byte[][] second = ArenaInterpreter.Run(model, RandomNetworks.InputsOf(model, 2));
            Assert.All(first.Zip(second), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    /// <summary>Every network in its own order and memory, and in the order and the arena that are planned for it with all the sharing that there is.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_planned_network_answers_in_its_arena_as_it_does_without(ulong seed)
    {
        foreach (TensorType type in Types)
            AnswersAlike(Load(seed, type), mustOverlap: false);
    }

    [SkippableTheory]
    [InlineData("mlperf_resnet8.tflite")]
    [InlineData("mlperf_kws.tflite")]
    [InlineData("tflm_person_detect.tflite")]
    public void A_planned_real_model_answers_in_its_arena_as_it_does_without(string name) => AnswersAlike(SharedModels.Load(name), mustOverlap: true);

    /// <summary>A plan in which an output lies one row too far into its input is told from a right one.</summary>
    [SkippableFact]
    public void A_real_plan_that_shares_too_much_answers_otherwise()
    {
        TfliteModel model = SharedModels.Load("mlperf_kws.tflite");
        (TfliteModel planned, OfflinePlan plan) = Planned(model);
        byte[][] inputs = RandomNetworks.InputsOf(model, 1), expected = ArenaInterpreter.Run(model, inputs);
        Func<int, int, long?> right = ArenaInterpreter.PlacementOf(planned, plan);
        TfliteOperator sharing = planned.Subgraphs[0].Operators.First(op => Windowed.Contains(op.Kind) && right(0, op.Outputs[0]) < right(0, op.Inputs[0])
            && right(0, op.Outputs[0]) + planned.Subgraphs[0].Tensors[op.Outputs[0]].Bytes > right(0, op.Inputs[0]));

        byte[][] found = ArenaInterpreter.Run(planned, inputs, (subgraph, tensor) =>
            right(subgraph, tensor) + (tensor == sharing.Outputs[0] ? planned.Subgraphs[0].Tensors[tensor].Bytes / 2 : 0));

        Assert.Equal(expected, ArenaInterpreter.Run(planned, inputs, right));
        Assert.NotEqual(expected, found);
    }

    private static void AnswersAlike(TfliteModel model, bool mustOverlap)
    {
        (TfliteModel planned, OfflinePlan plan) = Planned(model);
        var interpreter = new ArenaInterpreter(planned, ArenaInterpreter.PlacementOf(planned, plan));
        byte[][] inputs = RandomNetworks.InputsOf(model, 1);

        Assert.Equal(ArenaInterpreter.Run(model, inputs), interpreter.Invoke(inputs));
        if (mustOverlap)
            Assert.True(interpreter.ArenaBytes < ModelOptimizer.Optimize(model, Request("none")).Arena.PlannedBytes);
    }

    private static (TfliteModel Model, OfflinePlan Plan) Planned(TfliteModel model)
    {
        OptimizationResult result = ModelOptimizer.Optimize(model, Request("diagonal"));
        TfliteModel planned = TfliteModel.Load(result.OptimizedModel, model.Name);
        return (planned, OfflinePlan.Find(planned)!);
    }

    private static OptimizationRequest Request(string overlap) => new() { Kernels = "reference", Overlap = overlap, Plan = "offline" };

    private static int Count(TfliteSubgraph network, string[] kinds) => network.Operators.Count(op => kinds.Contains(op.Kind));

    private static TfliteModel Load(ulong seed, TensorType type) => TfliteModel.Load(RandomNetworks.Create(seed, type), $"{type} {seed}");
}
