using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtime.Models;

/// <summary>The models that are run: the shared ones, and what our own builders make with real weights.</summary>
internal static class RunnableModels
{
    /// <summary>The model that answers with what it was given the time before.</summary>
    public const string DelayName = "built: delay";

    private const int FewRandom = 4, RandomCount = 24;

    private static readonly Dictionary<string, Func<ModelBuilder>> Builders = Build();

    /// <summary>Built models that are run in little time: one with every layer, and of the random ones a few.</summary>
    public static IReadOnlyList<string> Quick { get; } = [.. Builders.Keys.SkipLast(RandomCount - FewRandom)];

    /// <summary>The shared models that are there, and the other random ones.</summary>
    public static IReadOnlyList<string> Others => [.. Shared, .. Builders.Keys.TakeLast(RandomCount - FewRandom)];

    /// <summary>Names of the shared models that are there.</summary>
    public static IReadOnlyList<string> Shared { get; } = SharedModels.Expected.Select(row => row.Model).Distinct().ToArray();

    public static TfliteModel Load(string name) =>
        Builders.TryGetValue(name, out Func<ModelBuilder>? build) ? TfliteModel.Load(build().Build(), name) : SharedModels.Load(name);

    private static Dictionary<string, Func<ModelBuilder>> Build()
    {
        var builders = new Dictionary<string, Func<ModelBuilder>>
        {
            ["built: small"] = () => BuiltModels.Small(),
            ["built: every layer"] = () => BuiltModels.Runnable(),
            ["built: keyword"] = KeywordModel.Build,
            [DelayName] = Delay,
        };
        for (ulong seed = 1; seed <= RandomCount; seed++)
        {
            ulong one = seed;
            builders.Add($"built: random {seed}", () => RandomModels.Create(one));
        }
        return builders;
    }

    /// <summary>
    /// Answers with what it was given the time before: its write does not need its read, so that nothing but the rule for effects keeps them apart.
    /// </summary>
    private static ModelBuilder Delay()
    {
        var b = new ModelBuilder();
        SubgraphBuilder init = b.Subgraph("init");
        init.AssignVariable(init.VarHandle("last"), init.Constant("zeros", [1, 16], TensorType.Int8, new byte[16], Quantization.Activation));
        ModelTensor x = b.Input("x", [1, 16]);
        b.CallOnce(init);
        ModelTensor handle = b.VarHandle("last"), last = b.ReadVariable(handle, [1, 16]);
        b.AssignVariable(handle, b.Relu(x));
        b.Output(b.Relu6(last));
        return b;
    }
}
