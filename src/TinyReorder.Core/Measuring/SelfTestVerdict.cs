using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Measuring;

/// <summary>What a self test's log proves. Sizes are bytes.</summary>
internal sealed record SelfTestVerdict
{
    private const long LeastGainDivisor = 4;

    /// <summary>The log.</summary>
    public required SelfTestLog Log { get; init; }

    /// <summary>Whether both models answered alike in every run and every byte; null where they were not compared to the end.</summary>
    public required bool? AnswersAreEqual { get; init; }

    /// <summary>What was computed for the generated model with the ABI of the device; null where the log does not say.</summary>
    public required SelfTestPrediction? Prediction { get; init; }

    /// <summary>What the device needs beyond that, less than 0 where it needs less; null where the search did not end.</summary>
    public required long? ArenaDifferenceBytes { get; init; }

    /// <summary>The arena at which the device crashed, as far as the log tells; null where it did not.</summary>
    public required long? CrashedAtBytes { get; init; }

    /// <summary>
    /// Whether the library uses the offline plan that the generated model carries, by what the device needs: the arena with it or the one without. Null where
    /// nothing was measured, or where these two are near each other.
    /// </summary>
    public required bool? UsesPlan { get; init; }

    /// <summary>What is wrong or worth knowing, worst first.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Whether the answers are equal and the computed arena is enough.</summary>
    public bool IsGood => Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);

    /// <summary>Judges a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="name">What diagnostics call it.</param>
    public static SelfTestVerdict Of(SelfTestLog log, string name)
    {
        SelfTestModelLog generated = log.Generated;
        SelfTestPrediction? prediction = PredictionOf(log, generated);
        long? difference = generated.SmallestArenaBytes - prediction?.ArenaBytes;
        bool? usesPlan = UsesThePlan(log, prediction);
        bool wholeComparison = log.Compared == log.Invocations && log.Compared > 0;
        bool? equal = log.Equal < log.Compared ? false : wholeComparison ? true : null;
        long? crashedAt = log.HasEnded ? null : generated.TryingBytes ?? log.Original.TryingBytes;
        var diagnostics = new List<Diagnostic>();
        if (equal == false)
            diagnostics.Add(Failed($"the generated model answers otherwise than the original in {Quantity.Count(log.Compared - log.Equal)} of "
                + $"{Quantity.Count(log.Compared)} runs{(log.FirstDifference is { } first ? $" ({first})" : "")}; do not use it, and report it with the "
                + "model and this log"));
        else if (equal is null)
            diagnostics.Add(Failed(NotCompared(log, prediction)));
        if (!log.HasEnded)
            diagnostics.Add(NotEnded(log, crashedAt));
        else if (equal == true && generated.SmallestArenaBytes is null)
            diagnostics.Add(Failed("the log does not say the smallest arena; save all that the board prints, from its reset on"));
        if (prediction is null)
            diagnostics.Add(Failed("the log does not say which arena was computed; save all that the board prints, from its reset on"));
        if (difference is { } off && off != 0)
            diagnostics.Add(usesPlan == false && off > 0 ? Unplanned(prediction!, generated) : Differs(prediction!, off));
        if (log.VariablesUsedBytes > log.VariablesPredictedBytes)
            diagnostics.Add(Diagnostic.Error(DiagnosticCodes.ArenaDiffers, $"the resource variables need {Quantity.Bytes(log.VariablesUsedBytes.Value)} of "
                + $"an arena of their own, and {Quantity.Bytes(log.VariablesPredictedBytes!.Value)} were computed; write a profile from this log with -o"));
        return new SelfTestVerdict
        {
            Log = log,
            AnswersAreEqual = equal,
            Prediction = prediction,
            ArenaDifferenceBytes = difference,
            CrashedAtBytes = crashedAt,
            UsesPlan = usesPlan,
            Diagnostics = diagnostics.Select(diagnostic => diagnostic with { File = name }).ToArray(),
        };
    }

    /// <summary>What was computed with the ABI that the device has; where the test knew only one, that.</summary>
    public static SelfTestPrediction? PredictionOf(SelfTestLog log, SelfTestModelLog model) =>
        model.Predictions.FirstOrDefault(prediction => prediction.Abi == log.Abi) ?? (model.Predictions.Count > 0 ? model.Predictions[0] : null);

    private static bool? UsesThePlan(SelfTestLog log, SelfTestPrediction? prediction)
    {
        // Another version may need as much more as a small gain is, so that only a large one tells.
        if (prediction?.UnplannedArenaBytes is not { } unplanned || unplanned < prediction.ArenaBytes + (prediction.ArenaBytes / LeastGainDivisor))
            return null;
        long nearerBelow = prediction.ArenaBytes + ((unplanned - prediction.ArenaBytes) / 2);
        if ((log.Generated.SmallestArenaBytes ?? log.Generated.UsedBytes) is { } needed)
            return needed <= nearerBelow;
        return log.Generated.WorkingArenaBytes is { } works && works <= nearerBelow ? true : null;
    }

    private static Diagnostic Unplanned(SelfTestPrediction prediction, SelfTestModelLog generated) => Diagnostic.Error(DiagnosticCodes.ArenaDiffers,
        $"the library does not use the plan in the file: it needs {Quantity.Bytes(generated.SmallestArenaBytes!.Value)}, where "
        + $"{Quantity.Bytes(prediction.ArenaBytes)} were computed with the plan and {Quantity.Bytes(prediction.UnplannedArenaBytes!.Value)} without; see that "
        + $"nothing takes the metadata {Tflite.TfliteMetadata.OfflinePlanName} out of the file and that Runtime names the library's version, and write no "
        + "profile from this log");

    private static string NotCompared(SelfTestLog log, SelfTestPrediction? prediction)
    {
        if (log.Generated.FailedStage is { } stage)
        {
            string plan = stage == "allocate" && prediction?.UnplannedArenaBytes is { } unplanned && unplanned > log.ArenaBytes
                && prediction.ArenaBytes <= log.ArenaBytes
                ? $"; without the plan in the file it would need {Quantity.Bytes(unplanned)}, so it may be that the library does not use it" : "";
            return $"the generated model does not run on the device: {Words(stage)} failed in an arena of {Quantity.Bytes(log.ArenaBytes)}{plan}; what the "
                + "library says about it stands in the log";
        }
        if (log.Original.FailedStage is { } ofOriginal)
            return $"the original does not run on the device, so there is nothing to compare with: {Words(ofOriginal)} failed in an arena of "
                + $"{Quantity.Bytes(log.ArenaBytes)}; define a larger TINYREORDER_ARENA_BYTES where the board has it";
        return $"the answers of {Quantity.Count(log.Compared)} of {Quantity.Count(log.Invocations)} runs were compared";
    }

    /// <summary>Where the smallest arena of the generated model is known, a crash below it only tells to mind it.</summary>
    private static Diagnostic NotEnded(SelfTestLog log, long? crashedAt)
    {
        if (crashedAt is not { } bytes)
            return Failed("the log does not come to its end; save all that the board prints, from its reset on");
        if (log.Generated.SmallestArenaBytes is not null)
            return Diagnostic.Warning(DiagnosticCodes.SelfTestFailed, $"the log ends while an arena of {Quantity.Bytes(bytes)} is tried: the library "
                + "crashes in an arena that is too small instead of failing");
        string works = (log.Generated.WorkingArenaBytes ?? log.Original.WorkingArenaBytes) is { } known ? $"; {Quantity.Bytes(known)} are enough" : "";
        return Failed($"the log ends while an arena of {Quantity.Bytes(bytes)} is tried, so the library crashes there instead of failing{works}: to search "
            + $"on, compile with TINYREORDER_LEAST_ARENA_BYTES={bytes + 16}");
    }

    private static Diagnostic Differs(SelfTestPrediction prediction, long off)
    {
        string computed = $"{Quantity.Bytes(prediction.ArenaBytes)} were computed{(prediction.Exact ? "" : " as an upper bound")}";
        return off > 0
            ? Diagnostic.Error(DiagnosticCodes.ArenaDiffers, $"the device needs {Quantity.Bytes(off)} of arena more: {computed}; write a profile from this "
                + "log with -o, and build with it")
            : Diagnostic.Warning(DiagnosticCodes.ArenaDiffers, $"the device needs {Quantity.Bytes(-off)} of arena less: {computed}, which is enough; a "
                + "profile from this log (-o) saves them") with
            {
                Severity = prediction.Exact ? DiagnosticSeverity.Warning : DiagnosticSeverity.Message,
            };
    }

    private static string Words(string stage) => stage == "invoke" ? "Invoke" : "AllocateTensors";

    private static Diagnostic Failed(string message) => Diagnostic.Error(DiagnosticCodes.SelfTestFailed, message);
}
