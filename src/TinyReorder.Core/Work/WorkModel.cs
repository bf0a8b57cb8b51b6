using TinyReorder.Operators;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>
/// Predicts the work of one inference by operator, from rates that were measured for a kernel library (docs/work.md). The figures compare two forms of a
/// model; they are instructions, not time.
/// </summary>
internal sealed class WorkModel
{
    private static readonly Lazy<IReadOnlyList<WorkModel>> Loaded = new(WorkModelReader.ReadBuiltIn);

    private readonly WorkRates? other;
    private readonly Dictionary<string, IReadOnlyList<WorkRule>> rules;

    internal WorkModel(string id, IReadOnlyList<string> kernels, WorkRates eachOperator, WorkRates other,
        Dictionary<string, IReadOnlyList<WorkRule>> rules)
    {
        (Id, Kernels, Measure) = (id, kernels, WorkMeasure.Instructions);
        (EachOperator, this.other, this.rules) = (eachOperator, other, rules);
    }

    private WorkModel()
    {
        (Id, Kernels, Measure) = ("macs", [], WorkMeasure.Macs);
        rules = [];
    }

    /// <summary>Counts multiplications: what stands in where no rates are known.</summary>
    public static WorkModel Macs { get; } = new();

    /// <summary>The models that come with this library.</summary>
    public static IReadOnlyList<WorkModel> BuiltIn => Loaded.Value;

    /// <summary>Its name, such as <c>cortex-m4-reference</c>.</summary>
    public string Id { get; }

    /// <summary>The kernel libraries that it is for.</summary>
    public IReadOnlyList<string> Kernels { get; }

    /// <summary>What it counts.</summary>
    public WorkMeasure Measure { get; }

    /// <summary>The interpreter's own work for a run of an operator; null where multiplications stand in.</summary>
    internal WorkRates? EachOperator { get; }

    /// <summary>The kinds that it has rates for.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<WorkRule>> Rules => rules;

    /// <summary>The model of a profile's kernel library, or null where nothing was measured for it.</summary>
    public static WorkModel? Of(RuntimeProfile profile) =>
        BuiltIn.FirstOrDefault(model => model.Kernels.Contains(profile.KernelLibrary, StringComparer.Ordinal));

    /// <summary>The model of a profile's kernel library, or the one that counts multiplications.</summary>
    public static WorkModel OrMacs(RuntimeProfile profile) => Of(profile) ?? Macs;

    /// <summary>Predicts the work of one inference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="placement">Where a tensor of a subgraph lies in the arena, in bytes: tensors at the same place are not copied. Null for not known.</param>
    /// <param name="turns">How often the body of a WHILE runs, by the body's subgraph. A loop that is not listed counts as one turn and is not known.</param>
    public WorkEstimate Estimate(TfliteModel model, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        long[] runs = SubgraphRuns.Of(model, turns);
        var operators = new List<OperatorWork>();
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            foreach (TfliteOperator op in subgraph.Operators)
            {
                (double work, bool isKnown) = Measure == WorkMeasure.Macs ? CountMacs(subgraph, op) : Predict(model, subgraph, op, placement, turns);
                operators.Add(new OperatorWork(subgraph.Index, op.Index, op.Kind, work, runs[subgraph.Index], isKnown));
            }
        }
        return new WorkEstimate(Measure, Id, operators);
    }

    /// <summary>The rule for an operator, or null where the generic rate counts it.</summary>
    internal WorkRule? FindRule(TfliteOperator op, OperatorQuantities quantities) =>
        !op.IsCustom && quantities.AreKnown && rules.TryGetValue(op.Kind, out IReadOnlyList<WorkRule>? candidates)
            ? candidates.FirstOrDefault(rule => rule.Holds(quantities)) : null;

    private static (double Work, bool IsKnown) CountMacs(TfliteSubgraph subgraph, TfliteOperator op) =>
        OperatorCost.Macs(subgraph, op) is { } macs ? (macs, true) : (0, false);

    private (double Work, bool IsKnown) Predict(
        TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        OperatorQuantities quantities = OperatorQuantities.Of(model, subgraph, op, placement, turns);
        WorkRule? rule = FindRule(op, quantities);
        return (EachOperator!.Of(quantities) + (rule?.Rates ?? other!).Of(quantities), rule is not null);
    }
}
