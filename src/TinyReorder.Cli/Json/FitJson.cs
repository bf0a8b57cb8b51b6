using System.Text.Json;
using TinyReorder.Cli.Files;
using TinyReorder.Fitting;
using TinyReorder.Json;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Json;

/// <summary>The JSON of <c>tinyreorder fit</c>; see docs/fit.md.</summary>
internal static class FitJson
{
    private const int RatioDigits = 4;

    /// <summary>The whole object.</summary>
    public static string Of(FitReport report) => JsonOutput.OfIndented(writer =>
    {
        writer.WriteNumber("schema", ResultJson.Schema);
        writer.WriteObjects("models", report.Models, static (json, model) =>
        {
            json.WriteString("model", model.Name);
            json.WriteString("sha256", ModelFile.Sha256(model.Bytes));
            json.WriteNumber("bytes", model.Bytes.LongLength);
        });
        writer.WriteObjects("targets", report.Targets, WriteTarget);
        Dictionary<FitTarget, (int Index, IReadOnlyList<FitPeak> Peaks)> targets = report.Targets.Select((target, i) => (target, i))
            .ToDictionary(pair => pair.target, pair => (pair.i, FitReport.PeaksOf(pair.target)));
        writer.WriteObjects("boards", report.Boards, (json, board) => WriteBoard(json, report, board, targets));
        ResultJson.WriteDiagnostics(writer, report.Diagnostics);
    });

    private static void WriteTarget(Utf8JsonWriter writer, FitTarget target)
    {
        writer.WriteString("library", target.Library);
        writer.WriteString("kernels", target.Kernels);
        writer.WriteString("abi", target.Abi is { } abi ? AbiWords.Of(abi) : null);
        writer.WriteNumber("arenaBytes", target.ArenaBytes);
        writer.WriteNumber("flashBytes", target.FlashBytes);
        writer.WriteObjects("models", target.Results, WriteResult);
    }

    private static void WriteResult(Utf8JsonWriter writer, OptimizationResult result)
    {
        var peak = FitPeak.Of(result);
        writer.WriteNumber("arenaBytes", result.Constant.Bytes);
        writer.WriteBoolean("exact", result.Arena.Exact);
        writer.WriteNumber("flashBytes", result.OptimizedModel.LongLength);
        writer.WriteString("plan", ChoiceWords.Of(result.Arena.Plan));
        writer.WriteString("overlap", ChoiceWords.Of(result.Arena.Overlap));
        writer.WriteNumber("peakBytes", peak.Bytes);
        writer.WriteNumberOrNull("nextPeakBytes", peak.NextBytes > 0 ? peak.NextBytes : null);
        writer.WriteObjects("peakOperators", peak.AtPeak, WriteOperator);
    }

    private static void WriteOperator(Utf8JsonWriter writer, FitOperator op)
    {
        writer.WriteNumber("subgraph", op.Subgraph);
        writer.WriteNumberOrNull("operator", op.Operator < 0 ? null : op.Operator);
        writer.WriteString("kind", op.Kind);
        writer.WriteNumber("bytes", op.Bytes);
    }

    private static void WriteBoard(
        Utf8JsonWriter writer, FitReport report, FitBoard board, Dictionary<FitTarget, (int Index, IReadOnlyList<FitPeak> Peaks)> targets)
    {
        writer.WriteString("id", board.Board.Id);
        writer.WriteString("name", board.Board.Name);
        writer.WriteNumberOrNull("target", board.Target is { } known ? targets[known].Index : null);
        writer.WriteNumber("staticRegionBytes", board.Board.StaticRegionBytes);
        writer.WriteNumber("flashBytes", board.Board.UsableFlashBytes);
        writer.WriteNumberOrNull("sramNeededBytes", board.Fit?.SramNeededBytes);
        writer.WriteNumberOrNull("sramMissingBytes", board.Fit?.SramMissingBytes);
        writer.WriteNumberOrNull("flashNeededBytes", board.Fit?.FlashNeededBytes);
        writer.WriteNumberOrNull("flashMissingBytes", board.Fit?.FlashMissingBytes);
        writer.WriteBoolean("fits", board.Fits);
        writer.WriteBoolean("mayFit", board.Fits || board.MayFit);
        WriteChange(writer, board.Change);
        IReadOnlyList<IReadOnlyList<(FitOperator Operator, long Bytes)>> shrink = board.Target is { } target ? board.ToShrink(targets[target].Peaks) : [];
        writer.WriteObjects("shrink", shrink.SelectMany((parts, model) => parts.Select(part => (Model: report.Models[model], Part: part))), WriteShrink);
        writer.WriteString("refusal", board.Refusal);
    }

    private static void WriteChange(Utf8JsonWriter writer, FitChange? change)
    {
        if (change is null)
        {
            writer.WriteNull("change");
            return;
        }
        writer.WriteStartObject("change");
        writer.WriteTexts("settings", change.Settings);
        writer.WriteTexts("models", change.Models.Select(model => model.Name));
        writer.WriteNumber("arenaBytes", change.ArenaBytes);
        writer.WriteNumber("flashBytes", change.FlashBytes);
        writer.WriteNumber("workRatio", Math.Round(change.WorkRatio, RatioDigits));
        writer.WriteEndObject();
    }

    private static void WriteShrink(Utf8JsonWriter writer, (TfliteModel Model, (FitOperator Operator, long Bytes) Part) shrink)
    {
        writer.WriteString("model", shrink.Model.Name);
        WriteOperator(writer, shrink.Part.Operator);
        writer.WriteNumber("byBytes", shrink.Part.Bytes);
    }
}
