using System.Text.Json;
using TinyReorder.Json;
using TinyReorder.Optimization;
using TinyReorder.Planning;

namespace TinyReorder.Reports.Maps;

/// <summary>The whole report as JSON; names and types are a contract, see docs/memory-map.md.</summary>
internal static class MapJson
{
    /// <summary>The version of the format; a change that is no addition would raise it.</summary>
    public const int Schema = 1;

    /// <summary>The text of one object, ended by a newline.</summary>
    public static string Of(MemoryReport report) => JsonOutput.Of(json =>
    {
        json.WriteNumber("schema", Schema);
        json.WriteText("model", report.Model);
        json.WriteNumber("flashBytes", report.FlashBytes);
        json.WriteNumber("defaultPeakBytes", report.DefaultPeakBytes);
        json.WriteNumber("peakBytes", report.PeakBytes);
        json.WriteObjects("subgraphs", report.Subgraphs, Write);
        json.WriteText("chosenArena", report.Chosen.Name);
        json.WriteNumber("marginBytes", report.Constant.MarginBytes);
        json.WriteNumber("resourceVariableBytes", report.Constant.ResourceVariableBytes);
        json.WriteNumber("arrayBytes", report.Constant.Bytes);
        json.WriteObjects("arenas", report.Arenas, Write);
        Write(json, report.Board);
        json.WriteObjects("boards", report.Boards, Write);
        if (report.Rewrite is { } rewrite)
            RewriteMapJson.Write(json, rewrite);
    });

    private static void Write(Utf8JsonWriter json, SubgraphReport subgraph)
    {
        json.WriteNumber("index", subgraph.Index);
        json.WriteText("name", subgraph.Name);
        json.WriteObjects("tensors", subgraph.Tensors, static (json, tensor) =>
        {
            json.WriteNumber("index", tensor.Index);
            json.WriteText("name", tensor.Name);
            json.WriteText("type", tensor.Type);
            json.WriteNumbers("shape", tensor.Shape);
            json.WriteNumber("bytes", tensor.Bytes);
            json.WriteText("role", MapCsv.WordOf(tensor.Role));
            json.WriteNumberOrNull("producer", tensor.Producer < 0 ? null : tensor.Producer);
            json.WriteNumbers("consumers", tensor.Consumers);
            json.WriteNumbers("defaultLife", [tensor.DefaultLife.First, tensor.DefaultLife.Last]);
            json.WriteNumbers("chosenLife", [tensor.ChosenLife.First, tensor.ChosenLife.Last]);
        });
        json.WriteObjects("orders", [subgraph.Default, subgraph.Chosen], static (json, order) =>
        {
            json.WriteText("name", order.Name);
            json.WriteNumber("peakBytes", order.PeakBytes);
            json.WriteNumber("peakStep", order.Peak.Step);
            json.WriteObjects("steps", order.Steps, Write);
        });
        if (subgraph.Loop is not { } loop)
            return;
        json.WriteStartObject("loop");
        json.WriteNumber("number", loop.Number);
        json.WriteText("part", loop.IsBody ? "body" : "condition");
        json.WriteNumber("firstOperator", loop.Region.FirstOperator);
        json.WriteNumber("lastOperator", loop.Region.LastOperator);
        json.WriteNumber("rowsPerTurn", loop.Region.RowsPerTurn);
        json.WriteNumber("turns", loop.Region.Turns);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepRow step)
    {
        json.WriteNumber("step", step.Step);
        json.WriteNumberOrNull("operator", step.Operator < 0 ? null : step.Operator);
        json.WriteText("kind", step.Kind);
        json.WriteText("name", step.Name);
        json.WriteNumber("inputBytes", step.InputBytes);
        json.WriteNumber("outputBytes", step.OutputBytes);
        json.WriteNumber("otherBytes", step.OtherBytes);
        json.WriteNumber("reservedBytes", step.ReservedBytes);
        json.WriteNumber("totalBytes", step.TotalBytes);
        json.WriteNumber("roundedBytes", step.RoundedBytes);
        json.WriteNumbers("tensors", step.Tensors);
        json.WriteNumberOrNull("macs", step.Macs);
        json.WriteNumber("parameterBytes", step.ParameterBytes);
        json.WriteNumber("sharedBytes", step.SharedBytes);
        if (step.Original.Length == 0)
            return;
        json.WriteText("original", step.Original);
        json.WriteNumberOrNull("originalOperator", step.OriginalOperator);
        json.WriteNumberOrNull("loop", step.Loop);
    }

