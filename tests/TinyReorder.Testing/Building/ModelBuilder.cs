namespace TinyReorder.Tests.Shared;

/// <summary>
/// Builds the bytes of a .tflite file; itself the main subgraph. The same calls always give the same bytes.
/// <code>
/// var b = new ModelBuilder();
/// ModelTensor x = b.Input("x", [1, 8, 8, 4]);
/// b.Output(b.Conv2D(x, filters: 8, kernel: 3));
/// byte[] file = b.Build();
/// </code>
/// </summary>
public sealed class ModelBuilder : SubgraphBuilder
{
    private readonly List<SubgraphBuilder> subgraphs = [];
    private readonly List<(string Name, byte[] Data)> metadata = [];
    private readonly List<ModelSignature> signatures = [];

    /// <param name="seed">Decides the random weights.</param>
    public ModelBuilder(ulong seed = 1) : base(null, "main")
    {
        Weights = new WeightSource(seed);
        subgraphs.Add(this);
    }

    public string Description { get; set; } = "";

    public ModelLayout Layout { get; set; } = new();

    public IReadOnlyList<SubgraphBuilder> Subgraphs => subgraphs;

    public IReadOnlyList<(string Name, byte[] Data)> MetadataEntries => metadata;

    public IReadOnlyList<ModelSignature> Signatures => signatures;

    /// <summary>Where the layers take their weights from.</summary>
    public WeightSource Weights { get; }

    /// <summary>Adds a further subgraph.</summary>
    public SubgraphBuilder Subgraph(string name)
    {
        var added = new CalledSubgraph(this, name) { Index = subgraphs.Count };
        subgraphs.Add(added);
        return added;
    }

    public void Metadata(string name, byte[] data) => metadata.Add((name, data));

    /// <summary>
    /// The metadata entry by which TensorFlow Lite Micro takes over offsets: one for each tensor of all subgraphs, -1 for those it shall place itself.
    /// </summary>
    public void OfflinePlan(params int[] offsets) => Metadata("OfflineMemoryAllocation", ModelData.Int32s([1, 0, offsets.Length, .. offsets]));

    /// <summary>The metadata entry that names pairs of operators which must keep their order, a list for each subgraph.</summary>
    public void ControlDependencies(params (int Before, int After)[][] pairs)
    {
        var bytes = new List<byte>();
        Varint(bytes, 1);
        Varint(bytes, (uint)pairs.Length);
        foreach ((int Before, int After)[] ofSubgraph in pairs)
        {
            Varint(bytes, (uint)ofSubgraph.Length);
            foreach ((int before, int after) in ofSubgraph)
            {
                Varint(bytes, ZigZag(before));
                Varint(bytes, ZigZag(after));
            }
        }
        Metadata("model_control_dependencies", [.. bytes]);
    }

    /// <summary>Names inputs and outputs of a subgraph for callers.</summary>
    public void Signature(string key, SubgraphBuilder subgraph) => signatures.Add(new ModelSignature(key, subgraph));

    /// <summary>The file.</summary>
    public byte[] Build() => new ModelSerializer(this).Serialize();

    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    private static void Varint(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    private sealed class CalledSubgraph(ModelBuilder model, string name) : SubgraphBuilder(model, name);
}
