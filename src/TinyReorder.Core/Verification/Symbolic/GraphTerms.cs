using System.Globalization;
using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>What the outputs of a subgraph hold, by terms that equal data have, however it is written down.</summary>
internal sealed class GraphTerms(TfliteModel model, int originalBytes, int index, DataTerms terms)
{
    private const int Rank = 4, Height = 1, Width = 2;

    private readonly TfliteSubgraph subgraph = model.Subgraphs[index];
    private readonly Dictionary<int, int> held = [];

    /// <summary>What operators with effects did, in their order.</summary>
    public int State { get; private set; } = terms.Of("state");

    /// <summary>The terms of the subgraph's outputs.</summary>
    public int[] Outputs()
    {
        for (int i = 0; i < subgraph.Inputs.Count; i++)
            held[subgraph.Inputs[i]] = terms.Of($"input {i}");
        foreach (TfliteOperator op in subgraph.Operators)
            Run(op);
        return [.. subgraph.Outputs.Select(t => t < 0 ? -1 : Of(t))];
    }

    private void Run(TfliteOperator op)
    {
        int[] inputs = [.. op.Inputs.Select(t => t < 0 ? -1 : Of(t))];
        if (op.Kind == "VAR_HANDLE" && op.Outputs.Count == 1)
        {
            held[op.Outputs[0]] = terms.Of($"handle {Face(op.Outputs)} {Text(op.Options.FindText(0))} {Text(op.Options.FindText(1))}");
            return;
        }
        if (OperatorEffects.Has(model, subgraph, op))
        {
            State = terms.Of(Head(op), inputs = [.. inputs, State]);
        }
        else if (op.Outputs.Count == 1 && inputs.Length > 0 && inputs[0] >= 0 && Known(op, inputs) is { } known)
        {
            held[op.Outputs[0]] = known;
            return;
        }
        string head = Head(op);
        for (int i = 0; i < op.Outputs.Count; i++)
        {
            if (op.Outputs[i] >= 0)
                held[op.Outputs[i]] = terms.Of($"{head} output {i}", inputs);
        }
    }

    /// <summary>What an operator gives whose result can be told in one form; null for any other.</summary>
    private int? Known(TfliteOperator op, int[] inputs)
    {
        TfliteTensor input = subgraph.Tensors[op.Inputs[0]], output = subgraph.Tensors[op.Outputs[0]];
        switch (op.Kind)
        {
            case "RESHAPE" or "SQUEEZE" or "EXPAND_DIMS":
                return input.Type == output.Type && input.Bytes == output.Bytes ? inputs[0] : null;
            case "TRANSPOSE":
                return Transposed(op, inputs[0], input, output);
            case "SHAPE":
                return output.Type == TensorType.Int32 ? terms.Constant(new ArraySegment<byte>([.. input.Shape.SelectMany(Bytes)])) : null;
            case "SLICE":
                return Sliced(op, inputs[0], input, output);
            case "STRIDED_SLICE" or "PACK" or "CONCATENATION" or "FILL":
                return new ConstantTerms(subgraph, terms).Of(op, inputs);
            case "QUANTIZE":
                return !IsOfWholeNumbers(output) ? null : TermIdentity.Type(input) == TermIdentity.Type(output) ? inputs[0]
                    : terms.FindQuantized(inputs[0], TermIdentity.Type(output));
            case "DEQUANTIZE":
                return IsOfWholeNumbers(input) && output.Type == TensorType.Float32 ? terms.Dequantized(inputs[0], TermIdentity.Type(input), Head(op)) : null;
            case "PAD":
                return Padded(op, inputs[0], input, output);
            case "CONV_2D" or "DEPTHWISE_CONV_2D":
                return Convolution(op, inputs, input);
            default:
                return null;
        }
    }

