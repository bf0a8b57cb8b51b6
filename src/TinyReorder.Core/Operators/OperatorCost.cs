using TinyReorder.Tflite;

namespace TinyReorder.Operators;

/// <summary>
/// What an operator computes and reads, from the shapes alone: how often the innermost loop of TensorFlow Lite's reference kernels runs
/// (kernels/internal/reference/conv.h, depthwiseconv_float.h, fully_connected.h, transpose_conv.h, batch_matmul.h, svdf.h, lstm_cell.h), padding counted as
/// if it were data.
/// </summary>
internal static class OperatorCost
{
    private const int FirstGateWeight = 1, LastGateWeight = 8, ProjectionWeight = 16;

    /// <summary>Multiplications with addition; null for kinds that they are not counted for, and where shapes do not tell.</summary>
    public static long? Macs(TfliteSubgraph subgraph, TfliteOperator op)
    {
        IReadOnlyList<int>? input = Shape(subgraph, op.Inputs, 0), weights = Shape(subgraph, op.Inputs, 1), output = Shape(subgraph, op.Outputs, 0);
        if (input is null || weights is null || output is null)
            return null;
        return op.Kind switch
        {
            // filter [out, height, width, in]
            "CONV_2D" when weights.Count == 4 => Product([.. output, .. weights.Skip(1)]),
            // filter [1, height, width, out]
            "DEPTHWISE_CONV_2D" when weights.Count == 4 => Product([.. output, weights[1], weights[2]]),
            // filter [units, depth]
            "FULLY_CONNECTED" when weights.Count == 2 => Product([.. output, weights[1]]),
            // output shape, filter [out, height, width, in], input
            "TRANSPOSE_CONV" when weights.Count == 4 && Shape(subgraph, op.Inputs, 2) is { } read => Product([.. read, weights[0], weights[1], weights[2]]),
            // filter [depth, height, width, in, out]
            "CONV_3D" when weights.Count == 5 => Product([.. output, .. weights.Take(4)]),
            // the columns of the left matrix; slot 0 says that it is read transposed
            "BATCH_MATMUL" when input.Count >= 2 => Product([.. output, op.Options.Bool(0) ? input[input.Count - 2] : input[input.Count - 1]]),
            // weights_feature [filters, in], weights_time [filters, memory]
            "SVDF" when input.Count == 2 && weights.Count == 2 && Shape(subgraph, op.Inputs, 2) is { Count: 2 } memory =>
                Product([input[0], weights[0], weights[1] + memory[1]]),
            "UNIDIRECTIONAL_SEQUENCE_LSTM" when input.Count == 3 => Product([input[0], input[1], WeightCount(subgraph, op)]),
            _ => null,
        };
    }

    /// <summary>Bytes that the file holds for the constants among the inputs, each buffer once.</summary>
    public static long ParameterBytes(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op) => op.Inputs
        .Where(t => t >= 0 && subgraph.Tensors[t].IsConstant)
        .Select(t => subgraph.Tensors[t].Buffer)
        .Distinct()
        .Sum(buffer => (long)model.BufferBytes(buffer).Count);

    /// <summary>Weights of the gates on input and on recurrence, and of the projection: each is used once for each batch and time step.</summary>
    private static long WeightCount(TfliteSubgraph subgraph, TfliteOperator op) => op.Inputs
        .Where((t, slot) => t >= 0 && slot is (>= FirstGateWeight and <= LastGateWeight) or ProjectionWeight)
        .Sum(t => subgraph.Tensors[t].ElementCount);

    private static IReadOnlyList<int>? Shape(TfliteSubgraph subgraph, IReadOnlyList<int> tensors, int slot) =>
        slot < tensors.Count && tensors[slot] >= 0 ? subgraph.Tensors[tensors[slot]].Shape : null;

    private static long? Product(IEnumerable<int> factors) => Product(factors.Select(factor => (long)factor));

    private static long? Product(IEnumerable<long> factors)
    {
        long product = 1;
        foreach (long factor in factors)
        {
            if (factor < 0 || (factor > 0 && product > long.MaxValue / factor))
                return null;
            product *= factor;
        }
        return product;
    }
}
