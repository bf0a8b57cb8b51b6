namespace TinyReorder.Scheduling;

/// <summary>A set of executed operators: all of the words before <paramref name="start"/>, the given words, and none behind them.</summary>
internal readonly struct StateKey(int start, ulong[] words) : IEquatable<StateKey>
{
    private readonly int start = start;
    private readonly ulong[] words = words;

    /// <summary>Bytes that it takes in memory, approximately.</summary>
    public int Bytes => 48 + (8 * words.Length);

    public bool Equals(StateKey other)
    {
        if (start != other.start || words.Length != other.words.Length)
            return false;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != other.words[i])
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    public override int GetHashCode()
    {
        ulong hash = (ulong)start * 0x9E3779B97F4A7C15UL;
        foreach (ulong word in words)
            hash = ((hash << 5 | hash >> 59) ^ word) * 0x9E3779B97F4A7C15UL;
        return unchecked((int)(hash >> 32));
    }
}
