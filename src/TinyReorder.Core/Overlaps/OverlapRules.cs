using TinyReorder.Graphs;
using TinyReorder.Operators;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>What a profile's kernels allow to share memory inside one operator (docs/overlap.md).</summary>
internal static class OverlapRules
{
    /// <summary>
    /// The pairs of a dying input and an output of <paramref name="operation"/> that may share memory. Which inputs die there is not asked: that depends on
    /// the order. Pairs are safe together as well as alone, as long as tensors of one side do not overlap each other.
    /// </summary>
    /// <param name="profile">The kernels that will run.</param>
    /// <param name="subgraph">The subgraph of the operator.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="choice">
    /// <see cref="OverlapChoice.InPlace"/> answers exact pairs alone, <see cref="OverlapChoice.Diagonal"/> also least distances, and those instead of an exact
    /// one where every larger distance is safe too.
    /// </param>
    public static IReadOnlyList<TensorShare> SharesOf(RuntimeProfile profile, TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice)
    {
        if (choice == OverlapChoice.None || profile.FindKernel(operation)?.Overlap is not { } rule || !OverlapLimits.Hold(subgraph, operation))
            return [];
        OverlapWay way = OverlapConditions.WayOf(rule, subgraph, operation);
        return way.Rule switch
        {
            "disjoint" => [],
            "in-place" => SlicedRules.InPlace(rule, subgraph, operation),
            "elementwise" => Elementwise(rule, subgraph, operation, choice),
            "concatenation" => SlicedRules.Concatenation(subgraph, operation, choice),
            "split" => SlicedRules.Split(subgraph, operation, choice),
            "slice" => Slice(subgraph, operation, choice),
            _ => choice == OverlapChoice.Diagonal ? Distance(way.Rule, subgraph, operation) : [],
        };
    }

    /// <summary>Whether a tensor is read but once, takes memory of the arena and shares it with another one that does.</summary>
    internal static bool MayShare(TfliteSubgraph subgraph, TfliteOperator operation, int input, int output) =>
        input >= 0 && output >= 0 && operation.Inputs.Count(tensor => tensor == input) == 1
        && OperatorTensors.IsPlanned(subgraph.Tensors[input]) && OperatorTensors.IsPlanned(subgraph.Tensors[output]);

    /// <summary>
    /// Element i of the output is written when element i of each input has been read and none is read again. A tensor that stands for both inputs is read
    /// twice at the same place before its element is written, so that it may share as well; an input that is broadcast is read again and may not.
    /// </summary>
    private static TensorShare[] Elementwise(OverlapRule rule, TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice)
    {
        if (operation.Outputs.Count != 1 || OperatorTensors.Find(subgraph, operation.Outputs, 0) is not { } output || !OperatorTensors.IsPlanned(output))
            return [];
        return operation.Inputs.Take(rule.Inputs).Distinct()
            .Where(input => input >= 0 && !operation.Inputs.Skip(rule.Inputs).Contains(input))
            .Select(input => subgraph.Tensors[input])
            .Where(input => OperatorTensors.IsPlanned(input) && MayAlias(input.Type.ElementBytes(), output.Type.ElementBytes())
                && input.ElementCount == output.ElementCount && (choice == OverlapChoice.Diagonal || input.Bytes == output.Bytes))
            .Select(input => choice == OverlapChoice.Diagonal
                ? new TensorShare(input.Index, output.Index, Math.Max(0, (output.ElementCount - 1) * (output.Type.ElementBytes() - input.Type.ElementBytes())),
                    IsExact: false)
                : new TensorShare(input.Index, output.Index, 0, IsExact: true))
            .Where(share => share.DistanceBytes < output.Bytes)
            .ToArray();
    }

    /// <summary>
    /// Types of different width only where one is of bytes, which C lets stand for any type: a compiler that counts on strict aliasing may order others as
    /// it likes.
    /// </summary>
    private static bool MayAlias(int inputBytes, int outputBytes) => inputBytes == outputBytes || inputBytes == 1 || outputBytes == 1;

    /// <summary>A part of the input is copied forward element by element, each to its place or before it.</summary>
    private static TensorShare[] Slice(TfliteSubgraph subgraph, TfliteOperator operation, OverlapChoice choice)
    {
        if (operation.Inputs.Count == 0 || operation.Outputs.Count != 1 || !MayShare(subgraph, operation, operation.Inputs[0], operation.Outputs[0])
            || !SliceShape.CopiesForward(subgraph, operation))
            return [];
        bool isDiagonal = choice == OverlapChoice.Diagonal;
        if (SliceShape.Runs(subgraph, operation) is not var (runBytes, starts))
            return [new TensorShare(operation.Inputs[0], operation.Outputs[0], 0, IsExact: !isDiagonal)];
        // A run is copied in one piece, which must not lie on a part of itself: on its own place, or a whole run behind it.
        long[]? ahead = starts?.Select((start, i) => start - (i * runBytes)).ToArray();
        if (ahead is not null && Array.TrueForAll(ahead, bytes => bytes == 0 || bytes >= runBytes))
        {
            return [new TensorShare(operation.Inputs[0], operation.Outputs[0], 0,
                IsExact: !isDiagonal || !Array.TrueForAll(ahead, bytes => bytes >= runBytes))];
        }
        long distance = runBytes - (ahead?.Min() ?? 0);
        return isDiagonal && distance < subgraph.Tensors[operation.Outputs[0]].Bytes
            ? [new TensorShare(operation.Inputs[0], operation.Outputs[0], distance, IsExact: false)] : [];
    }

    private static TensorShare[] Distance(string form, TfliteSubgraph subgraph, TfliteOperator operation)
    {
        if (operation.Inputs.Count == 0 || operation.Outputs.Count != 1 || !MayShare(subgraph, operation, operation.Inputs[0], operation.Outputs[0]))
            return [];
        TfliteTensor output = subgraph.Tensors[operation.Outputs[0]];
        long? distance = operation.Kind switch
        {
            "PAD" or "PADV2" => PadShape.Of(subgraph, operation)?.Distance(form),
            "RESIZE_NEAREST_NEIGHBOR" or "RESIZE_BILINEAR" => ResizeShape.Of(subgraph, operation)?.Distance(form),
            _ => WindowShape.Of(subgraph, operation) is { } window ? WindowDistance.Of(window, form) : null,
        };
        // From the output's end on the two are apart, which needs no rule.
        return distance is { } bytes && bytes < output.Bytes ? [new TensorShare(operation.Inputs[0], output.Index, Math.Max(0, bytes), IsExact: false)] : [];
    }
}
