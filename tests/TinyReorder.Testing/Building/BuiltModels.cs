using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Models that several tests use.</summary>
public static class BuiltModels
{
    /// <summary>Each odd layout alone, then all together.</summary>
    public static IReadOnlyList<ModelLayout> Layouts { get; } =
    [
        new(),
        new() { VtablesBehindTables = true },
        new() { EqualOperatorsShareTable = true },
        new() { EqualIndexListsShareVector = true },
        new() { UnknownModelFields = 3 },
        new() { UnknownOperatorFields = 2 },
        new() { EmptyBufferPerTensor = true },
        new() { BuffersOutside = true },
        new() { TrailingBytes = [0x50, 0x4B, 5, 6, .. new byte[18]] },
        new()
        {
            VtablesBehindTables = true, EqualOperatorsShareTable = true, EqualIndexListsShareVector = true, UnknownModelFields = 2, UnknownOperatorFields = 1,
            EmptyBufferPerTensor = true, BuffersOutside = true, TrailingBytes = [1, 2, 3, 4, 5],
        },
    ];

    /// <summary>A convolution, a branch and a softmax; runs on a real interpreter.</summary>
    public static ModelBuilder Small(ulong seed = 1)
    {
        var b = new ModelBuilder(seed);
        ModelTensor x = b.Input("x", [1, 8, 8, 4]);
        ModelTensor trunk = b.Conv2D(x, filters: 8, kernel: 3, stride: 2, fused: Fused.Relu6);
        ModelTensor left = b.DepthwiseConv2D(trunk, kernel: 3);
        ModelTensor right = b.MaxPool(trunk, kernel: 3, stride: 1);
        ModelTensor sum = b.Add(left, right, Fused.Relu);
        ModelTensor pooled = b.Reshape(b.GlobalAveragePool(sum), 1, 8);
        b.Output(b.Softmax(b.FullyConnected(pooled, units: 4)));
        return b;
    }

    /// <summary>Far more between its convolutions than before and behind: as a loop over rows it needs much less.</summary>
    public static ModelBuilder Streamable(ulong seed = 1, int size = 32)
    {
        var b = new ModelBuilder(seed) { Description = "streamable" };
        b.Output(b.Conv2D(b.DepthwiseConv2D(b.Conv2D(b.Input("x", [1, size, size, 1]), 24, 3, 2), 3), 4, 3, 2));
        return b;
    }

    /// <summary>Every layer that int8 networks use; runs on a real interpreter.</summary>
    public static ModelBuilder Runnable(ulong seed = 1)
    {
        var b = new ModelBuilder(seed) { Description = "every layer" };
        ModelTensor x = b.Input("x", [1, 12, 12, 4]);
        x.ShapeSignature = [-1, 12, 12, 4];
        ModelTensor padded = b.Pad(x, (0, 0), (2, 2), (2, 2), (0, 0));
        ModelTensor conv = b.Conv2D(padded, filters: 8, kernel: 3, stride: 2, fused: Fused.Relu6);
        ModelTensor[] halves = b.Split(conv, axis: 3, parts: 2);
        ModelTensor left = b.Mul(b.HardSwish(halves[0]), b.Logistic(halves[1]));
        ModelTensor right = b.LeakyRelu(b.Sub(halves[0], halves[1]));
        ModelTensor joined = b.Concat(3, left, right, b.Relu6(halves[1]), b.Quantize(b.Tanh(b.Relu(halves[0]))));
        ModelTensor depthwise = b.DepthwiseConv2D(joined, kernel: 3, dilation: 2);
        ModelTensor large = b.TransposeConv(b.AveragePool(b.Add(depthwise, joined), 2, 2), filters: 4, kernel: 3);
        ModelTensor resized = b.Maximum(b.ResizeNearestNeighbor(large, 16, 16), b.ResizeBilinear(large, 16, 16));
        ModelTensor cut = b.StridedSlice(resized, [0, 0, 4, 0], [1, 8, 12, 4]);
        ModelTensor turned = b.Minimum(b.Transpose(cut, 0, 2, 1, 3), cut);
        ModelTensor mean = b.Mean(turned, keepDimensions: false, 1, 2);
        ModelTensor scores = b.FullyConnected(b.Quantize(b.Dequantize(mean)), units: 5);
        b.Output(b.Softmax(b.Reshape(scores, 1, 5)), turned);
        b.Signature("serving_default", b);
        return b;
    }

    /// <summary>
    /// Several subgraphs, resource variables, a variable tensor, custom operators, omitted inputs, intermediates, metadata and signatures: for readers and
    /// rewriters, not for an interpreter.
    /// </summary>
    public static ModelBuilder Everything()
    {
        ModelBuilder b = new() { Description = "everything" };
        SubgraphBuilder init = b.Subgraph("init"), then = b.Subgraph("then"), otherwise = b.Subgraph("else");
        init.AssignVariable(init.VarHandle("state"), init.Constant("zeros", [1, 4], TensorType.Int8, new byte[4], Quantization.Activation));
        ModelTensor t = then.Input("a", [1, 4]), e = otherwise.Input("a", [1, 4]);
        then.Output(then.Relu(t));
        otherwise.Output(otherwise.Add(e, e));

        ModelTensor x = b.Input("x", [1, 4]), condition = b.Input("condition", [1], TensorType.Bool);
        b.CallOnce(init);
        ModelTensor handle = b.VarHandle("state");
        ModelTensor before = b.ReadVariable(handle, [1, 4]);
        b.AssignVariable(handle, b.Add(x, before));
        ModelTensor chosen = b.If(condition, then, otherwise, before)[0];
        ModelTensor state = b.Variable("kept", [1, 8]), made = b.Tensor("made", [1, 4]);
        ModelOperator svdf = b.Operator("SVDF", [chosen, b.Constant("w", [8, 4], TensorType.Int8, new byte[32]), null, state], [made],
            new OptionsTable(6, new FlatTableNode().Int32(0, 2)));
        svdf.MutatingInputs = [false, false, false, true];
        ModelTensor custom = b.Tensor("custom", [1, 4]), inside = b.Tensor("inside", [1, 2]);
        b.Custom("MyOperator", [made], [custom], [1, 2, 3]).Intermediates = [inside];
        ModelTensor large = b.Tensor("large", [1, 4]);
        b.Custom("LargeOperator", [custom], [large]).LargeCustomOptions = [9, 8, 7, 6];
        b.Output(large, x);
        b.OfflinePlan(Enumerable.Repeat(-1, b.Subgraphs.Sum(subgraph => subgraph.Tensors.Count)).ToArray());
        b.ControlDependencies([(0, 1), (2, 4)], [], [], []);
        b.Metadata("note", "hello"u8.ToArray());
        b.Signature("main", b);
        b.Signature("negate", otherwise);
        return b;
    }
}
