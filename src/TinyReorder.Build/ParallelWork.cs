namespace TinyReorder.Build;

/// <summary>
/// Does independent work on several threads and finishes each piece on the calling thread, in order. Pieces start in order as well, and only as far ahead
/// of the one that is to be finished next as memory allows, so that what waits is bounded.
/// </summary>
internal static class ParallelWork
{
    /// <summary>What the inputs of all pieces under way may have together; a piece that exceeds it by itself runs alone.</summary>
    public const long MostBytes = 64L << 20;

    /// <param name="sizes">The bytes of each piece's input.</param>
    /// <param name="threads">How many pieces run at once, at least 1.</param>
    /// <param name="work">Does a piece. Must not throw.</param>
    /// <param name="finish">Finishes a piece; what it throws is thrown after the pieces under way have ended.</param>
    public static void Run(IReadOnlyList<long> sizes, int threads, Action<int> work, Action<int> finish)
    {
        // A piece that waits for its turn to be finished holds no thread: twice as many may be under way as run.
        int mostAhead = threads == 1 ? 1 : 2 * threads;
        using var slots = new SemaphoreSlim(threads);
        var underWay = new Queue<Task>();
        int started = 0;
        long bytes = 0;
        try
        {
            for (int i = 0; i < sizes.Count; i++)
            {
                while (started < sizes.Count && (underWay.Count == 0 || (underWay.Count < mostAhead && bytes + sizes[started] <= MostBytes)))
                {
                    int piece = started++;
                    bytes += sizes[piece];
                    underWay.Enqueue(Task.Run(() => InSlot(slots, () => work(piece))));
                }
                underWay.Peek().GetAwaiter().GetResult();
                finish(i);
                underWay.Dequeue();
                bytes -= sizes[i];
            }
        }
        finally
        {
            Task.WaitAll([.. underWay]);
        }
    }

    private static async Task InSlot(SemaphoreSlim slots, Action work)
    {
        await slots.WaitAsync().ConfigureAwait(false);
        try
        {
            work();
        }
        finally
        {
            slots.Release();
        }
    }
}
