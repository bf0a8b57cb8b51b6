using TinyReorder.Graphs;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Sizes;
using TinyReorder.Tflite;
using TinyReorder.Verification;

namespace TinyReorder.Planning;

/// <summary>
/// What the operators of a model may share, as far as a plan can use it: the pairs that the kernel library's rules allow, without tensors that live on for the
/// caller, and at distances that keep every tensor aligned.
/// </summary>
internal sealed class ModelShares
{
    private readonly TfliteModel model;
    private readonly RuntimeProfile rules;
    private readonly bool keepsInputs;
    private readonly TensorShare[][][] shares;

    /// <summary>The shares of <paramref name="model"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rules">The profile whose rules count.</param>
    /// <param name="choice">How far sharing may go.</param>
    /// <param name="keepsInputs">Whether inputs of the model stay whole to the end.</param>
    public ModelShares(TfliteModel model, RuntimeProfile rules, OverlapChoice choice, bool keepsInputs)
    {
        this.model = model;
        this.rules = rules;
        this.keepsInputs = keepsInputs;
        Choice = choice;
        shares = model.Subgraphs.Select(subgraph => subgraph.Operators.Select(op => Usable(subgraph, op)).ToArray()).ToArray();
        // Each placement asks for them all.
        All = shares.SelectMany((operators, s) => operators.SelectMany(pairs => pairs.Select(share => (s, share)))).ToArray();
    }

    /// <summary>How far sharing may go.</summary>
    public OverlapChoice Choice { get; }

    /// <summary>The pairs of one operator.</summary>
    public IReadOnlyList<TensorShare> Of(int subgraph, int op) => shares[subgraph][op];

    /// <summary>All pairs, with the subgraph that they are of.</summary>
    public IReadOnlyList<(int Subgraph, TensorShare Share)> All { get; }

    /// <summary>What is wrong with two tensors of an operator at these places, or null: for the verifier, which replays the kernel.</summary>
    public string? Conflict(TfliteOperator running, PlacedBuffer input, PlacedBuffer output) =>
        Choice == OverlapChoice.None
            ? "nothing may be shared"
            : OverlapSimulator.FirstConflict(rules, model.Subgraphs[input.Subgraph], running, input.Tensor, output.Tensor, input.OffsetBytes,
                output.OffsetBytes);

    // An input of the model is the caller's until its last reader runs; that of a called subgraph is filled anew by whoever calls.
    private TensorShare[] Usable(TfliteSubgraph subgraph, TfliteOperator op) =>
        OverlapRules.SharesOf(rules, subgraph, op, Choice)
            .Where(share => !subgraph.Outputs.Contains(share.Input))
            .Where(share => !subgraph.Inputs.Contains(share.Input) || (subgraph.Index == 0 && !keepsInputs))
            .Where(share => !share.IsExact || share.DistanceBytes % rules.Allocator.Alignment == 0)
            .Select(share => share.IsExact ? share : share with { DistanceBytes = Rounding.Up(share.DistanceBytes, rules.Allocator.Alignment) })
            .ToArray();
}
