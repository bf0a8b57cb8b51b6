namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>
/// Values without numbers: what an operator computes is known by the operator and by what it was computed from. Equal symbols stand for equal bytes.
/// </summary>
internal static class Symbol
{
    public const ulong Nothing = 0;

    /// <summary>What memory holds that nobody wrote.</summary>
    public const ulong Garbage = 0xDEAD;

    /// <summary>A symbol of its own for each list of parts (the finalizer of splitmix64 after each).</summary>
    public static ulong Of(params ReadOnlySpan<ulong> parts)
    {
        ulong hash = (ulong)parts.Length;
        foreach (ulong part in parts)
        {
            hash = (hash + part + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
            hash ^= hash >> 31;
        }
        return hash;
    }

    public static ulong Of(string text) => Of(text.Select(character => (ulong)character).ToArray());
}
