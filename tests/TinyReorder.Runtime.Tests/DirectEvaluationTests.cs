using TinyReorder.Operators;
using TinyReorder.Tests.Runtime.Models;
using TinyReorder.Tests.Runtime.Running;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Runtime;

/// <summary>
/// TensorFlow Lite, which we did not write, answers to random int8 networks as our direct evaluation does. Its kernels for the web round each scaled sum as a
/// float, half to even, where the reference kernels round twice: an output may be some steps away, and many networks are equal byte for byte.
/// </summary>
public class DirectEvaluationTests(ITestOutputHelper output)
{
    private const int Networks = 60, MostSteps = 4;
    private const double MostMeanSteps = 0.5, LeastEqual = 0.25;
    private const byte AnyMemory = 0x3C;
    private const int PaddingSame = 0;

    [SkippableFact]
    public void Random_networks_have_the_same_answers_up_to_rounding()
    {
        TfliteModel[] models = Enumerable.Range(1, Networks)
            .Select(seed => TfliteModel.Load(RandomNetworks.Create((ulong)seed), $"network {seed}"))
            .Where(model => !model.Subgraphs[0].Operators.Any(op => StopsBeforeTheEnd(model.Subgraphs[0], op)))
            .ToArray();
        IReadOnlyList<ModelAnswer> answers = ModelRunner.Run(
            models.Select(model => new ModelRun("tflite", model.Bytes, AnyMemory, 1) { WithValues = true }).ToArray());
        int equal = 0;
        foreach ((TfliteModel model, ModelAnswer answer) in models.Zip(answers))
        {
            Assert.Equal((model.Name, ""), (model.Name, answer.Refusal));
            int[] steps = ModelRunner.Fillings.Zip(answer.Values).SelectMany(pair => Steps(model, pair.First, pair.Second)).ToArray();
            output.WriteLine($"{model.Name}: at most {steps.Max()} steps, {steps.Average():F4} on average");
            Assert.InRange(steps.Max(), 0, MostSteps);
            Assert.InRange(steps.Average(), 0, MostMeanSteps);
            equal += steps.All(step => step == 0) ? 1 : 0;
        }
        output.WriteLine($"{equal} of {models.Length} networks are equal byte for byte");
        Assert.InRange(equal, models.Length * LeastEqual, models.Length);
    }

    /// <summary>How far each output is away.</summary>
    private static IEnumerable<int> Steps(TfliteModel model, (int Seed, int Percent) filling, byte[] theirs)
    {
        byte[] ours = ArenaInterpreter.Run(model, RuntimeInputs.Of(model, filling.Seed, filling.Percent)).SelectMany(bytes => bytes).ToArray();
        Assert.Equal(theirs.Length, ours.Length);
        return ours.Zip(theirs, (our, their) => Math.Abs((sbyte)our - (sbyte)their));
    }

    /// <summary>Whether SAME padding is none and the last window ends before the image does: there the kernels for the web begin elsewhere.</summary>
    private static bool StopsBeforeTheEnd(TfliteSubgraph subgraph, TfliteOperator operation) =>
        WindowShape.Of(subgraph, operation) is { } window && operation.Options.Byte(0) == PaddingSame
        && (Reach(window.OutputHeight, window.StrideHeight, window.FilterHeight, window.DilationHeight) < window.InputHeight
            || Reach(window.OutputWidth, window.StrideWidth, window.FilterWidth, window.DilationWidth) < window.InputWidth);

    private static long Reach(long places, long stride, long size, long dilation) => ((places - 1) * stride) + ((size - 1) * dilation) + 1;
}
