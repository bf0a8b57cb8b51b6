using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>The bytes that operators make of bytes that are known, without any arithmetic.</summary>
internal sealed class ConstantTerms(TfliteSubgraph subgraph, DataTerms terms)
{
    /// <summary>The term of the only output; null where it is not known.</summary>
    public int? Of(TfliteOperator op, int[] inputs)
    {
        ArraySegment<byte>?[] data = [.. inputs.Select(terms.FindBytes)];
        TfliteTensor output = subgraph.Tensors[op.Outputs[0]];
        if (Array.Exists(data, known => known is null or { Count: 0 }) || output.Bytes > DataTerms.MostBytes)
            return null;
        IEnumerable<byte>? made = op.Kind switch
        {
            "STRIDED_SLICE" => Strided(op, data[0]!.Value, output),
            "FILL" => op.Inputs.Count == 2 && IsLike(op.Inputs[1], output) && Numbers(data[0]!.Value).SequenceEqual(output.Shape)
                ? Enumerable.Range(0, (int)output.ElementCount).SelectMany(_ => data[1]!.Value) : null,
            _ => IsJoined(op, output) ? data.SelectMany(known => known!.Value) : null,
        };
        return made?.Take((int)output.Bytes + 1).ToArray() is { } bytes && bytes.LongLength == output.Bytes
            ? terms.Constant(new ArraySegment<byte>(bytes)) : null;
    }

    private bool IsLike(int t, TfliteTensor output) => TermIdentity.Type(subgraph.Tensors[t]) == TermIdentity.Type(output);

    /// <summary>Whether the output is its inputs one behind the other: nothing is told apart before the dimension that they are joined along.</summary>
    private bool IsJoined(TfliteOperator op, TfliteTensor output)
    {
        int given = op.Kind == "PACK" ? op.Options.Int32(1) : op.Options.Int32(0), rank = output.Shape.Count, axis = given < 0 ? given + rank : given;
        bool isPlain = op.Kind == "PACK" || op.Options.Byte(1) == 0;
        return isPlain && axis >= 0 && axis < rank && OperatorTensors.Product(output.Shape, 0, axis) == 1 && op.Inputs.All(t => IsLike(t, output));
    }

    /// <summary>Elements of a vector, one after the other; bits of the masks are those of its only dimension.</summary>
    private IEnumerable<byte>? Strided(TfliteOperator op, ArraySegment<byte> data, TfliteTensor output)
    {
        TfliteTensor input = subgraph.Tensors[op.Inputs[0]];
        bool isPlain = op.Options.Int32(2) == 0 && op.Options.Int32(3) == 0 && !op.Options.Bool(5);
        if (!isPlain || op.Inputs.Count != 4 || input.Shape.Count != 1 || !IsLike(op.Inputs[0], output))
            return null;
        long[][] numbers = [.. op.Inputs.Skip(1).Select(t => OperatorTensors.FindConstants(subgraph.Tensors[t], 1) ?? [])];
        if (numbers.Any(known => known.Length != 1) || numbers[2][0] != 1)
            return null;
        long count = input.Shape[0];
        long Place(long number) => number < 0 ? number + count : Math.Min(number, count);
        long first = op.Options.Int32(0) == 0 ? Place(numbers[0][0]) : 0;
        long end = op.Options.Int32(4) != 0 ? first + 1 : op.Options.Int32(1) == 0 ? Place(numbers[1][0]) : count;
        int bytes = input.Type.ElementBytes();
        return first < 0 || first >= end || end > count ? null : data.Skip((int)first * bytes).Take((int)(end - first) * bytes);
    }

    private static IEnumerable<int> Numbers(ArraySegment<byte> data) =>
        Enumerable.Range(0, data.Count / 4).Select(i => BitConverter.ToInt32(data.Array!, data.Offset + (4 * i)));
}