    private int? Transposed(TfliteOperator op, int term, TfliteTensor input, TfliteTensor output)
    {
        int rank = input.Shape.Count;
        if (op.Inputs.Count != 2 || OperatorTensors.FindConstants(Plain(op.Inputs[1]), rank) is not { } from
            || Enumerable.Range(0, rank).Any(d => from.Count(known => known == d) != 1) || input.Type != output.Type
            || !from.Select(d => input.Shape[(int)d]).SequenceEqual(output.Shape) || input.Type.ElementBytes() == 0)
            return null;
        return terms.Moved(term, [.. input.Shape], [.. from.Select(d => (int)d)], input.Type.ElementBytes());
    }

    private int? Sliced(TfliteOperator op, int term, TfliteTensor input, TfliteTensor output)
    {
        int rank = input.Shape.Count, bytes = input.Type.ElementBytes();
        if (op.Inputs.Count != 3 || OperatorTensors.FindConstants(Plain(op.Inputs[1]), rank) is not { } begin || input.Type != output.Type
            || OperatorTensors.FindConstants(Plain(op.Inputs[2]), rank) is not { } size || terms.FindBytes(term) is not { Count: <= DataTerms.MostBytes } data
            || output.Shape.Count != rank || data.Count != input.Bytes)
            return null;
        for (int d = 0; d < rank; d++)
        {
            long extent = size[d] == -1 ? input.Shape[d] - begin[d] : size[d];
            if (begin[d] < 0 || extent != output.Shape[d] || begin[d] + extent > input.Shape[d])
                return null;
        }
        return terms.Part(data, [.. input.Shape], [.. begin.Select(place => (int)place)], [.. output.Shape], [.. Enumerable.Range(0, rank)], bytes);
    }

    private int? Padded(TfliteOperator op, int term, TfliteTensor input, TfliteTensor output)
    {
        bool isZero = input.Type == TensorType.Float32 || (input.Type == TensorType.Int8 && input is { Scales.Count: 1, ZeroPointCount: <= 1 });
        return isZero && op.Inputs.Count == 2 && input.Shape.Count == Rank && Plain(op.Inputs[1]) is not null
            && TermIdentity.Type(input) == TermIdentity.Type(output) && PadShape.Of(subgraph, op) is { PadsBatch: false, PadsChannels: false } pad
            ? terms.Padded(term, [.. input.Shape], (int)pad.Before[Height], (int)pad.Before[Width], [.. output.Shape], TermIdentity.Type(input)) : null;
    }

    /// <summary>A convolution reads zero wherever its window is outside of the image, so that padding of its own and zeros around the image are one.</summary>
    private int? Convolution(TfliteOperator op, int[] inputs, TfliteTensor input)
    {
        bool isPlain = input.Type == TensorType.Int8 || (input.Type == TensorType.Float32 && HasFiniteWeights(op));
        if (!isPlain || op.Inputs.Count < 2 || WindowShape.Of(subgraph, op) is not { } window || subgraph.Tensors[op.Inputs[1]].Type != input.Type)
            return null;
        (int source, int[] shape, int top, int left) = terms.Unpadded(inputs[0], [.. input.Shape]);
        int activation = op.Options.Byte(op.Kind == "CONV_2D" ? 3 : 4), accumulator = op.Kind == "CONV_2D" ? op.Options.Byte(6) : 0;
        string place = string.Join(" ", window.PadTop + top, window.PadLeft + left, window.StrideHeight, window.StrideWidth, window.DilationHeight,
            window.DilationWidth);
        string head = $"{op.Kind} {op.Version} {place} {activation} {accumulator} on {TermIdentity.Type(input)} {string.Join("x", shape)}"
            + $" | {Face(op.Inputs.Skip(1))} | {Face(op.Outputs)}";
        return terms.Of(head, [source, .. inputs.Skip(1)]);
    }

    private bool HasFiniteWeights(TfliteOperator op)
    {
        ArraySegment<byte> data = op.Inputs.Count > 1 && Plain(op.Inputs[1]) is { } weights ? weights.ConstantBytes : new([]);
        return data.Count > 0 && Enumerable.Range(0, data.Count / 4)
            .All(i => BitConverter.ToSingle(data.Array!, data.Offset + (4 * i)) is var weight && !float.IsNaN(weight) && !float.IsInfinity(weight));
    }

