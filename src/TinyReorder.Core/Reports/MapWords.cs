using TinyReorder.Optimization;
using TinyReorder.Runtimes;

namespace TinyReorder.Reports;

/// <summary>The words of the options, for JSON that Core writes.</summary>
internal static class MapWords
{
    public static string Of(OrderChoice order) => order == OrderChoice.Best ? "best" : "file";

    public static string Of(PlanChoice plan) => plan == PlanChoice.Offline ? "offline" : "device";

    public static string Of(OverlapChoice overlap) => overlap switch
    {
        OverlapChoice.InPlace => "in-place",
        OverlapChoice.Diagonal => "diagonal",
        _ => "none",
    };
}
