using TinyReorder.Diagnostics;
using TinyReorder.Operators;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>
/// Replays the loop of a kernel over its tensors' places: which bytes of an input it reads and which of an output it writes, step by step, as the library's
/// source has it. It uses none of the closed forms of <see cref="OverlapRules"/>, which are checked with it.
/// </summary>
internal static class OverlapSimulator
{
    /// <summary>
    /// Looks for a byte of <paramref name="inputTensor"/> that the kernel writes over, as part of <paramref name="outputTensor"/>, before it has read it
    /// for the last time.
    /// </summary>
    /// <param name="profile">The kernels that will run.</param>
    /// <param name="subgraph">The subgraph of the operator.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="inputTensor">The index of a tensor that it reads.</param>
    /// <param name="outputTensor">The index of a tensor that it writes.</param>
    /// <param name="inputOffset">Where the input lies, in bytes.</param>
    /// <param name="outputOffset">Where the output lies, in bytes.</param>
    /// <returns>
    /// Null when every byte is read in time, or the two have no byte in common; else what goes wrong, or that the profile does not say how the kernel works.
    /// </returns>
    public static string? FirstConflict(
        RuntimeProfile profile, TfliteSubgraph subgraph, TfliteOperator operation, int inputTensor, int outputTensor, long inputOffset, long outputOffset)
    {
        TfliteTensor input = subgraph.Tensors[inputTensor], output = subgraph.Tensors[outputTensor];
        if (input.Bytes == 0 || output.Bytes == 0 || inputOffset >= outputOffset + output.Bytes || outputOffset >= inputOffset + input.Bytes)
            return null;
        if (profile.FindKernel(operation)?.Overlap is not { } rule || !operation.Inputs.Contains(inputTensor) || !operation.Outputs.Contains(outputTensor))
            return $"the profile {profile.Id} has nothing to show that {Quote.Text(operation.Kind)} may write over what it reads";
        if (!OverlapLimits.Hold(subgraph, operation))
            return $"{Quote.Text(operation.Kind)} is too large to be replayed";
        var replay = new AccessReplay(inputOffset - outputOffset);
        string access = OverlapConditions.WayOf(rule, subgraph, operation).Access;
        if (!IsSharedOperand(rule, access, operation, inputTensor) || !Run(access, subgraph, operation, input, output, replay, inputOffset - outputOffset))
            return $"the profile {profile.Id} does not say how {Quote.Text(operation.Kind)} reads and writes here";
        return replay.Conflict is { } conflict ? $"{Quote.Text(operation.Kind)}: {conflict}" : null;
    }

    /// <summary>Whether the tensor is read as the loop says: as one of the rule's inputs and as nothing else.</summary>
    private static bool IsSharedOperand(OverlapRule rule, string access, TfliteOperator operation, int tensor) => access switch
    {
        "elements" => operation.Inputs.Take(rule.Inputs).Contains(tensor) && !operation.Inputs.Skip(rule.Inputs).Contains(tensor),
        "copy" => operation.Inputs.Take(rule.Inputs).Contains(tensor) && operation.Inputs.Count(input => input == tensor) == 1,
        "join" or "part" => operation.Inputs.Count(input => input == tensor) == 1,
        _ => operation.Inputs.Count > 0 && operation.Inputs[0] == tensor && operation.Inputs.Count(input => input == tensor) == 1,
    };

    private static bool Run(string access, TfliteSubgraph subgraph, TfliteOperator operation, TfliteTensor input, TfliteTensor output, AccessReplay replay,
        long distanceBytes)
    {
        var copies = new CopyAccess(subgraph, operation, input, output, replay, distanceBytes);
        switch (access)
        {
            case "unknown": return false;
            case "copy": copies.Copy(); return true;
            case "elements" when input.ElementCount == output.ElementCount: copies.Elements(); return true;
            case "join": copies.Join(); return true;
            case "part": copies.Part(); return true;
            case "forward-slice": copies.ForwardSlice(); return true;
            case "pad" or "pad-runs": return Run(PadShape.Of(subgraph, operation), shape => new ImageAccess(replay).Pad(shape, access == "pad-runs"));
            case "resize-nearest": return Run(ResizeShape.Of(subgraph, operation), shape => new ImageAccess(replay).Nearest(shape));
            case "resize-bilinear": return Run(ResizeShape.Of(subgraph, operation), shape => new ImageAccess(replay).Bilinear(shape));
            default: return Run(WindowShape.Of(subgraph, operation), shape => Run(access, shape, new WindowAccess(shape, replay)));
        }
    }

    private static bool Run<T>(T? shape, Action<T> replay)
        where T : class
    {
        if (shape is null)
            return false;
        replay(shape);
        return true;
    }

    private static void Run(string access, WindowShape shape, WindowAccess loops)
    {
        switch (access)
        {
            case "filter-by-output": loops.FilterByOutput(); break;
            case "channel-by-channel": loops.ChannelByChannel(); break;
            case "columns-of-2": loops.Columns(2); break;
            case "columns-of-4": loops.Columns(4); break;
            case "channel-blocks": loops.ChannelBlocks(); break;
            case "accumulate": loops.Accumulate(); break;
            case "groups": loops.Groups(); break;
            case "matrix": loops.Matrix(); break;
            case "matrix-rows": loops.MatrixRows(); break;
            default: throw new InvalidOperationException($"no loop '{access}' over {shape}");
        }
    }
}
