using TinyReorder.Csv;

namespace TinyReorder.Reports.Maps;

/// <summary>The memory map as two CSV files for spreadsheets and scripts; the columns are a contract, see docs/memory-map.md.</summary>
internal static class MapCsv
{
    /// <summary>A row for each activation tensor of each subgraph.</summary>
    public static string Tensors(MemoryReport report)
    {
        var csv = new CsvWriter();
        csv.Row(
            "subgraph", "tensor", "name", "type", "shape", "bytes", "role", "producer", "consumers",
            "default_first_step", "default_last_step", "chosen_first_step", "chosen_last_step", "offset_bytes", "planned_bytes");
        var placed = report.Chosen.Blocks.Where(block => block.Tensor >= 0).ToDictionary(block => (block.Subgraph, block.Tensor));
        foreach (SubgraphReport subgraph in report.Subgraphs)
        {
            foreach (TensorRow tensor in subgraph.Tensors)
            {
                placed.TryGetValue((subgraph.Index, tensor.Index), out ArenaBlock? block);
                csv.Row(
                    subgraph.Index, tensor.Index, tensor.Name, tensor.Type, string.Join("x", tensor.Shape), tensor.Bytes, WordOf(tensor.Role),
                    tensor.Producer < 0 ? null : tensor.Producer, string.Join(" ", tensor.Consumers),
                    tensor.DefaultLife.First, tensor.DefaultLife.Last, tensor.ChosenLife.First, tensor.ChosenLife.Last, block?.OffsetBytes, block?.Bytes);
            }
        }
        return csv.ToString();
    }

    /// <summary>A row for each step of the default and then of the chosen order of each subgraph.</summary>
    public static string Steps(MemoryReport report)
    {
        var csv = new CsvWriter();
        csv.Row(
            "subgraph", "order", "step", "operator", "kind", "name", "input_bytes", "output_bytes", "other_bytes", "reserved_bytes", "total_bytes",
            "rounded_bytes",
            "is_peak", "tensors", "macs", "parameter_bytes", "shared_bytes", "original_operator", "loop");
        foreach (SubgraphReport subgraph in report.Subgraphs)
        {
            foreach (OrderReport order in new[] { subgraph.Default, subgraph.Chosen })
            {
                foreach (StepRow step in order.Steps)
                {
                    csv.Row(
                        subgraph.Index, order.Name, step.Step, step.Operator < 0 ? null : step.Operator, step.Kind, step.Name,
                        step.InputBytes, step.OutputBytes, step.OtherBytes, step.ReservedBytes, step.TotalBytes, step.RoundedBytes,
                        step.TotalBytes == order.PeakBytes ? 1 : 0, string.Join(" ", step.Tensors), step.Macs, step.ParameterBytes, step.SharedBytes,
                        step.OriginalOperator, step.Loop);
                }
            }
        }
        return csv.ToString();
    }

    internal static string WordOf(TensorRole role) => role switch
    {
        TensorRole.Input => "input",
        TensorRole.Output => "output",
        TensorRole.Scratch => "scratch",
        _ => "activation",
    };
}
