namespace TinyReorder.Arenas;

/// <summary>The largest value in any range of an array, in constant time (a sparse table of powers of two).</summary>
internal sealed class SectionMaximum
{
    private readonly List<long[]> levels = [];

    public SectionMaximum(long[] values)
    {
        levels.Add(values);
        for (int width = 2; width <= values.Length; width *= 2)
        {
            long[] below = levels[levels.Count - 1];
            long[] level = new long[values.Length - width + 1];
            for (int i = 0; i < level.Length; i++)
                level[i] = Math.Max(below[i], below[i + width / 2]);
            levels.Add(level);
        }
    }

    /// <summary>The maximum from <paramref name="low"/> to <paramref name="high"/>, both inclusive.</summary>
    public long Over(int low, int high)
    {
        int level = 0;
        while (2 << level <= high - low + 1)
            level++;
        return Math.Max(levels[level][low], levels[level][high + 1 - (1 << level)]);
    }
}