    /// <summary>Whole numbers for which what a DEQUANTIZE makes can be taken back without an error.</summary>
    private static bool IsOfWholeNumbers(TfliteTensor tensor) => tensor.Type is TensorType.Int8 or TensorType.Int16
        && tensor is { Scales.Count: 1, ZeroPointCount: <= 1 } && tensor.Scales[0] > 1e-30f && tensor.Scales[0] < 1e30f;

    /// <summary>An operator without what it reads: kind, options, and types and shapes of everything.</summary>
    private string Head(TfliteOperator op) => $"{op.Kind} {op.Version} {Options(op)} | {Face(op.Inputs)} | {Face(op.Outputs)}";

    private string Face(IEnumerable<int> tensors) => string.Join("; ", tensors.Select(t => t < 0 ? "-" : Face(t)));

    private string Face(int t)
    {
        TfliteTensor tensor = subgraph.Tensors[t];
        // Of several zero points only the first is known, so that they are told by where they stand.
        string zeroPoints = tensor.ZeroPointCount > 1 ? $" @{FromEnd(TableOf(t).Table(4)?.Position ?? 0)}" : "";
        string sparse = tensor.IsSparse ? $" sparse @{FromEnd(TableOf(t).Position)}" : "";
        return $"{TermIdentity.Type(tensor)} {string.Join("x", tensor.Shape)}{zeroPoints}{sparse}";
    }

    /// <summary>The options: their numbers where the table has nothing else, else where they stand in the original.</summary>
    private string Options(TfliteOperator op)
    {
        // Concatenated embeddings, new shapes, squeezed dimensions, names of variables and limits of buckets lie outside of their tables.
        bool hasReferences = op.Options.UnionType is 0 or 3 or 17 or 30 or 111 or 115 or > 126;
        if (op.Options.TablePosition is not { } position)
            return $"custom {Convert.ToBase64String(op.Options.CustomOptions)}";
        if (hasReferences)
            return $"{op.Options.UnionType} @{FromEnd(position)}";
        byte[] file = model.Bytes;
        int fields = position - BitConverter.ToInt32(file, position);
        var text = new List<string>();
        ushort ofFields = BitConverter.ToUInt16(file, fields), ofTable = BitConverter.ToUInt16(file, fields + 2);
        for (int entry = fields + 4; entry < fields + ofFields; entry += 2)
            text.Add(BitConverter.ToUInt16(file, entry).ToString(CultureInfo.InvariantCulture));
        return $"{op.Options.UnionType} {string.Join(",", text)}: {Convert.ToBase64String(file, position + 4, ofTable - 4)}";
    }

    private int Of(int t)
    {
        if (held.TryGetValue(t, out int term))
            return term;
        TfliteTensor tensor = subgraph.Tensors[t];
        bool isKnown = Plain(t) is not null && tensor.ConstantBytes is { Array: not null, Count: > 0 } data && data.Count >= tensor.Bytes;
        // What is no plain data is the same where its table is.
        return held[t] = isKnown ? terms.Constant(tensor.ConstantBytes) : terms.Of($"tensor @{FromEnd(TableOf(t).Position)}");
    }

    /// <summary>A constant that keeps its value; null for any other tensor.</summary>
    private TfliteTensor? Plain(int t) => t >= 0 && subgraph.Tensors[t] is { IsConstant: true, IsVariable: false, IsSparse: false } tensor
        && !model.WrittenBuffers.Contains(tensor.Buffer) ? tensor : null;

    private FlatTable TableOf(int t) => model.Root.Vector(2, 4)!.Value.TableAt(index).Vector(0, 4)!.Value.TableAt(t);

    /// <summary>The simplified file ends with the original: what is as far from the end is the same.</summary>
    private string FromEnd(int position) => model.Bytes.Length - position <= originalBytes ? $"{model.Bytes.Length - position}" : $"new {position}";

    private static string Text(string? name) => name is null ? "-" : $"{name.Length}:{name}";

    private static byte[] Bytes(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)];
}
