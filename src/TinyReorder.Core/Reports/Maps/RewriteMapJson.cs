using System.Text.Json;
using TinyReorder.Json;

namespace TinyReorder.Reports.Maps;

/// <summary>What a rewrite did, as JSON; names and types are a contract, see docs/memory-map.md and docs/cli.md.</summary>
internal static class RewriteMapJson
{
    private const int RatioDigits = 4;

    /// <summary>Writes the member <c>rewrite</c> of the memory map.</summary>
    public static void Write(Utf8JsonWriter json, RewriteReport rewrite)
    {
        json.WriteStartObject("rewrite");
        json.WriteObjects("loops", rewrite.Regions.Select((region, k) => (Number: k + 1, Region: region)), (writer, loop) =>
        {
            writer.WriteNumber("number", loop.Number);
            writer.WriteNumbers("operators", rewrite.OperatorsOf(loop.Region));
            writer.WriteText("form", loop.Region.Form);
            writer.WriteNumber("rowsPerTurn", loop.Region.RowsPerTurn);
            writer.WriteNumber("turns", loop.Region.Turns);
            writer.WriteNumberOrNull("bodySubgraph", loop.Region.Body);
        });
        json.WriteNumbers("dilated", rewrite.Dilated);
        json.WriteNumber("workRatio", Math.Round(rewrite.WorkRatio, RatioDigits));
        json.WriteText("workModel", rewrite.WorkModel);
        json.WriteText("workUnit", rewrite.WorkUnit);
        json.WriteNumber("addedFlashBytes", rewrite.AddedFlashBytes);
        WriteWork(json, rewrite.Work);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>work</c>: a row for each operator, and one for each loop.</summary>
    public static void WriteWork(Utf8JsonWriter json, IReadOnlyList<WorkChange> work) => json.WriteObjects("work", work, (writer, change) =>
    {
        writer.WriteNumberOrNull("operator", change.Operator);
        writer.WriteText("kind", change.Kind);
        writer.WriteNumberOrNull("loop", change.Loop);
        writer.WriteNumber("before", (long)Math.Round(change.Before));
        writer.WriteNumber("after", (long)Math.Round(change.After));
        writer.WriteNumber("movingRows", (long)Math.Round(change.Around));
    });
}
