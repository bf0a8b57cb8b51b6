using System.Numerics;

namespace TinyReorder.Tests.Shared;

/// <summary>A set of tensors that can be a key.</summary>
internal readonly struct TensorSet : IEquatable<TensorSet>
{
    private readonly ulong[] words;

    private TensorSet(ulong[] words) => this.words = words;

    public static TensorSet Of(int size, IEnumerable<int> tensors)
    {
        ulong[] words = new ulong[(size + 63) / 64];
        foreach (int tensor in tensors)
            words[tensor / 64] |= 1ul << (tensor % 64);
        return new TensorSet(words);
    }

    public bool Contains(int tensor) => (words[tensor / 64] >> (tensor % 64) & 1) != 0;

    public TensorSet Union(TensorSet other) => new(words.Zip(other.words, (a, b) => a | b).ToArray());

    public TensorSet Without(TensorSet other) => new(words.Zip(other.words, (a, b) => a & ~b).ToArray());

    public bool Overlaps(TensorSet other) => words.Zip(other.words, (a, b) => a & b).Any(word => word != 0);

    public IEnumerable<int> Items()
    {
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong rest = words[i]; rest != 0; rest &= rest - 1)
                yield return (i * 64) + BitOperations.TrailingZeroCount(rest);
        }
    }

    public bool Equals(TensorSet other) => words.AsSpan().SequenceEqual(other.words);

    public override bool Equals(object? obj) => obj is TensorSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ulong word in words)
            hash.Add(word);
        return hash.ToHashCode();
    }
}