    private static void Write(Utf8JsonWriter json, ArenaReport arena)
    {
        json.WriteText("name", arena.Name);
        json.WriteText("title", arena.Title);
        json.WriteText("runtime", arena.Plan.Runtime);
        json.WriteText("kernels", arena.Plan.Kernels);
        json.WriteNumber("arenaBytes", arena.Plan.ArenaBytes);
        json.WriteBoolean("exact", arena.Plan.Exact);
        json.WriteNumber("plannedBytes", arena.Plan.PlannedBytes);
        json.WriteNumber("scratchBytes", arena.Plan.ScratchBytes);
        json.WriteNumber("persistentBytes", arena.Plan.PersistentBytes);
        json.WriteNumber("plannerBytes", arena.Plan.PlannerBytes);
        json.WriteNumber("heightBytes", arena.HeightBytes);
        json.WriteNumber("peakMoment", arena.PeakMoment);
        json.WriteNumber("peakBytes", arena.PeakBytes);
        json.WriteNumber("fragmentationBytes", arena.FragmentationBytes);
        json.WriteNumber("firstMoment", arena.FirstMoment);
        json.WriteNumber("lastMoment", arena.LastMoment);
        json.WriteObjects("blocks", arena.Blocks, static (json, block) =>
        {
            json.WriteNumber("subgraph", block.Subgraph);
            json.WriteNumberOrNull("tensor", block.Tensor < 0 ? null : block.Tensor);
            json.WriteNumberOrNull("operator", block.Operator < 0 ? null : block.Operator);
            json.WriteText("name", block.Name);
            json.WriteText("role", MapCsv.WordOf(block.Role));
            json.WriteNumber("bytes", block.Bytes);
            json.WriteNumber("offsetBytes", block.OffsetBytes);
            json.WriteNumber("first", block.First);
            json.WriteNumber("last", block.Last);
        });
        json.WriteObjects("moments", arena.Moments, static (json, moment) =>
        {
            json.WriteNumber("moment", moment.Moment);
            json.WriteNumber("subgraph", moment.Subgraph);
            json.WriteNumber("operator", moment.Operator);
            json.WriteText("kind", moment.Kind);
            if (moment.Original.Length > 0)
                json.WriteText("original", moment.Original);
        });
        json.WriteText("order", ChoiceWords.Of(arena.Plan.Order));
        json.WriteText("plan", ChoiceWords.Of(arena.Plan.Plan));
        json.WriteText("overlap", ChoiceWords.Of(arena.Plan.Overlap));
        json.WriteNumber("orderPeakBytes", arena.Plan.PeakBytes);
    }

    private static void Write(Utf8JsonWriter json, BoardResult? board)
    {
        if (board is null)
        {
            json.WriteNull("board");
            return;
        }
        json.WriteStartObject("board");
        json.WriteText("id", board.Board.Id);
        json.WriteText("name", board.Board.Name);
        json.WriteNumber("staticRegionBytes", board.Board.StaticRegionBytes);
        json.WriteNumber("usableFlashBytes", board.Board.UsableFlashBytes);
        json.WriteNumber("reservedSramBytes", board.ReservedSramBytes);
        json.WriteNumber("reservedFlashBytes", board.ReservedFlashBytes);
        json.WriteBoolean("fits", board.Fits);
        json.WriteText("arenaRegion", board.Region.Name);
        json.WriteNumber("arenaRegionBytes", board.Region.Bytes);
        if (board.PersistentRegion is { } persistent)
        {
            json.WriteText("persistentRegion", persistent.Name);
            json.WriteNumber("persistentRegionBytes", persistent.Bytes);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BoardChoice choice)
    {
        json.WriteText("id", choice.Board.Id);
        json.WriteText("name", choice.Board.Name);
        json.WriteText("kernels", choice.Board.Kernels);
        json.WriteNumber("staticRegionBytes", choice.Board.StaticRegionBytes);
        json.WriteNumber("usableFlashBytes", choice.Board.UsableFlashBytes);
        json.WriteNumber("sramLeftBytes", choice.SramLeftBytes);
        json.WriteNumber("flashLeftBytes", choice.FlashLeftBytes);
        json.WriteBoolean("fits", choice.Fits);
        json.WriteBoolean("hasOtherKernels", choice.HasOtherKernels);
    }
}
