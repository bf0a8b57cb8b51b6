using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>The diagnostics that a model can end in here.</summary>
internal static class TflmErrors
{
    public static TinyReorderException BadOfflinePlan(TfliteModel model, long count, long tensors) => Of(
        model,
        DiagnosticCodes.BadMetadata,
        $"the metadata entry {TfliteMetadata.OfflinePlanName} {(count < 0 ? "is cut short" : $"names {Quantity.Count(count)} tensors")}, but the model has "
            + $"{Quantity.Count(tensors)}: no device allocates it; remove the entry or export the model again");

    public static TinyReorderException SubgraphOutOfRange(TfliteModel model, int subgraph, TfliteOperator caller, int called) => Of(
        model,
        DiagnosticCodes.IndexOutOfRange,
        $"operator {caller.Index} ({caller.Kind}) of subgraph {subgraph} calls subgraph {called}, but the model has {model.Subgraphs.Count}; export the "
            + "model again",
        subgraph,
        caller.Index);

    public static TinyReorderException RecursiveCall(TfliteModel model, int subgraph, TfliteOperator caller, int called) => Of(
        model,
        DiagnosticCodes.NotTopological,
        $"operator {caller.Index} ({caller.Kind}) of subgraph {subgraph} calls subgraph {called}, which is running already: the interpreter would never "
            + "end; export the model again",
        subgraph,
        caller.Index);

    public static TinyReorderException TooManyCalls(TfliteModel model, long most) => Of(
        model,
        DiagnosticCodes.SizeOverflow,
        $"the calls of control-flow operators expand to more than {Quantity.Count(most)} operators, all of which the device walks to plan memory; export "
            + "the model with fewer calls");

    public static TinyReorderException Overflow(TfliteModel model, string what, int? subgraph = null, int? operatorIndex = null) => Of(
        model,
        DiagnosticCodes.SizeOverflow,
        $"{what} exceeds the 2 GB that a 32-bit interpreter can address; the file is damaged or the model is not one for a microcontroller",
        subgraph,
        operatorIndex);

    private static TinyReorderException Of(TfliteModel model, string code, string message, int? subgraph = null, int? operatorIndex = null) =>
        new(Diagnostic.Error(code, message) with { File = model.Name, Subgraph = subgraph, Operator = operatorIndex });
}
