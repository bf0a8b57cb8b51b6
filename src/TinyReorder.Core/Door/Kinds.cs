using TinyReorder.CodeGeneration;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder;

/// <summary>
/// From the door's enumerations to the words of a request, and from the choices of a result to the door's. A test holds both to the same names.
/// </summary>
internal static class Kinds
{
    public static string WordOf(OrderKind order) => ChoiceWords.Of((OrderChoice)order);

    public static string WordOf(PlanKind plan) => ChoiceWords.Of((PlanChoice)plan);

    public static string WordOf(OverlapKind overlap) => ChoiceWords.Of((OverlapChoice)overlap);

    public static string WordOf(RewriteKind rewrite) => ChoiceWords.Of((RewriteChoice)rewrite);

    public static string WordOf(AbiKind abi) => AbiWords.Of((TargetAbi)abi);

    public static string WordOf(ResourceVariableKind variables) => ChoiceWords.Of((ResourceVariableChoice)variables);

    public static string WordOf(SourceKind source) => CodeOptions.Formats.Of((SourceFormat)source);

    public static OrderKind Of(OrderChoice order) => (OrderKind)order;

    public static PlanKind Of(PlanChoice plan) => (PlanKind)plan;

    public static OverlapKind Of(OverlapChoice overlap) => (OverlapKind)overlap;

    public static AbiKind Of(TargetAbi abi) => (AbiKind)abi;
}
