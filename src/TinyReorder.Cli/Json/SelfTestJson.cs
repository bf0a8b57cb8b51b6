using System.Text.Json;
using TinyReorder.Cli.Files;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Measuring;

namespace TinyReorder.Cli.Json;

/// <summary>The JSON of <c>selftest --read</c> (docs/selftest.md): names, order and types stay; what is new comes after what is there.</summary>
internal static class SelfTestJson
{
    /// <summary>The whole object.</summary>
    public static string Of(SelfTestVerdict verdict, IReadOnlyList<Diagnostic> diagnostics, MeasuredProfile? profile,
        WrittenFile? written) => JsonOutput.OfIndented(writer =>
    {
        SelfTestLog log = verdict.Log;
        writer.WriteNumber("schema", ResultJson.Schema);
        writer.WriteString("symbol", log.Symbol);
        writer.WriteString("profile", log.Profile);
        writer.WriteBoolean("good", verdict.IsGood);
        writer.WriteBoolean("ended", log.HasEnded);
        writer.WriteNumber("runs", log.Compared);
        writer.WriteNumber("equalRuns", log.Equal);
        writer.WriteString("firstDifference", log.FirstDifference);
        writer.WriteString("abi", log.Abi);
        writer.WriteNumberOrNull("arenaDifferenceBytes", verdict.ArenaDifferenceBytes);
        writer.WriteNumberOrNull("crashedAtBytes", verdict.CrashedAtBytes);
        writer.WriteNumber("damagedLines", log.DamagedLines);
        WriteModel(writer, "generated", log, log.Generated);
        WriteModel(writer, "original", log, log.Original);
        writer.WriteStartObject("build");
        foreach (KeyValuePair<string, string> value in log.Build)
            writer.WriteString(value.Key, value.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("sizes");
        foreach (KeyValuePair<string, ObjectSize> size in log.Sizes.OrderBy(size => size.Key, StringComparer.Ordinal))
            writer.WriteNumber(size.Key, size.Value.Bytes);
        writer.WriteEndObject();
        writer.WriteString("writtenProfile", written is null ? null : profile!.Id);
        writer.WriteNumberOrNull("unexplainedBytes", profile?.UnexplainedBytes);
        ResultJson.WriteDiagnostics(writer, diagnostics);
        if (verdict.UsesPlan is { } usesPlan)
            writer.WriteBoolean("usesPlan", usesPlan);
        else
            writer.WriteNull("usesPlan");
    });

    private static void WriteModel(Utf8JsonWriter writer, string name, SelfTestLog log, SelfTestModelLog model)
    {
        SelfTestPrediction? predicted = SelfTestVerdict.PredictionOf(log, model);
        writer.WriteStartObject(name);
        writer.WriteString("sha256", model.Sha256);
        writer.WriteNumberOrNull("predictedArenaBytes", predicted?.ArenaBytes);
        writer.WriteNumberOrNull("predictedUsedBytes", predicted?.UsedBytes);
        writer.WriteNumberOrNull("smallestArenaBytes", model.SmallestArenaBytes);
        writer.WriteNumberOrNull("workingArenaBytes", model.WorkingArenaBytes);
        writer.WriteNumberOrNull("usedBytes", model.UsedBytes);
        writer.WriteNumberOrNull("leastMicroseconds", model.LeastMicroseconds);
        writer.WriteNumberOrNull("mostMicroseconds", model.MostMicroseconds);
        writer.WriteString("failed", model.FailedStage);
        writer.WriteEndObject();
    }
}
