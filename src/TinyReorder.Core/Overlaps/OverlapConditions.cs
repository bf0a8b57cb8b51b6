using TinyReorder.Operators;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Overlaps;

/// <summary>Whether an operator is one of which a profile's condition speaks.</summary>
internal static class OverlapConditions
{
    /// <summary>The way that the kernel takes.</summary>
    public static OverlapWay WayOf(OverlapRule rule, TfliteSubgraph subgraph, TfliteOperator operation) =>
        rule.Ways.First(way => way.Condition is null || Holds(way.Condition, subgraph, operation));

    private static bool Holds(OverlapCondition condition, TfliteSubgraph subgraph, TfliteOperator operation) => condition.Name switch
    {
        "type float32" => TypeOf(subgraph, operation, 0) == TensorType.Float32,
        "type int8" => TypeOf(subgraph, operation, 0) == TensorType.Int8,
        "type int16" => TypeOf(subgraph, operation, 0) == TensorType.Int16,
        "filter int4" => TypeOf(subgraph, operation, 1) == TensorType.Int4,
        "padded batch" => PadShape.Of(subgraph, operation) is { PadsBatch: true },
        "padded channels" => PadShape.Of(subgraph, operation) is { PadsChannels: true },
        _ => WindowShape.Of(subgraph, operation) is { } window && Holds(condition, window, TypeOf(subgraph, operation, 0) == TensorType.Int8),
    };

    private static bool Holds(OverlapCondition condition, WindowShape window, bool isInt8)
    {
        bool isGrouped = window.MixesChannels && window.FilterChannels != window.InputChannels;
        return condition.Name switch
        {
            "1x1 int8" => isInt8 && window.IsPointwise && !isGrouped,
            "1x1 stride 1 int8" => isInt8 && window is { IsPointwise: true, StrideHeight: 1, StrideWidth: 1 } && !isGrouped,
            "one row int8" => isInt8 && window is { InputHeight: 1, FilterHeight: 1, DilationWidth: 1 },
            "grouped" => isGrouped,
            "channels above N" => window.InputChannels > condition.Value,
            "one input channel" => window.InputChannels == 1,
            _ => throw new InvalidOperationException($"no condition '{condition.Name}'"),
        };
    }

    private static TensorType? TypeOf(TfliteSubgraph subgraph, TfliteOperator operation, int input) =>
        OperatorTensors.Find(subgraph, operation.Inputs, input)?.Type;
}
