using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Stores what an operator makes of constants. Only operators that move data and compute nothing: RESHAPE, SQUEEZE and EXPAND_DIMS (the data stay where
/// they are), TRANSPOSE, SLICE, parts of a vector by STRIDED_SLICE, PACK and CONCATENATION along the first dimension, FILL, and SHAPE, whose result stands in
/// the file whatever its input holds. No number is computed, so that the bytes are the kernel's. Operators that run other subgraphs, and those with other
/// effects, keep what they read.
/// </summary>
internal sealed class ConstantResults : SimplifyRule
{
    private const int MostBytes = 1 << 16;

    public override string Name => "constant";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        foreach (SimpleOperator op in graph.Operators)
        {
            DraftTensor? output = op.Outputs.Length == 1 ? op.Outputs[0] : null;
            if (output is null || graph.IsOutput(output) || !SimpleGraph.IsActivation(output) || output.Bytes > MostBytes
                || graph.ReadersOf(output).Any(graph.HasEffects) || Result(graph, op, output) is not { } constant)
                continue;
            graph.Remove(op, Name);
            graph.Redirect(output, constant);
            isChanged = true;
        }
        return isChanged;
    }

    private static DraftTensor? Result(SimpleGraph graph, SimpleOperator op, DraftTensor output)
    {
        if (op.Inputs.Length == 0 || op.Inputs[0] is not { } input)
            return null;
        if (op.Kind == "SHAPE")
            return output.Type == TensorType.Int32 && output.Shape.Count == 1 && output.Shape[0] == input.Shape.Count && SimpleGraph.IsActivation(input)
                ? Stored(output, DraftTensor.Numbers(input.Shape).Data!) : null;
        if (Reshapes.IsReshape(op) && graph.FindData(input) is not null && (input.Kept ?? input.DataOf) is { } held)
            return DraftTensor.Sharing(held, output.Kept!);
        ArraySegment<byte>[] data = [.. op.Inputs.Select(tensor => graph.FindData(tensor) ?? new([]))];
        if (data.Any(known => known.Count == 0))
            return null;
        byte[]? made = Reshapes.IsReshape(op) ? input.Data : op.Kind switch
        {
            "TRANSPOSE" => Transposes.Permutation(graph, op) is { } permutation ? ConstantData.Transposed(data[0], input, output, permutation) : null,
            "SLICE" => ConstantData.Sliced(graph, op, data[0], output),
            "STRIDED_SLICE" => ConstantData.Run(graph, op, data[0], output),
            "PACK" or "CONCATENATION" => ConstantData.Joined(op, data, output),
            "FILL" => ConstantData.Filled(graph, op, data, output),
            _ => null,
        };
        return made?.Length == output.Bytes ? Stored(output, made) : null;
    }

    private static DraftTensor Stored(DraftTensor output, byte[] data) => DraftTensor.Constant(output.Type, output.Shape, data, output.Kept);
}
