using TinyReorder.Diagnostics;

namespace TinyReorder.Runtimes;

/// <summary>The words for overlap, which profiles and options share.</summary>
internal static class OverlapWords
{
    public static Choice<OverlapChoice> All { get; } = new([("none", OverlapChoice.None), ("in-place", OverlapChoice.InPlace),
        ("diagonal", OverlapChoice.Diagonal)]);
}
