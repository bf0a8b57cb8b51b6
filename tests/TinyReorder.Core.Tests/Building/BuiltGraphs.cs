using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Building;

/// <summary>Graphs straight from a builder, without a file in between.</summary>
public static class BuiltGraphs
{
    /// <summary>
    /// The data flow of <paramref name="subgraph"/>: its activations in plain bytes (type sizes as the library has them) and its operators in their order.
    /// For subgraphs without effects only: state and control flow add no constraints here.
    /// </summary>
    internal static Graph DataFlow(SubgraphBuilder subgraph)
    {
        var builder = new GraphBuilder();
        var positions = new Dictionary<ModelTensor, int>();
        var touched = subgraph.Operators.SelectMany(op => op.Inputs.Concat(op.Outputs)).Concat(subgraph.Inputs).Concat(subgraph.Outputs).ToHashSet();
        foreach (ModelTensor tensor in subgraph.Tensors.Where(tensor => tensor.Data is null && !tensor.IsVariable && touched.Contains(tensor)))
            positions[tensor] = builder.AddTensor((long)tensor.Elements * tensor.Type.ElementBytes(), subgraph.Outputs.Contains(tensor), tensor.Index,
                tensor.Name);
        foreach (ModelOperator op in subgraph.Operators)
            builder.AddOperator(op.Kind, Activations(op.Inputs), Activations(op.Outputs));
        return builder.Build();

        IEnumerable<int> Activations(IEnumerable<ModelTensor?> tensors) =>
            tensors.Where(tensor => tensor is not null && positions.ContainsKey(tensor)).Select(tensor => positions[tensor!]);
    }
}
