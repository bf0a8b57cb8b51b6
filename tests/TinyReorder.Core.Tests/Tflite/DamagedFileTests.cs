using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Tflite;

/// <summary>Files that were models before they were cut, flipped or overwritten.</summary>
public class DamagedFileTests
{
    private static readonly uint[] Extremes = [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF];

    [Fact]
    public void Cut_short_at_any_length_it_is_no_model()
    {
        byte[] whole = BuiltModels.Small().Build();
        Assert.Null(HostileFiles.Outcome(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            string expected = length < 8 ? DiagnosticCodes.NotAModel : DiagnosticCodes.CorruptFile;
            Assert.True(HostileFiles.Outcome(whole[..length]) == expected, $"cut to {length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void Cut_short_at_any_length_with_data_behind_the_flatbuffer_it_is_no_model()
    {
        byte[] whole = Everything(new ModelLayout { BuffersOutside = true });
        Assert.Null(HostileFiles.Outcome(whole));
        // The last data are large custom options, which the interpreter looks for and the loader does not.
        const int largeOptions = 4;
        for (int length = 0; length < whole.Length - largeOptions - 16; length++)
            Assert.True(HostileFiles.Outcome(whole[..length]) is not null, $"cut to {length} of {whole.Length} bytes");
    }

    [Fact]
    public void Every_word_set_to_every_extreme_ends_in_a_model_or_a_diagnostic()
    {
        byte[] whole = Everything(new ModelLayout());
        var outcomes = new Dictionary<string, int>();
        for (int at = 0; at + 4 <= whole.Length; at += 4)
        {
            foreach (uint extreme in Extremes)
            {
                byte[] damaged = (byte[])whole.Clone();
                BitConverter.TryWriteBytes(damaged.AsSpan(at), extreme);
                Count(outcomes, HostileFiles.Outcome(damaged));
            }
        }
        AssertVaried(outcomes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_damage_ends_in_a_model_or_a_diagnostic(int kindOfModel)
    {
        byte[] whole = kindOfModel == 1 ? BuiltModels.Small().Build() : Everything(BuiltModels.Layouts[^1]);
        var outcomes = new Dictionary<string, int>();
        for (ulong seed = 0; seed < 3000; seed++)
            Count(outcomes, HostileFiles.Outcome(Damage(whole, new Pcg32(seed))));
        AssertVaried(outcomes);
    }

    [Fact]
    public void Random_bytes_behind_the_identifier_end_in_a_diagnostic()
    {
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var random = new Pcg32(seed);
            byte[] noise = new byte[random.Between(8, 400)];
            for (int i = 8; i < noise.Length; i++)
                noise[i] = random.OneIn(3) ? (byte)random.Next() : (byte)random.Below(16);
            noise[0] = (byte)random.Between(4, noise.Length - 4);
            "TFL3"u8.CopyTo(noise.AsSpan(4));
            Assert.NotNull(HostileFiles.Outcome(noise));
        }
    }

    private static byte[] Everything(ModelLayout layout)
    {
        ModelBuilder b = BuiltModels.Everything();
        b.Layout = layout;
        return b.Build();
    }

    private static byte[] Damage(byte[] whole, Pcg32 random)
    {
        var bytes = new List<byte>(whole);
        for (int i = random.Between(0, 4); i >= 0; i--)
        {
            int at = random.Below(bytes.Count - 16);
            switch (random.Below(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Below(8)); break;
                case 1: bytes[at] = (byte)random.Next(); break;
                case 2: Overwrite(bytes, at & ~3, BitConverter.GetBytes(random.Pick(Extremes))); break;
                case 3: Overwrite(bytes, at & ~3, BitConverter.GetBytes(random.Below(2 * bytes.Count))); break;
                case 4: Overwrite(bytes, at, bytes.GetRange(random.Below(bytes.Count - 16), random.Between(1, 16))); break;
                default: bytes.RemoveRange(at, random.Between(1, 8)); break;
            }
        }
        return [.. bytes];
    }

    private static void Overwrite(List<byte> bytes, int at, IReadOnlyList<byte> with)
    {
        for (int i = 0; i < with.Count; i++)
            bytes[at + i] = with[i];
    }

    private static void Count(Dictionary<string, int> outcomes, string? code) => outcomes[code ?? "model"] = outcomes.GetValueOrDefault(code ?? "model") + 1;

    /// <summary>The damage was neither harmless nor always met by the first check.</summary>
    private static void AssertVaried(Dictionary<string, int> outcomes)
    {
        string all = string.Join(", ", outcomes.Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.True(outcomes.GetValueOrDefault("model") > 50 && outcomes.GetValueOrDefault(DiagnosticCodes.CorruptFile) > 50 && outcomes.Count > 3, all);
    }
}
