using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Verification.Symbolic;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>Simplifies models and compares what they answer.</summary>
internal static class SimplifiedAnswers
{
    /// <summary>The simplified model; null where there is nothing to simplify. It is proven, and gives the answers of the original.</summary>
    /// <param name="b">The model.</param>
    /// <param name="runs">Whether the direct evaluation knows its operators.</param>
    public static SimplifiedModel? Of(ModelBuilder b, bool runs = true) => Of(TfliteModel.Load(b.Build(), "model"), runs);

    /// <summary>The same of a model.</summary>
    public static SimplifiedModel? Of(TfliteModel model, bool runs = true)
    {
        Assert.True(Simplifier.CanSimplify(model));
        if (Simplifier.Simplify(model, Simplifier.Rules) is not { } simplified)
            return null;
        Assert.Null(SimplificationVerifier.FirstFault(model, simplified.Model));
        Assert.Null(Simplifier.Simplify(simplified.Model, Simplifier.Rules));
        for (ulong seed = 1; runs && seed <= 3; seed++)
        {
            byte[][] inputs = RandomNetworks.InputsOf(model, seed);
            Assert.Equal(ArenaInterpreter.Run(model, inputs), ArenaInterpreter.Run(simplified.Model, inputs));
        }
        return simplified;
    }

    /// <summary>The kinds of the operators that are left.</summary>
    public static string Kinds(SimplifiedModel? simplified) =>
        simplified is null ? "" : string.Join(" ", simplified.Model.Subgraphs[0].Operators.Select(op => op.Kind));
}
