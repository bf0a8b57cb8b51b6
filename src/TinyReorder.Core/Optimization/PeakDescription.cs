using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>Says in a line where a model needs the most memory and for what.</summary>
internal static class PeakDescription
{
    private const int MostTensors = 4;
    private const int LongestName = 32;

    /// <summary>The operator at the highest peak of all subgraphs, with its live tensors, largest first.</summary>
    public static string Of(TfliteModel model, IReadOnlyList<SubgraphResult> subgraphs)
    {
        SubgraphResult highest = subgraphs.OrderByDescending(subgraph => subgraph.PeakBytes).First();
        MemoryStep step = highest.Map.Steps[highest.Map.PeakStep];
        string place = step.Operator < 0 ? "the start" : $"operator {step.Operator} {highest.Graph.Operators[step.Operator].Kind}";
        if (model.Subgraphs.Count > 1)
            place += $" of subgraph {highest.Index}";
        GraphTensor[] live = highest.Map.TensorsAt(highest.Graph, highest.Map.PeakStep).Where(tensor => tensor.Bytes > 0)
            .OrderByDescending(tensor => tensor.Bytes).ThenBy(tensor => tensor.Index).ToArray();
        var parts = live.Take(MostTensors).Select(tensor => $"{Name(tensor)} {Quantity.Bytes(tensor.Bytes)}").ToList();
        if (live.Length > MostTensors)
            parts.Add($"{live.Length - MostTensors} more with {Quantity.Bytes(live.Skip(MostTensors).Sum(tensor => tensor.Bytes))}");
        if (step.ReservedBytes > 0)
            parts.Add($"scratch {Quantity.Bytes(step.ReservedBytes)}");
        return $"{place} with {Quantity.Bytes(step.TotalBytes)} live: {string.Join(", ", parts)}";
    }

    private static string Name(GraphTensor tensor)
    {
        string name = new(tensor.Name.Select(c => char.IsControl(c) ? '?' : c).ToArray());
        if (name.Length > LongestName)
            name = name.Substring(0, LongestName / 2) + "..." + name.Substring(name.Length - (LongestName / 2) + 3);
        return name.Length == 0 ? $"tensor {tensor.Index}" : $"'{name}'";
    }
}
