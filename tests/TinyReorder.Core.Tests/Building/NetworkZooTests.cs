using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Building;

public class NetworkZooTests
{
    public static TheoryData<string> Names => new(NetworkZoo.Networks.Select(network => network.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_has_the_peak_that_is_noted(string name)
    {
        ZooNetwork network = NetworkZoo.Networks.Single(candidate => candidate.Name == name);
        byte[] file = network.Build().Build();
        Graph graph = SubgraphGraph.Create(TfliteModel.Load(file, name), 0, GraphSizing.Plain);

        Assert.Equal(network.PeakBytes, MemoryMap.Of(graph, Enumerable.Range(0, graph.Operators.Count).ToArray()).PeakBytes);
        Assert.InRange(file.Length, 1, 1_000_000);
    }
}
