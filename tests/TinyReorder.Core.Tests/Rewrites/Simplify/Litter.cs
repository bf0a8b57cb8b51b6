using TinyReorder.Operators;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>Strews into a network what converters leave: the same tensor by detours, the same operator twice, padding of its own, what nobody reads.</summary>
internal sealed class Litter(ModelBuilder b, ulong seed)
{
    private const int Rank = 4;

    private readonly Pcg32 random = new(seed);

    /// <summary>Changes the network so that it answers as before.</summary>
    public void Strew()
    {
        ModelOperator[] operators = [.. b.Operators];
        var order = new List<ModelOperator>();
        foreach (ModelOperator op in operators)
        {
            int before = b.Operators.Count;
            if (op.Inputs[0] is { Data: null } input && random.OneIn(2))
                op.Inputs = [Detour(op, input), .. op.Inputs.Skip(1)];
            order.AddRange(b.Operators.Skip(before));
            order.Add(op);
            before = b.Operators.Count;
            if (random.OneIn(4))
                b.Relu(b.Relu6(op.Output));
            order.AddRange(b.Operators.Skip(before));
        }
        if (random.OneIn(3))
            b.Tensor("nobody", [1, 3]);
        b.Reorder([.. order.Select(op => b.Operators.ToList().IndexOf(op))]);
    }

    private ModelTensor Detour(ModelOperator op, ModelTensor x) => random.Below(6) switch
    {
        0 => b.Reshape(b.Reshape(x, x.Elements), x.Shape),
        1 when x.Shape.Length == Rank => b.Transpose(b.Transpose(x, 0, 2, 3, 1), 0, 3, 1, 2),
        2 when x.Type == TensorType.Int8 => b.Quantize(random.OneIn(2) ? x : b.Dequantize(x), quantization: x.Quantization),
        3 when op.Kind is "CONV_2D" or "DEPTHWISE_CONV_2D" => Padded(op, x),
        4 => Twice(x),
        _ => b.Reshape(x, x.Shape),
    };

    /// <summary>The operator that makes a tensor once more.</summary>
    private ModelTensor Twice(ModelTensor x)
    {
        if (b.Operators.FirstOrDefault(op => op.Outputs.Count == 1 && op.Outputs[0] == x) is not { } maker)
            return x;
        ModelTensor again = b.Tensor($"{x.Name} again {b.Tensors.Count}", x.Shape, x.Type, x.Quantization);
        b.Operator(maker.Kind, maker.Inputs, [again], maker.Options, maker.Version);
        return again;
    }

    /// <summary>The padding of a convolution as an operator of its own, as much as it takes or some rows more.</summary>
    private ModelTensor Padded(ModelOperator op, ModelTensor x)
    {
        var model = TfliteModel.Load(b.Build(), "network");
        TfliteSubgraph main = model.Subgraphs[0];
        if (WindowShape.Of(main, main.Operators[b.Operators.ToList().IndexOf(op)]) is not { } window || (window.PadTop, window.PadLeft) == (0, 0))
            return x;
        int below = Behind(window.OutputHeight, window.StrideHeight, window.FilterHeight, window.DilationHeight, window.PadTop, window.InputHeight);
        int right = Behind(window.OutputWidth, window.StrideWidth, window.FilterWidth, window.DilationWidth, window.PadLeft, window.InputWidth);
        op.Options = op.Options! with { Table = Valid(op.Kind, main.Operators[b.Operators.ToList().IndexOf(op)].Options) };
        return b.Pad(x, (0, 0), ((int)window.PadTop, below), ((int)window.PadLeft, right), (0, 0));
    }

    private static int Behind(long outputs, long stride, long filter, long dilation, long before, long inputs) =>
        (int)Math.Max(0, ((outputs - 1) * stride) + ((filter - 1) * dilation) + 1 - before - inputs);

    private static FlatTableNode Valid(string kind, OperatorOptions old)
    {
        FlatTableNode table = new FlatTableNode().Byte(0, 1).Int32(1, old.Int32(1)).Int32(2, old.Int32(2));
        return kind == "CONV_2D"
            ? table.Byte(3, old.Byte(3)).Int32(4, old.Int32(4, 1), absent: 1).Int32(5, old.Int32(5, 1), absent: 1)
            : table.Int32(3, old.Int32(3)).Byte(4, old.Byte(4)).Int32(5, old.Int32(5, 1), absent: 1).Int32(6, old.Int32(6, 1), absent: 1);
    }
}
