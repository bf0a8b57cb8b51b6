using System.Globalization;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>The groups of graphs that are searched.</summary>
internal static class SearchCases
{
    private static readonly int[] Sizes = [100, 1_000, 5_000, 20_000];

    public static IReadOnlyList<string> Groups { get; } = ["models", "zoo", "networks", "scaling"];

    public static IEnumerable<SearchCase> Of(string group, Arguments arguments) => group switch
    {
        "models" => Models(arguments),
        "zoo" => NetworkZoo.Networks.Select(network => new SearchCase(network.Name, () => OnlySubgraph(network)) { Published = network }),
        "networks" => Networks(),
        "scaling" => Scaling(arguments),
        _ => throw new FormatException($"there is no group '{group}'"),
    };

    public static string Title(string group) => group switch
    {
        "models" => "Models of the field, a row a subgraph",
        "zoo" => "Networks of the paper's table 1, built at their shapes",
        "networks" => "Graphs like those of published networks",
        _ => "Synthetic graphs",
    };

    private static IEnumerable<SearchCase> Models(Arguments arguments)
    {
        string folder = arguments.Text("--models")
            ?? Environment.GetEnvironmentVariable("TINYREORDER_MODELS")
            ?? RepositoryFiles.PathOf("..", "shared", "models");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine("no folder with models: give --models or set TINYREORDER_MODELS");
            yield break;
        }
        foreach (string path in Directory.GetFiles(folder, "*.tflite").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (LoadOrSay(path, name) is not { } model)
                continue;
            for (int s = 0; s < model.Subgraphs.Count; s++)
            {
                int subgraph = s;
                if (model.Subgraphs[s].Operators.Count > 0)
                    yield return new SearchCase(model.Subgraphs.Count == 1 ? name : $"{name} {s}",
                        () => SubgraphGraph.Create(model, subgraph, GraphSizing.Plain));
            }
        }
    }

    private static TfliteModel? LoadOrSay(string path, string name)
    {
        try
        {
            return TfliteModel.Load(File.ReadAllBytes(path), name);
        }
        catch (TinyReorderException e)
        {
            Console.Error.WriteLine($"{name} is left out: {e.Message}");
            return null;
        }
    }

    private static Graph OnlySubgraph(ZooNetwork network) =>
        SubgraphGraph.Create(TfliteModel.Load(network.Build().Build(), network.Name), 0, GraphSizing.Plain);

    private static IEnumerable<SearchCase> Networks()
    {
        foreach (GraphFamily family in new[] { GraphFamily.NasNet, GraphFamily.HRNet, GraphFamily.BiFpn, GraphFamily.Transformer, GraphFamily.UNet,
            GraphFamily.DenseNet })
        {
            yield return Random(family, 800, 1);
            // In a random valid order, so that the search cannot end at the file's.
            for (ulong seed = 2; seed <= 4; seed++)
                yield return Random(family, 800, seed, GraphTraits.ShuffledOrder);
        }
        yield return new SearchCase("Detector with 16 BiFPN layers and heads", () => BiFpnDetector.Create(layers: 16));
        for (ulong seed = 1; seed <= 5; seed++)
        {
            ulong wiring = seed;
            yield return new SearchCase($"RandWire, 3 stages of 64 nodes, seed {seed}", () => RandWireStages.Create(stages: 3, nodes: 64, wiring));
        }
    }

    private static IEnumerable<SearchCase> Scaling(Arguments arguments) =>
        from operators in Sizes
        where operators >= arguments.Number("--least-operators", 100) && operators <= arguments.Number("--most-operators", 20_000)
        from family in RandomGraphs.Families
        where arguments.Text("--family") is not { } only || string.Equals(only, family.ToString(), StringComparison.OrdinalIgnoreCase)
        select Random(family, operators, 1, GraphTraits.ShuffledOrder);

    private static SearchCase Random(GraphFamily family, int operators, ulong seed, GraphTraits traits = GraphTraits.None) => new(
        string.Create(CultureInfo.InvariantCulture, $"{family}, {operators:N0} operators, {(traits == GraphTraits.None ? "" : "shuffled, ")}seed {seed}"),
        () => RandomGraphs.Create(family, operators, seed, traits));
}
