using TinyReorder.CodeGeneration;

namespace TinyReorder.Measuring;

/// <summary>What a self test's log says of one of its two models. Sizes are bytes.</summary>
internal sealed class SelfTestModelLog
{
    private const long AlignmentBytes = 16;

    /// <summary>The SHA-256 of the model's bytes.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>The model's size.</summary>
    public long ModelBytes { get; internal set; }

    /// <summary>What was computed for it, an entry for each ABI.</summary>
    public IReadOnlyList<SelfTestPrediction> Predictions => PredictionList;

    /// <summary>What <c>arena_used_bytes()</c> answered; null where it was not reached.</summary>
    public long? UsedBytes { get; internal set; }

    /// <summary>The smallest arena: what the search came to, or what worked where the library crashed in 16 B less; null where neither is known.</summary>
    public long? SmallestArenaBytes =>
        FoundArenaBytes ?? (TryingBytes is { } trying && trying + AlignmentBytes == WorkingArenaBytes ? WorkingArenaBytes : null);

    /// <summary>The smallest arena in which it was seen to work, also where the search did not end.</summary>
    public long? WorkingArenaBytes { get; internal set; }

    /// <summary>The size that was being tried when the log ended; null where it did not end there.</summary>
    public long? TryingBytes { get; internal set; }

    /// <summary>What failed: <c>allocate</c> or <c>invoke</c>; null for nothing.</summary>
    public string? FailedStage { get; internal set; }

    /// <summary>The shortest run in microseconds.</summary>
    public long? LeastMicroseconds { get; internal set; }

    /// <summary>The longest run in microseconds.</summary>
    public long? MostMicroseconds { get; internal set; }

    /// <summary>What the search came to; null where it did not end.</summary>
    internal long? FoundArenaBytes { get; set; }

    internal List<SelfTestPrediction> PredictionList { get; } = [];
}
