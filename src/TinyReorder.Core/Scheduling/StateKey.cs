namespace TinyReorder.Scheduling;

/// <summary>A set of executed operators: all of the words before <paramref name="start"/>, the given words, and none behind them.</summary>
internal readonly struct StateKey(int start, ulong[] words) : IEquatable<StateKey>
{
    /// <summary>The number of full words before <see cref="Words"/>.</summary>
    public int Start { get; } = start;

    /// <summary>The words between the full ones and the empty ones.</summary>
    public ulong[] Words { get; } = words;

    /// <summary>Bytes that it takes in memory, approximately.</summary>
    public int Bytes => 48 + (8 * Words.Length);

    public bool Equals(StateKey other)
    {
        if (Start != other.Start || Words.Length != other.Words.Length)
            return false;
        for (int i = 0; i < Words.Length; i++)
        {
            if (Words[i] != other.Words[i])
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    public override int GetHashCode()
    {
        ulong hash = (ulong)Start * 0x9E3779B97F4A7C15UL;
        foreach (ulong word in Words)
            hash = ((hash << 5 | hash >> 59) ^ word) * 0x9E3779B97F4A7C15UL;
        return unchecked((int)(hash >> 32));
    }
}
