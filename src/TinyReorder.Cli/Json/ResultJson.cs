using System.Text.Json;
using TinyReorder.Cli.Files;
using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli.Json;

/// <summary>The JSON contract of docs/cli.md: names, order and types stay; what is new comes after what is there.</summary>
internal static class ResultJson
{
    /// <summary>The version of all JSON that the tool writes; a change that is no addition would raise it.</summary>
    public const int Schema = 1;

    /// <summary>The whole object, for exit codes 0 and 1.</summary>
    public static string Of(string model, OptimizationResult result) => JsonOutput.OfIndented(writer =>
    {
        WriteHead(writer, model);
        writer.WriteString("sha256", ModelFile.Sha256(result.Model.Bytes));
        writer.WriteNumber("bytes", result.Model.Bytes.LongLength);
        writer.WriteObjects("subgraphs", result.Subgraphs,
            (json, subgraph) => WriteSubgraph(json, subgraph, result.Rewrite?.OriginalOperators?[subgraph.Index]));
        writer.WriteStartObject("arena");
        WriteArena(writer, result.Arena);
        WriteConstant(writer, result.Arena, result.Constant);
        writer.WriteEndObject();
        writer.WriteObjects("plans", result.Plans, WritePlan);
        WriteBoard(writer, result.Board);
        WriteDiagnostics(writer, result.Diagnostics);
        if (result.Rewrite is { } rewrite)
            RewriteJson.Write(writer, rewrite);
    });

    /// <summary>The object of a failure: schema, model (null where none was named) and diagnostics.</summary>
    public static string OfFailure(string? model, IEnumerable<Diagnostic> diagnostics) => JsonOutput.OfIndented(writer =>
    {
        WriteHead(writer, model);
        WriteDiagnostics(writer, diagnostics);
    });

    private static void WriteHead(Utf8JsonWriter writer, string? model)
    {
        writer.WriteNumber("schema", Schema);
        writer.WriteString("model", model);
    }

    private static void WriteSubgraph(Utf8JsonWriter writer, SubgraphResult subgraph, IReadOnlyList<int>? original)
    {
        writer.WriteNumber("index", subgraph.Index);
        writer.WriteString("name", subgraph.Name);
        writer.WriteNumber("operators", subgraph.Order.Count);
        writer.WriteNumber("defaultPeakBytes", subgraph.DefaultPeakBytes);
        writer.WriteNumber("peakBytes", subgraph.PeakBytes);
        writer.WriteNumber("lowerBoundBytes", subgraph.LowerBoundBytes);
        writer.WriteBoolean("proven", subgraph.Proven);
        writer.WriteNumbers("order", original is null ? subgraph.Order : [.. subgraph.Order.Select(op => original[op])]);
        writer.WriteNumber("searchMilliseconds", Math.Round(subgraph.SearchTime.TotalMilliseconds, 3));
    }

    private static void WriteArena(Utf8JsonWriter writer, ArenaResult arena)
    {
        writer.WriteString("runtime", arena.Runtime);
        writer.WriteString("kernels", arena.Kernels);
        writer.WriteString("profile", arena.Profile);
        writer.WriteString("plan", ChoiceWords.Of(arena.Plan));
        writer.WriteNumber("plannedBytes", arena.PlannedBytes);
        writer.WriteNumber("scratchBytes", arena.ScratchBytes);
        writer.WriteNumber("persistentBytes", arena.PersistentBytes);
        writer.WriteNumber("plannerBytes", arena.PlannerBytes);
        writer.WriteNumber("arenaBytes", arena.ArenaBytes);
        writer.WriteBoolean("exact", arena.Exact);
    }

    private static void WriteConstant(Utf8JsonWriter writer, ArenaResult arena, ArenaConstant constant)
    {
        writer.WriteString("profileVersion", arena.ProfileVersion);
        writer.WriteNumber("resourceVariableBytes", arena.ResourceVariableBytes);
        writer.WriteString("resourceVariables", ChoiceWords.Of(constant.ResourceVariables));
        writer.WriteNumber("marginBytes", constant.MarginBytes);
        writer.WriteNumber("constantBytes", constant.Bytes);
        writer.WriteNumberOrNull("nonPersistentConstantBytes", constant.NonPersistentBytes);
        writer.WriteNumberOrNull("persistentConstantBytes", constant.PersistentBytes);
        writer.WriteString("overlap", ChoiceWords.Of(arena.Overlap));
        writer.WriteNumber("peakBytes", arena.PeakBytes);
        writer.WriteString("library", arena.Library);
        writer.WriteString("abi", arena.Abi is { } abi ? AbiWords.Of(abi) : null);
        writer.WriteNumber("otherTargetBytes", constant.OtherTargetBytes);
        writer.WriteNumber("resourceVariableCount", arena.ResourceVariableCount);
        writer.WriteNumber("resourceVariableArenaBytes", constant.ResourceVariableArenaBytes);
        writer.WriteNumber("usedBytes", constant.UsedBytes);
        writer.WriteBoolean("measured", arena.IsMeasured);
        writer.WriteNumberOrNull("lendableBytes", constant.LendableBytes);
    }

    private static void WritePlan(Utf8JsonWriter writer, ArenaResult plan)
    {
        writer.WriteString("order", ChoiceWords.Of(plan.Order));
        writer.WriteString("plan", ChoiceWords.Of(plan.Plan));
        writer.WriteString("overlap", ChoiceWords.Of(plan.Overlap));
        writer.WriteNumber("plannedBytes", plan.PlannedBytes);
        writer.WriteNumber("scratchBytes", plan.ScratchBytes);
        writer.WriteNumber("arenaBytes", plan.ArenaBytes);
        writer.WriteNumber("peakBytes", plan.PeakBytes);
        if (plan.IsStreamed)
            writer.WriteBoolean("streamed", true);
        if (plan.IsSimplified)
            writer.WriteBoolean("simplified", true);
    }

    private static void WriteBoard(Utf8JsonWriter writer, BoardResult? board)
    {
        if (board is null)
        {
            writer.WriteNull("board");
            return;
        }
        writer.WriteStartObject("board");
        writer.WriteString("id", board.Board.Id);
        writer.WriteString("name", board.Board.Name);
        writer.WriteNumber("staticRegionBytes", board.Board.StaticRegionBytes);
        writer.WriteNumber("flashBytes", board.Board.FlashBytes);
        writer.WriteNumber("reservedSramBytes", board.ReservedSramBytes);
        writer.WriteNumber("reservedFlashBytes", board.ReservedFlashBytes);
        writer.WriteBoolean("fits", board.Fits);
        writer.WriteString("arenaRegion", board.Region.Name);
        writer.WriteNumber("arenaRegionBytes", board.Region.Bytes);
        writer.WriteString("persistentRegion", board.PersistentRegion?.Name);
        writer.WriteNumberOrNull("persistentRegionBytes", board.PersistentRegion?.Bytes);
        writer.WriteEndObject();
    }

    /// <summary>Writes the member <c>diagnostics</c>.</summary>
    public static void WriteDiagnostics(Utf8JsonWriter json, IEnumerable<Diagnostic> diagnostics) =>
        json.WriteObjects("diagnostics", diagnostics, static (writer, diagnostic) =>
        {
            writer.WriteString("code", diagnostic.Code);
            writer.WriteString("severity", ChoiceNames.Of(diagnostic.Severity));
            writer.WriteString("message", diagnostic.Message);
            writer.WriteNumberOrNull("subgraph", diagnostic.Subgraph);
            writer.WriteNumberOrNull("operator", diagnostic.Operator);
        });
}
