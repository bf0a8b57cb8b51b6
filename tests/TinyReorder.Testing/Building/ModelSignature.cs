namespace TinyReorder.Tests.Shared;

/// <summary>A signature of a model: its key, and the subgraph whose inputs and outputs it names after their tensors.</summary>
public sealed record ModelSignature(string Key, SubgraphBuilder Subgraph);
