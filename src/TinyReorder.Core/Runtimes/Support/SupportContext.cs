using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>An operator as the checks see it.</summary>
internal sealed class SupportContext(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op)
{
    private const int MostConstants = 1 << 16;

    public TfliteModel Model => model;

    public TfliteSubgraph Subgraph => subgraph;

    public TfliteOperator Operator => op;

    public OperatorOptions Options => op.Options;

    public TfliteTensor? Input(int position) => OperatorTensors.Find(subgraph, op.Inputs, position);

    public TfliteTensor? Output(int position) => OperatorTensors.Find(subgraph, op.Outputs, position);

    /// <summary>All inputs that are not omitted.</summary>
    public IEnumerable<TfliteTensor> Inputs => op.Inputs.Where(tensor => tensor >= 0).Select(tensor => subgraph.Tensors[tensor]);

    /// <summary>All outputs that are not omitted.</summary>
    public IEnumerable<TfliteTensor> Outputs => op.Outputs.Where(tensor => tensor >= 0).Select(tensor => subgraph.Tensors[tensor]);

    /// <summary>The whole numbers of a constant input; null where it is not constant or not whole.</summary>
    public long[]? Integers(int position) =>
        Input(position) is { IsConstant: true, ElementCount: <= MostConstants } tensor
            ? OperatorTensors.FindConstants(tensor, (int)tensor.ElementCount) : null;

    /// <summary>The zero point that TFLM sees: 0 without a scale.</summary>
    public static long ZeroPoint(TfliteTensor tensor) => IsQuantized(tensor) ? tensor.ZeroPoint : 0;

    /// <summary>The scale that TFLM sees: 0 without a zero point.</summary>
    public static float Scale(TfliteTensor tensor) => IsQuantized(tensor) ? tensor.Scales[0] : 0;

    /// <summary>Whether TFLM takes the tensor as quantized: it needs scales and zero points (micro/micro_allocator.cc).</summary>
    public static bool IsQuantized(TfliteTensor tensor) => tensor.Scales.Count > 0 && tensor.ZeroPointCount > 0;

    /// <summary>An axis counted from the front; null where the tensor has no such dimension.</summary>
    public static int? Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : null;
    }
}
