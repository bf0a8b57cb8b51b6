using TinyReorder.Tests.Runtime.Models;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>
/// What a runtime answers to every variant of every model: a batch of the quick ones and one of the others, each run when the first test asks.
/// </summary>
internal static class Answers
{
    public static IReadOnlyList<string> Engines { get; } = ["tflite", "litert"];

    // Models that take long in the runtime are run less often; what they answer is large as well.
    private const int Invocations = 3, HeavyInvocations = 1;
    private const long HeavyBytes = 1_500_000;

    private static readonly Lazy<(string Model, ModelVariant Variant, int Invocations)[]> Quick = new(() => MakeVariants(RunnableModels.Quick)),
        Others = new(() => MakeVariants(RunnableModels.Others));

    private static readonly Dictionary<string, Lazy<Dictionary<string, VariantAnswer[]>>> OfQuick = Batches(Quick), OfOthers = Batches(Others);

    /// <summary>The answers to a model's variants, the original first.</summary>
    public static VariantAnswer[] Of(string engine, string name)
    {
        RuntimePackages.Require();
        return (RunnableModels.Quick.Contains(name) ? OfQuick : OfOthers)[engine].Value[name];
    }

    /// <summary>How often a model is invoked on each interpreter.</summary>
    public static int InvocationsOf(TfliteModel model) =>
        model.Subgraphs.Sum(subgraph => subgraph.Tensors.Where(tensor => !tensor.IsConstant).Sum(tensor => tensor.Bytes)) > HeavyBytes
            ? HeavyInvocations : Invocations;

    private static Dictionary<string, Lazy<Dictionary<string, VariantAnswer[]>>> Batches(Lazy<(string Model, ModelVariant Variant,
        int Invocations)[]> variants) =>
        Engines.ToDictionary(engine => engine, engine => new Lazy<Dictionary<string, VariantAnswer[]>>(() => Run(engine, variants.Value)));

    private static Dictionary<string, VariantAnswer[]> Run(string engine, (string Model, ModelVariant Variant, int Invocations)[] variants)
    {
        IReadOnlyList<ModelAnswer> answers = ModelRunner.Run(variants.Select(each =>
            new ModelRun(engine, each.Variant.Bytes, each.Variant.Memory, each.Invocations)).ToArray());
        return variants.Zip(answers)
            .GroupBy(pair => pair.First.Model,
                pair => new VariantAnswer(pair.First.Variant, engine == "litert" && PassesAnInputOn(pair.First.Model) ? Unwritten : pair.Second))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    // It gives the tensor the memory of the output, and leaves what the caller filled where it is: its answers then depend on what that memory held.
    private static ModelAnswer Unwritten { get; } = new([], 0, "an output is an input as well, and is then neither read nor written");

    private static bool PassesAnInputOn(string name) => RunnableModels.Load(name).Subgraphs[0] is var main && main.Inputs.Intersect(main.Outputs).Any();

    private static (string, ModelVariant, int)[] MakeVariants(IReadOnlyList<string> names) =>
    [
        .. names.SelectMany(name =>
        {
            TfliteModel model = RunnableModels.Load(name);
            return ModelVariants.Of(model).Select(variant => (name, variant, InvocationsOf(model)));
        }),
    ];
}
