using System.Text.Json;
using TinyReorder.Json;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Simplify;

namespace TinyReorder.Cli.Json;

/// <summary>What rewriting brought, in the JSON of docs/cli.md; there where a rewrite was asked for.</summary>
internal static class RewriteJson
{
    private const int RatioDigits = 4;

    /// <summary>Writes the member <c>rewrite</c>.</summary>
    public static void Write(Utf8JsonWriter writer, RewriteOutcome rewrite)
    {
        writer.WriteStartObject("rewrite");
        writer.WriteString("kind", ChoiceWords.Of(rewrite.Settings.Choice));
        writer.WriteObjects("regions", rewrite.Regions, WriteRegion);
        writer.WriteNumber("workRatio", Math.Round(rewrite.WorkRatio, RatioDigits));
        writer.WriteString("workModel", rewrite.WorkAfter?.Model);
        writer.WriteNumber("macsBefore", rewrite.MacsBefore);
        writer.WriteNumber("macsAfter", rewrite.MacsAfter);
        writer.WriteNumber("addedFlashBytes", rewrite.AddedFlashBytes);
        writer.WriteNumberOrNull("lowerBoundBytes", rewrite.LowerBoundBytes);
        writer.WriteString("reason", rewrite.Reason);
        writer.WriteNumbers("dilated", rewrite.Dilated);
        writer.WriteObjects("simplified", rewrite.Simplified, WriteStep);
        RewriteMapJson.WriteWork(writer, WorkChanges.Of(rewrite));
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, SimplifiedStep step)
    {
        writer.WriteString("rule", step.Rule);
        writer.WriteNumber("subgraph", step.Subgraph);
        writer.WriteNumberOrNull("operator", step.Operator < 0 ? null : step.Operator);
        writer.WriteNumberOrNull("into", step.Into);
        writer.WriteNumber("tensors", step.Tensors);
    }

    private static void WriteRegion(Utf8JsonWriter writer, StreamedRegion region)
    {
        writer.WriteNumber("firstOperator", region.FirstOperator);
        writer.WriteNumber("lastOperator", region.LastOperator);
        writer.WriteString("form", region.Form);
        writer.WriteNumber("rowsPerTurn", region.RowsPerTurn);
        writer.WriteNumber("turns", region.Turns);
        writer.WriteNumbers("computedAgain", region.ComputedAgain);
        writer.WriteNumbers("cut", region.Cut);
    }
}
