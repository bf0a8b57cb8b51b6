using TinyReorder.Tests.Runtime.Models;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>What a runtime answers to every variant of every model: one batch, run when the first test asks.</summary>
internal static class Answers
{
    public static IReadOnlyList<string> Engines { get; } = ["tflite", "litert"];

    // Models that take long in the runtime are run less often; what they answer is large as well.
    private const int Invocations = 3, HeavyInvocations = 1;
    private const long HeavyBytes = 1_500_000;

    private static readonly Lazy<(string Model, ModelVariant Variant, int Invocations)[]> Variants = new(MakeVariants);

    private static readonly Dictionary<string, Lazy<Dictionary<string, VariantAnswer[]>>> Batches =
        Engines.ToDictionary(engine => engine, engine => new Lazy<Dictionary<string, VariantAnswer[]>>(() => Run(engine)));

    /// <summary>For each model the answers to its variants, the original first.</summary>
    public static IReadOnlyDictionary<string, VariantAnswer[]> Of(string engine)
    {
        RuntimePackages.Require();
        return Batches[engine].Value;
    }

    /// <summary>How often a model is invoked on each interpreter.</summary>
    public static int InvocationsOf(TfliteModel model) =>
        model.Subgraphs.Sum(subgraph => subgraph.Tensors.Where(tensor => !tensor.IsConstant).Sum(tensor => tensor.Bytes)) > HeavyBytes ? HeavyInvocations : Invocations;

    private static Dictionary<string, VariantAnswer[]> Run(string engine)
    {
        IReadOnlyList<ModelAnswer> answers = ModelRunner.Run(Variants.Value.Select(each => new ModelRun(engine, each.Variant.Bytes, each.Variant.Memory, each.Invocations)).ToArray());
        return Variants.Value.Zip(answers)
            .GroupBy(pair => pair.First.Model, pair => new VariantAnswer(pair.First.Variant, engine == "litert" && PassesAnInputOn(pair.First.Model) ? Unwritten : pair.Second))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    // It gives the tensor the memory of the output, and leaves what the caller filled where it is: its answers then depend on what that memory held.
    private static ModelAnswer Unwritten { get; } = new([], 0, "an output is an input as well, and is then neither read nor written");

    private static bool PassesAnInputOn(string name) => RunnableModels.Load(name).Subgraphs[0] is var main && main.Inputs.Intersect(main.Outputs).Any();

    private static (string, ModelVariant, int)[] MakeVariants() =>
        RunnableModels.Shared.Concat(RunnableModels.Built)
            .SelectMany(name =>
            {
                TfliteModel model = RunnableModels.Load(name);
                return ModelVariants.Of(model).Select(variant => (name, variant, InvocationsOf(model)));
            })
            .ToArray();
}
