using TinyReorder.Diagnostics;

namespace TinyReorder.Arenas;

/// <summary>What the placer refuses.</summary>
internal static class PlacementErrors
{
    public static TinyReorderException BadAlignment(long alignmentBytes) =>
        Option($"An alignment of {alignmentBytes} B is not positive.");

    public static TinyReorderException BadItem(PlacementItem item, long alignmentBytes) => Option(
        $"Buffer {item.Id} has {item.Bytes} B, steps {item.First}..{item.Last}"
        + (item.FixedOffset is long at ? $" and offset {at}" : "")
        + $": a size is at least 1, the last step not before the first, an offset a multiple of {alignmentBytes} and not negative.");

    public static TinyReorderException FixedOverlap(PlacementItem a, PlacementItem b) => Option(
        $"Buffers {a.Id} and {b.Id} are live together and their fixed offsets {a.FixedOffset} and {b.FixedOffset} make them overlap.");

    public static TinyReorderException BadShare(PlacementShare share, int count) => Option(
        $"Buffers {share.Upper} and {share.Lower} of {count} cannot share at a distance of {share.DistanceBytes} B: a share names two buffers by their "
            + "places in the list, and a distance that is not negative.");

    public static TinyReorderException TooLarge() =>
        new(Diagnostic.Error(DiagnosticCodes.SizeOverflow, "The buffers together are larger than can be addressed."));

    private static TinyReorderException Option(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
