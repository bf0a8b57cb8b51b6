namespace TinyReorder.Tflite;

/// <summary>
/// A TensorFlow Lite model, read from its bytes with every offset checked. The bytes stay what they were: the rewriter permutes a copy of them.
/// </summary>
internal sealed class TfliteModel
{
    private HashSet<int>? writtenBuffers;

    internal TfliteModel(byte[] bytes, string name)
    {
        Bytes = bytes;
        Name = name;
    }

    /// <summary>The name by which diagnostics speak of the file.</summary>
    public string Name { get; }

    /// <summary>The whole file. Not to be written to.</summary>
    public byte[] Bytes { get; }

    /// <summary>Every subgraph; at least one.</summary>
    public IReadOnlyList<TfliteSubgraph> Subgraphs { get; internal init; } = [];

    /// <summary>Every metadata entry.</summary>
    public IReadOnlyList<TfliteMetadata> Metadata { get; internal init; } = [];

    /// <summary>The number of buffers.</summary>
    public int BufferCount => Buffers.Count;

    /// <summary>
    /// Pairs of operators (before, after) in the file's order that metadata tells to keep, a list for each subgraph; empty when there are none.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(int Before, int After)>> ControlDependencies { get; internal set; } = [];

    internal IReadOnlyList<TfliteBuffer> Buffers { get; init; } = [];

    /// <summary>Where absolute 64-bit offsets of large custom options stand.</summary>
    internal IReadOnlyList<int> AbsoluteOffsetFields { get; init; } = [];

    /// <summary>Buffers with data in the file that some operator writes over: to a reader they are no constants.</summary>
    internal HashSet<int> WrittenBuffers => writtenBuffers ??= [.. Subgraphs
        .SelectMany(subgraph => subgraph.Operators.SelectMany(op => op.Outputs).Where(t => t >= 0).Select(t => subgraph.Tensors[t]))
        .Where(tensor => tensor.IsConstant)
        .Select(tensor => tensor.Buffer)];

    internal FlatTable Root { get; init; }

    /// <summary>The bytes of the buffer numbered <paramref name="buffer"/> inside the file; empty when it has none.</summary>
    public ArraySegment<byte> BufferBytes(int buffer)
    {
        TfliteBuffer found = buffer >= 0 && buffer < Buffers.Count ? Buffers[buffer] : default;
        return new ArraySegment<byte>(Bytes, found.Start, found.Length);
    }

    /// <summary>
    /// Reads a model.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What diagnostics call it, such as the path as the user wrote it.</param>
    /// <exception cref="Diagnostics.TinyReorderException">The bytes are no valid model: one TINY2xxx diagnostic.</exception>
    public static TfliteModel Load(byte[] bytes, string name) => new TfliteModelLoader(bytes, name).Load();
}
