namespace TinyReorder.Tests.Shared;

/// <summary>Random weights from a fixed seed, or one placeholder byte where only shapes matter.</summary>
public sealed class WeightSource(ulong seed)
{
    private static readonly byte[] Placeholder = new byte[16];

    private readonly Pcg32 random = new(seed);

    /// <summary>
    /// Every weight becomes the same 16 zero bytes, whatever its shape: it still is a constant that takes no arena, the file stays small, and no interpreter
    /// can run it.
    /// </summary>
    public bool OnlyPlaceholders { get; set; }

    /// <summary>Weights from -127 to 127.</summary>
    public byte[] Int8(int count) => Fill(count, () => [(byte)(sbyte)random.Between(-127, 127)]);

    /// <summary>Biases from -<paramref name="most"/> to <paramref name="most"/>.</summary>
    public byte[] Int32(int count, int most) => Fill(count, () => ModelData.Int32(random.Between(-most, most)));

    /// <summary>The same, eight bytes wide.</summary>
    public byte[] Int64(int count, int most) => Fill(count, () => ModelData.Int64(random.Between(-most, most)));

    /// <summary>Weights from -<paramref name="most"/> to <paramref name="most"/>.</summary>
    public byte[] Single(int count, float most) => Fill(count, () => ModelData.Single(random.Between(-1024, 1024) / 1024f * most));

    private byte[] Fill(int count, Func<byte[]> next)
    {
        if (OnlyPlaceholders)
            return Placeholder;
        var bytes = new List<byte>(count);
        for (int i = 0; i < count; i++)
            bytes.AddRange(next());
        return [.. bytes];
    }
}
