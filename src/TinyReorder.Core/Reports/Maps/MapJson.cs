using TinyReorder.Optimization;
using TinyReorder.Planning;

namespace TinyReorder.Reports.Maps;

/// <summary>The whole report as JSON; names and types are a contract, see docs/memory-map.md.</summary>
public static class MapJson
{
    /// <summary>The version of the format; a change that is no addition would raise it.</summary>
    public const int Schema = 1;

    /// <summary>The text of one object, ended by a newline.</summary>
    public static string Of(MemoryReport report)
    {
        var json = new JsonWriter();
        json.Object(() =>
        {
            json.Number("schema", Schema);
            json.Text("model", report.Model);
            json.Number("flashBytes", report.FlashBytes);
            json.Number("defaultPeakBytes", report.DefaultPeakBytes);
            json.Number("peakBytes", report.PeakBytes);
            json.Objects("subgraphs", report.Subgraphs, subgraph => Write(json, subgraph));
            json.Text("chosenArena", report.Chosen.Name);
            json.Number("marginBytes", report.Constant.MarginBytes);
            json.Number("resourceVariableBytes", report.Constant.ResourceVariableBytes);
            json.Number("arrayBytes", report.Constant.Bytes);
            json.Objects("arenas", report.Arenas, arena => Write(json, arena));
            Write(json, report.Board);
            json.Objects("boards", report.Boards, board => Write(json, board));
        });
        return json.ToString();
    }

    private static void Write(JsonWriter json, SubgraphReport subgraph)
    {
        json.Number("index", subgraph.Index);
        json.Text("name", subgraph.Name);
        json.Objects("tensors", subgraph.Tensors, tensor =>
        {
            json.Number("index", tensor.Index);
            json.Text("name", tensor.Name);
            json.Text("type", tensor.Type);
            json.Numbers("shape", tensor.Shape);
            json.Number("bytes", tensor.Bytes);
            json.Text("role", MapCsv.WordOf(tensor.Role));
            json.Number("producer", tensor.Producer < 0 ? null : tensor.Producer);
            json.Numbers("consumers", tensor.Consumers);
            json.Numbers("defaultLife", [tensor.DefaultLife.First, tensor.DefaultLife.Last]);
            json.Numbers("chosenLife", [tensor.ChosenLife.First, tensor.ChosenLife.Last]);
        });
        json.Objects("orders", [subgraph.Default, subgraph.Chosen], order =>
        {
            json.Text("name", order.Name);
            json.Number("peakBytes", order.PeakBytes);
            json.Number("peakStep", order.Peak.Step);
            json.Objects("steps", order.Steps, step => Write(json, step));
        });
    }

    private static void Write(JsonWriter json, StepRow step)
    {
        json.Number("step", step.Step);
        json.Number("operator", step.Operator < 0 ? null : step.Operator);
        json.Text("kind", step.Kind);
        json.Text("name", step.Name);
        json.Number("inputBytes", step.InputBytes);
        json.Number("outputBytes", step.OutputBytes);
        json.Number("otherBytes", step.OtherBytes);
        json.Number("reservedBytes", step.ReservedBytes);
        json.Number("totalBytes", step.TotalBytes);
        json.Number("roundedBytes", step.RoundedBytes);
        json.Numbers("tensors", step.Tensors);
        json.Number("macs", step.Macs);
        json.Number("parameterBytes", step.ParameterBytes);
        json.Number("sharedBytes", step.SharedBytes);
    }

    private static void Write(JsonWriter json, ArenaReport arena)
    {
        json.Text("name", arena.Name);
        json.Text("title", arena.Title);
        json.Text("runtime", arena.Plan.Runtime);
        json.Text("kernels", arena.Plan.Kernels);
        json.Number("arenaBytes", arena.Plan.ArenaBytes);
        json.Flag("exact", arena.Plan.Exact);
        json.Number("plannedBytes", arena.Plan.PlannedBytes);
        json.Number("scratchBytes", arena.Plan.ScratchBytes);
        json.Number("persistentBytes", arena.Plan.PersistentBytes);
        json.Number("plannerBytes", arena.Plan.PlannerBytes);
        json.Number("heightBytes", arena.HeightBytes);
        json.Number("peakMoment", arena.PeakMoment);
        json.Number("peakBytes", arena.PeakBytes);
        json.Number("fragmentationBytes", arena.FragmentationBytes);
        json.Number("firstMoment", arena.FirstMoment);
        json.Number("lastMoment", arena.LastMoment);
        json.Objects("blocks", arena.Blocks, block =>
        {
            json.Number("subgraph", block.Subgraph);
            json.Number("tensor", block.Tensor < 0 ? null : block.Tensor);
            json.Number("operator", block.Operator < 0 ? null : block.Operator);
            json.Text("name", block.Name);
            json.Text("role", MapCsv.WordOf(block.Role));
            json.Number("bytes", block.Bytes);
            json.Number("offsetBytes", block.OffsetBytes);
            json.Number("first", block.First);
            json.Number("last", block.Last);
        });
        json.Objects("moments", arena.Moments, moment =>
        {
            json.Number("moment", moment.Moment);
            json.Number("subgraph", moment.Subgraph);
            json.Number("operator", moment.Operator);
            json.Text("kind", moment.Kind);
        });
        json.Text("order", ChoiceWords.Of(arena.Plan.Order));
        json.Text("plan", ChoiceWords.Of(arena.Plan.Plan));
        json.Text("overlap", ChoiceWords.Of(arena.Plan.Overlap));
        json.Number("orderPeakBytes", arena.Plan.PeakBytes);
    }

    private static void Write(JsonWriter json, BoardResult? board)
    {
        if (board is null)
        {
            json.Null("board");
            return;
        }
        json.Object("board", () =>
        {
            json.Text("id", board.Board.Id);
            json.Text("name", board.Board.Name);
            json.Number("staticRegionBytes", board.Board.StaticRegionBytes);
            json.Number("usableFlashBytes", board.Board.UsableFlashBytes);
            json.Number("reservedSramBytes", board.ReservedSramBytes);
            json.Number("reservedFlashBytes", board.ReservedFlashBytes);
            json.Flag("fits", board.Fits);
        });
    }

    private static void Write(JsonWriter json, BoardChoice choice)
    {
        json.Text("id", choice.Board.Id);
        json.Text("name", choice.Board.Name);
        json.Text("kernels", choice.Board.Kernels);
        json.Number("staticRegionBytes", choice.Board.StaticRegionBytes);
        json.Number("usableFlashBytes", choice.Board.UsableFlashBytes);
        json.Number("sramLeftBytes", choice.SramLeftBytes);
        json.Number("flashLeftBytes", choice.FlashLeftBytes);
        json.Flag("fits", choice.Fits);
        json.Flag("hasOtherKernels", choice.HasOtherKernels);
    }
}
