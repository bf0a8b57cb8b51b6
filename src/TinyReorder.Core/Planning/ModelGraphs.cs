using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Tflite;

namespace TinyReorder.Planning;

/// <summary>The graph of each subgraph of a model: made and checked once, and counted in bytes as each question asks.</summary>
internal sealed class ModelGraphs
{
    private readonly Graph[] plain;

    /// <summary>Makes the graphs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="keepsInputs">Whether the model's inputs are held to the end.</param>
    /// <exception cref="TinyReorderException">TINY2005 to TINY2009: a subgraph cannot be run or planned.</exception>
    public ModelGraphs(TfliteModel model, bool keepsInputs)
    {
        Model = model;
        KeepsInputs = keepsInputs;
        plain = [.. Enumerable.Range(0, model.Subgraphs.Count)
            .Select(s => SubgraphGraph.CreatePlain(model, s, keepsInputs))];
    }

    /// <summary>The model.</summary>
    public TfliteModel Model { get; }

    /// <summary>Whether the model's inputs are held to the end.</summary>
    public bool KeepsInputs { get; }

    /// <summary>The graph of subgraph <paramref name="subgraph"/>, with the bytes and shares of <paramref name="sizing"/>.</summary>
    public Graph Of(int subgraph, GraphSizing sizing) => SubgraphGraph.Sized(plain[subgraph], subgraph, sizing);
}
