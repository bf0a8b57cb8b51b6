using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Adds random layers to a subgraph, each on tensors that are there; all of them have the same quantization.</summary>
internal sealed class RandomLayers(SubgraphBuilder b, Pcg32 random)
{
    private const int MostElements = 4096;
    private static readonly int[] StateShape = [1, 4, 4, 2];

    private readonly List<ModelTensor> known = [];

    public void AddInput() => known.Add(b.Input($"input{b.Inputs.Count}", [1, random.Between(2, 10), random.Between(2, 10), random.Between(1, 6)]));

    public void Know(ModelTensor tensor) => known.Add(tensor);

    /// <summary>Late tensors are taken more often, so that the graphs are deep as well as wide.</summary>
    public ModelTensor Pick() => random.OneIn(3) ? random.Pick(known) : known[Math.Max(0, known.Count - 1 - random.Below(4))];

    public void AddOutputs(int count)
    {
        b.Output(known[^1]);
        for (int i = 1; i < count; i++)
        {
            ModelTensor more = random.Pick(known);
            if (!b.Outputs.Contains(more))
                b.Output(more);
        }
    }

    public void Add()
    {
        ModelTensor x = Pick(), y = known.LastOrDefault(tensor => tensor != x && tensor.Shape.SequenceEqual(x.Shape)) ?? x;
        bool isSmall = x.Elements <= MostElements;
        switch (random.Below(18))
        {
            case 0 or 1 when isSmall: known.Add(b.Conv2D(x, random.Between(1, 8), random.Pick([1, 1, 3, 5]), random.Between(1, 2))); break;
            case 2 when isSmall: known.Add(b.DepthwiseConv2D(x, 3, random.Between(1, 2), multiplier: random.Between(1, 2))); break;
            case 3: AddFullyConnected(x); break;
            case 4 or 5: known.Add(b.Add(x, y)); break;
            case 6: known.Add(b.Mul(x, y)); break;
            case 7: known.Add(b.Maximum(x, y)); break;
            case 8 or 9 when isSmall: known.Add(Concat(x)); break;
            case 10: known.Add(random.OneIn(2) ? b.MaxPool(x, 2, 2) : b.AveragePool(x, 2, 1)); break;
            case 11: known.Add(b.Mean(x, keepDimensions: true, 1, 2)); break;
            case 12: known.Add(b.Quantize(random.OneIn(2) ? b.Softmax(x) : b.Logistic(x))); break;
            case 13 when x.Size(3) % 2 == 0: known.AddRange(b.Split(x, 3, 2)); break;
            case 14 when isSmall: known.Add(b.Pad(x, (0, 0), (1, 1), (0, 1), (0, 0))); break;
            case 15: known.Add(b.Transpose(x, 0, 2, 1, 3)); break;
            case 16 when x.Size(1) > 2: known.Add(b.StridedSlice(x, [0, 1, 0, 0], [1, x.Size(1), x.Size(2), x.Size(3)])); break;
            case 17 when isSmall: known.Add(b.ResizeNearestNeighbor(x, x.Size(1) + 1, x.Size(2) + 1)); break;
            default: known.Add(b.LeakyRelu(x)); break;
        }
    }

    /// <summary>An operator with a variable tensor.</summary>
    public void AddSvdf()
    {
        const int Memory = 3;
        ModelTensor x = Pick();
        int units = random.Between(1, 5), filters = units * 2;
        ModelTensor flat = b.Reshape(x, 1, x.Elements), output = b.Tensor(b.NextName("SVDF"), [1, units]);
        ModelTensor state = b.Variable(b.NextName("state"), [1, Memory * filters], TensorType.Int16, new Quantization(1f / 64, 0));
        ModelTensor features = b.Constant(b.NextName("features"), [filters, x.Elements], TensorType.Int8, Bytes(filters * x.Elements),
            new Quantization(1f / 256, 0));
        ModelTensor times = b.Constant(b.NextName("times"), [filters, Memory], TensorType.Int16, Bytes(2 * filters * Memory), new Quantization(1f / 32768, 0));
        ModelTensor bias = b.Constant(b.NextName("bias"), [units], TensorType.Int32, new byte[4 * units], new Quantization(1f / (64 * 32768), 0));
        b.Operator("SVDF", [flat, features, times, bias, state], [output], new OptionsTable(6, new FlatTableNode().Int32(0, 2)
            .Byte(1, (int)Fused.Relu)), version: 3).MutatingInputs = [false, false, false, false, true];
        known.Add(b.Reshape(output, 1, 1, 1, units));
    }

    /// <summary>A subgraph that gives the resource variable its first value.</summary>
    public void AddInitialization()
    {
        SubgraphBuilder init = b.Model.Subgraph("init");
        ModelTensor first = init.Constant("first", StateShape, TensorType.Int8, new byte[32], Quantization.Activation);
        init.AssignVariable(init.VarHandle("kept"), first);
        b.CallOnce(init);
    }

    /// <summary>Reads the resource variable and gives it a new value.</summary>
    public void AddResourceUpdate()
    {
        ModelTensor handle = b.VarHandle("kept"), old = b.ReadVariable(handle, StateShape);
        ModelTensor x = known.LastOrDefault(tensor => tensor.Shape.SequenceEqual(StateShape)) ?? b.ResizeNearestNeighbor(b.Conv2D(Pick(), 2), 4, 4);
        ModelTensor next = b.Add(old, x);
        b.AssignVariable(handle, next);
        known.Add(next);
    }

    private void AddFullyConnected(ModelTensor x)
    {
        int units = random.Between(1, 20);
        known.Add(b.Reshape(b.FullyConnected(b.Reshape(x, 1, x.Elements), units), 1, 1, 1, units));
    }

    private ModelTensor Concat(ModelTensor x)
    {
        ModelTensor[] others = known.Where(tensor => tensor != x && tensor.Size(1) == x.Size(1) && tensor.Size(2) == x.Size(2)).Take(2).ToArray();
        return others.Length == 0 ? b.Concat(3, x, x) : b.Concat(3, [x, .. others]);
    }

    private byte[] Bytes(int count) => Enumerable.Range(0, count).Select(_ => (byte)random.Next()).ToArray();
}
