using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>Applies the rules to every subgraph until none of them finds anything more.</summary>
internal static class Simplifier
{
    /// <summary>What reports call tensors that are gone because no operator and no caller named them.</summary>
    public const string UnnamedTensors = "unnamed";

    /// <summary>Operators that are looked at, all rules and rounds together; what is left then stays as it is.</summary>
    private const long MostVisits = 4_000_000;

    /// <summary>All rules, those that make way for others first.</summary>
    public static IReadOnlyList<SimplifyRule> Rules { get; } =
    [
        new ConstantResults(), new EqualOperators(), new Reshapes(), new Transposes(), new Requantizations(), new PaddingOfConvolutions(),
        new UnreadOperators(),
    ];

    /// <summary>
    /// Whether a model can be simplified: its tables can be written anew, and none of them speaks of operators or tensors by their index but those that are.
    /// </summary>
    public static bool CanSimplify(TfliteModel model) =>
        ModelEditor.CanEdit(model) && model.BufferCount > 0 && model.BufferBytes(0).Count == 0 && model.AbsoluteOffsetFields.Count == 0
        && model.ControlDependencies.All(pairs => pairs.Count == 0) && TablesAreKnown(model);

    /// <summary>The simplified model, or null where there is nothing to simplify.</summary>
    /// <param name="model">A model that <see cref="CanSimplify"/> is true of.</param>
    /// <param name="rules">The rules to apply.</param>
    public static SimplifiedModel? Simplify(TfliteModel model, IReadOnlyList<SimplifyRule> rules)
    {
        var steps = new List<SimplifiedStep>();
        var drafts = new List<DraftSubgraph>();
        var kept = new List<IReadOnlyList<int>>();
        long visits = 0;
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            if (!SimpleGraph.CanSimplify(subgraph))
            {
                drafts.Add(new DraftSubgraph(subgraph.Name) { IsAsItWas = true });
                kept.Add([.. Enumerable.Range(0, subgraph.Operators.Count)]);
                continue;
            }
            var graph = new SimpleGraph(model, subgraph);
            bool isChanged = true;
            while (isChanged && visits < MostVisits)
            {
                isChanged = false;
                foreach (SimplifyRule rule in rules)
                {
                    visits += subgraph.Operators.Count;
                    isChanged |= rule.Apply(graph);
                }
            }
            drafts.Add(graph.ToDraft());
            steps.AddRange(graph.Steps);
            kept.Add([.. graph.Operators.Select(op => op.Index)]);
        }
        return steps.Count == 0 ? null : new SimplifiedModel(model, new ModelDraft(model, drafts).Write(out _), steps, kept);
    }

    private static bool TablesAreKnown(TfliteModel model)
    {
        try
        {
            var old = new OldTables(model);
            return SignaturesNameInputsAndOutputs(model)
                && model.Subgraphs.All(subgraph => OldTables.CanCopy(old.Subgraph(subgraph.Index), Schema.Subgraph.KnownSlots)
                    && subgraph.Operators.All(op => OldTables.CanCopy(old.Operator(subgraph.Index, op.Index), Schema.Operator.KnownSlots)));
        }
        catch (FlatBufferException)
        {
            return false;
        }
    }

    /// <summary>A signature that names another tensor would have to lose it.</summary>
    private static bool SignaturesNameInputsAndOutputs(TfliteModel model) => OldTables.Tables(model.Root, Schema.Root.Signatures).All(signature =>
        (int)signature.UInt32(Schema.Signature.Subgraph) is var s && s >= 0 && s < model.Subgraphs.Count
        && new[] { Schema.Signature.Inputs, Schema.Signature.Outputs }.All(slot => OldTables.Tables(signature, slot)
            .All(tensor => (int)tensor.UInt32(Schema.SignatureTensor.Tensor) is var t
                && (model.Subgraphs[s].Inputs.Contains(t) || model.Subgraphs[s].Outputs.Contains(t)))));
}
