using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Small random convolutional networks of one element type, which an interpreter can run: chains, residuals, branches, padding of its own operator, rows that
/// are taken out or doubled; odd sizes down to one row, one column and one channel. The same seed and type always give the same file.
/// </summary>
internal sealed class RandomNetworks
{
    private const int MostBlocks = 5, MostElements = 4096;
    private const ulong MostDraws = 1000;

    private readonly ModelBuilder b;
    private readonly Pcg32 random;
    private readonly RandomNetworkLayers layers;

    private RandomNetworks(ulong seed, TensorType type)
    {
        b = new ModelBuilder(seed) { Description = $"random {type} network {seed}" };
        random = new Pcg32(seed);
        layers = new RandomNetworkLayers(b, random, type);
    }

    /// <summary>The file of the network of <paramref name="seed"/>.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="type">Of all activations: <see cref="TensorType.Int8"/>, <see cref="TensorType.Int16"/> or <see cref="TensorType.Float32"/>.</param>
    public static byte[] Create(ulong seed, TensorType type = TensorType.Int8) => Builder(seed, type).Build();

    /// <summary>
    /// The same, as the builder that may be added to. A network whose outputs hardly depend on its input would hide mistakes, and is drawn again.
    /// </summary>
    public static ModelBuilder Builder(ulong seed, TensorType type = TensorType.Int8)
    {
        for (ulong draw = seed * MostDraws; ; draw++)
        {
            var network = new RandomNetworks(draw, type);
            network.Build();
            if (DependsOnInputs(TfliteModel.Load(network.b.Build(), network.b.Description)))
                return network.b;
        }
    }

    /// <summary>Random bytes for each input of the main subgraph: integers of the whole range, floats from -4 to 4.</summary>
    public static byte[][] InputsOf(TfliteModel model, ulong seed)
    {
        var random = new Pcg32(seed);
        return model.Subgraphs[0].Inputs.Select(index => Values(model.Subgraphs[0].Tensors[index])).ToArray();

        byte[] Values(TfliteTensor tensor) => tensor.Type == TensorType.Float32
            ? Enumerable.Range(0, (int)tensor.ElementCount).SelectMany(_ => ModelData.Single(random.Between(-4096, 4096) / 1024f)).ToArray()
            : Enumerable.Range(0, (int)tensor.Bytes).Select(_ => (byte)random.Next()).ToArray();
    }

    /// <summary>Whether other inputs change a quarter of the bytes of each output.</summary>
    private static bool DependsOnInputs(TfliteModel model)
    {
        byte[][] first = ArenaInterpreter.Run(model, InputsOf(model, 1)), second = ArenaInterpreter.Run(model, InputsOf(model, 2));
        return first.Zip(second).All(pair => pair.First.Zip(pair.Second).Count(bytes => bytes.First != bytes.Second) * 4 >= pair.First.Length);
    }

    private void Build()
    {
        ModelTensor x = layers.Input(Size(), Size(), random.OneIn(4) ? 1 : random.Between(2, 6));
        var between = new List<ModelTensor>();
        for (int blocks = random.Between(2, MostBlocks); blocks > 0; blocks--)
        {
            x = Block(x);
            between.Add(x);
        }
        if (random.OneIn(5) && x.Elements / x.Size(3) > 1)
            x = random.OneIn(2) ? b.GlobalAveragePool(x) : layers.Rescaled(b.Mean(x, keepDimensions: true, 1, 2));
        if (b.Outputs.Contains(x) || between.Count == 0)
            x = layers.Convolution(x);
        b.Output(x);
        foreach (ModelTensor more in between.Where(tensor => tensor != x && random.OneIn(8)).Take(2))
            b.Output(more);
    }

    private int Size() => random.OneIn(10) ? 1 : random.Between(2, 17);

    private ModelTensor Block(ModelTensor x) => random.Below(10) switch
    {
        0 or 1 => Residual(x),
        2 or 3 => Branches(x),
        4 => layers.Padded(x),
        5 => layers.Taken(x),
        6 when x.Elements < MostElements / 4 => layers.Enlarged(x),
        _ => Chain(x),
    };

    private ModelTensor Chain(ModelTensor x)
    {
        for (int count = random.Between(1, 3); count > 0; count--)
            x = layers.Any(x);
        return x;
    }

    /// <summary>What the block makes of its input is added to it or multiplied with it.</summary>
    private ModelTensor Residual(ModelTensor x)
    {
        ModelTensor made = x;
        for (int count = random.Between(1, 2); count > 0; count--)
            made = layers.SameShape(made);
        if (random.OneIn(4))
            made = layers.Activation(made);
        return layers.Joined(x, made);
    }

    private ModelTensor Branches(ModelTensor x)
    {
        (int Height, int Width) stride = layers.Stride();
        ModelTensor left = layers.Convolution(random.OneIn(2) ? layers.SameShape(x) : x, stride);
        ModelTensor right = random.OneIn(3)
            ? b.MaxPool(layers.Convolution(x, (1, 1), left.Quantization), layers.Kernel(), stride)
            : layers.Convolution(random.OneIn(2) ? layers.SameShape(x) : x, stride, left.Quantization);
        return b.Concat(3, random.OneIn(2) ? [left, right] : [right, left]);
    }
}
