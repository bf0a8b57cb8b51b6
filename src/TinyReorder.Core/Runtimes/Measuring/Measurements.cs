using System.Globalization;
using System.Security.Cryptography;
using TinyReorder.Json;

namespace TinyReorder.Runtimes.Measuring;

/// <summary>What a profile says of runs on a device: the arenas of models that ran there, and what its figures leave unexplained.</summary>
internal sealed class Measurements
{
    private const long MostBytes = 1 << 30;
    private const long AlignmentBytes = 16;
    private const int Sha256Digits = 64;

    private readonly Dictionary<string, MeasuredArena> arenas;

    private Measurements(IEnumerable<MeasuredArena> arenas, long? unexplainedBytes)
    {
        this.arenas = arenas.ToDictionary(arena => arena.ModelSha256, StringComparer.Ordinal);
        UnexplainedBytes = unexplainedBytes;
    }

    /// <summary>Those of a profile that was read from sources.</summary>
    public static Measurements None { get; } = new([], null);

    /// <summary>
    /// What a device needed beyond the profile's figures; every arena that was not measured has it on top, and is an upper bound. Null where the figures
    /// explain all that was measured, 0 where the device needed less.
    /// </summary>
    public long? UnexplainedBytes { get; }

    /// <summary>What was measured, in ordinal order.</summary>
    public IReadOnlyList<MeasuredArena> Arenas => [.. arenas.Values.OrderBy(arena => arena.ModelSha256, StringComparer.Ordinal)];

    /// <summary>What was measured of just these bytes, or null.</summary>
    public MeasuredArena? Find(byte[] model) => arenas.Count > 0 && arenas.TryGetValue(Sha256(model), out MeasuredArena? found) ? found : null;

    /// <summary>The SHA-256 of <paramref name="bytes"/> in lower-case hexadecimal digits.</summary>
    internal static string Sha256(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether <paramref name="text"/> is a SHA-256 in lower-case hexadecimal digits.</summary>
    internal static bool IsSha256(string text) => text.Length == Sha256Digits && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>Reads the members <c>measured</c> and <c>unexplainedBytes</c> of a profile file.</summary>
    internal static Measurements Read(JsonValue root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        MeasuredArena[] arenas = root.FindArray("measured").Select(entry => ReadArena(entry.AsObject(), seen)).ToArray();
        return new Measurements(arenas, root.FindInt64("unexplainedBytes", 0, MostBytes));
    }

    private static MeasuredArena ReadArena(JsonValue entry, HashSet<string> seen)
    {
        string model = entry.GetString("model");
        if (!IsSha256(model))
            throw entry.Get("model").Error("must be a SHA-256: 64 lower-case hexadecimal digits");
        if (!seen.Add(model))
            throw entry.Get("model").Error("is there twice");
        long arena = entry.GetInt64("arenaBytes", AlignmentBytes, MostBytes), used = entry.GetInt64("usedBytes", 0, MostBytes);
        if (arena % AlignmentBytes != 0)
            throw entry.Get("arenaBytes").Error($"must be a multiple of {AlignmentBytes}");
        return used <= arena ? new MeasuredArena(model, arena, used) : throw entry.Get("usedBytes").Error("is more than the arena");
    }
}
