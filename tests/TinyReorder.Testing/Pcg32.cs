namespace TinyReorder.Tests.Shared;

/// <summary>
/// The pseudo-random generator PCG-XSH-RR 64/32 (O'Neill 2014): the same numbers on every platform and runtime, which System.Random does not promise.
/// </summary>
public sealed class Pcg32
{
    private const ulong Multiplier = 6364136223846793005, Increment = 1442695040888963407;

    private ulong state;

    public Pcg32(ulong seed)
    {
        state = Increment + seed;
        Next();
    }

    /// <summary>Any 32-bit number.</summary>
    public uint Next()
    {
        ulong old = state;
        state = unchecked((old * Multiplier) + Increment);
        uint shifted = (uint)(((old >> 18) ^ old) >> 27);
        int rotation = (int)(old >> 59);
        return (shifted >> rotation) | (shifted << (-rotation & 31));
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1; the tiny bias of the plain multiplication does not matter to tests.</summary>
    public int Below(int bound) => (int)(((ulong)Next() * (ulong)bound) >> 32);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of <paramref name="items"/>.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Puts <paramref name="items"/> in a random order.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
