using TinyReorder.Runtimes.Tflm;

namespace TinyReorder.Planning;

/// <summary>
/// Lifetimes that a plan of ours promises and the planner on the device does not know: inputs that are kept, tensors of subgraphs whose calls it does not see.
/// What it places itself it may lay over them.
/// </summary>
internal static class PromisedLifetimes
{
    /// <summary>Whether a buffer lies on bytes that are promised to another at the same time, and the device's lifetimes of the two do not tell.</summary>
    /// <param name="placed">The buffers where they lie, with the lifetimes that the device works with.</param>
    /// <param name="promised">The same buffers with the lifetimes that they have to stay whole for.</param>
    /// <param name="alsoByPlan">Whether offsets of the file may be at fault; without it only what the device places.</param>
    public static bool AreBroken(IReadOnlyList<TflmBuffer> placed, IReadOnlyList<TflmBuffer> promised, bool alsoByPlan = false)
    {
        for (int i = 0; i < placed.Count; i++)
        {
            if (placed[i].First == promised[i].First && placed[i].Last == promised[i].Last)
                continue;
            for (int other = 0; other < placed.Count; other++)
            {
                bool mayMeet = other != i && (alsoByPlan || placed[i].OfflineOffset is null || placed[other].OfflineOffset is null);
                if (mayMeet && Overlap(placed[i], placed[other]) && LiveTogether(promised[i], promised[other]))
                    return true;
            }
        }
        return false;
    }

    private static bool Overlap(TflmBuffer a, TflmBuffer b) =>
        a.Bytes > 0 && b.Bytes > 0 && a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes;

    private static bool LiveTogether(TflmBuffer a, TflmBuffer b) => a.Last >= 0 && b.Last >= 0 && a.First <= b.Last && b.First <= a.Last;
}
