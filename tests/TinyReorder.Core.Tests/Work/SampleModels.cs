using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Work;

namespace TinyReorder.Tests.Work;

/// <summary>Models of one operator, and their estimates.</summary>
internal static class SampleModels
{
    public static readonly IReadOnlyDictionary<int, long> NoTurns = new Dictionary<int, long>();

    public static WorkModel Named(string id) => Assert.Single(WorkModel.BuiltIn, model => model.Id == id);

    /// <summary>A model whose operators the function adds to the input.</summary>
    public static TfliteModel Build(int[] input, Func<SubgraphBuilder, ModelTensor, ModelTensor> add, TensorType type = TensorType.Int8)
    {
        var b = new ModelBuilder();
        b.Output(add(b, b.Input("in", input, type, type == TensorType.Int16 ? new Quantization(0.01f, 0) : null)));
        return TfliteModel.Load(b.Build(), "sample");
    }

    /// <summary>The work of the last operator without the interpreter's own.</summary>
    public static double OfLast(WorkModel work, TfliteModel model, Func<int, int, long?>? placement = null)
    {
        OperatorWork last = work.Estimate(model, placement, NoTurns).Operators[^1];
        Assert.True(last.IsKnown, $"{last.Kind} is not known");
        return last.EachRun - InterpreterOf(work);
    }

    private static double InterpreterOf(WorkModel work) => work.EachOperator!.Rates.Single().Rate;
}
