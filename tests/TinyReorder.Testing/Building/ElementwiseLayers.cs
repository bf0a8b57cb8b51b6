using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Layers that work element by element.</summary>
public static class ElementwiseLayers
{
    public static ModelTensor Add(this SubgraphBuilder b, ModelTensor left, ModelTensor right, Fused fused = Fused.None) =>
        b.Operator("ADD", [left, right], Larger(left, right), new OptionsTable(11, new FlatTableNode().Byte(0, (int)fused)), version: 2);

    public static ModelTensor Sub(this SubgraphBuilder b, ModelTensor left, ModelTensor right, Fused fused = Fused.None) =>
        b.Operator("SUB", [left, right], Larger(left, right), new OptionsTable(28, new FlatTableNode().Byte(0, (int)fused)), version: 2);

    public static ModelTensor Mul(this SubgraphBuilder b, ModelTensor left, ModelTensor right, Fused fused = Fused.None) =>
        b.Operator("MUL", [left, right], Larger(left, right), new OptionsTable(21, new FlatTableNode().Byte(0, (int)fused)), version: 2);

    public static ModelTensor Maximum(this SubgraphBuilder b, ModelTensor left, ModelTensor right) =>
        b.Operator("MAXIMUM", [left, right], Larger(left, right), new OptionsTable(39, new FlatTableNode()), version: 2);

    public static ModelTensor Minimum(this SubgraphBuilder b, ModelTensor left, ModelTensor right) =>
        b.Operator("MINIMUM", [left, right], Larger(left, right), new OptionsTable(39, new FlatTableNode()), version: 2);

    public static ModelTensor Relu(this SubgraphBuilder b, ModelTensor input) => b.Operator("RELU", [input], input.Shape, version: 2);

    public static ModelTensor Relu6(this SubgraphBuilder b, ModelTensor input) => b.Operator("RELU6", [input], input.Shape, version: 2);

    public static ModelTensor HardSwish(this SubgraphBuilder b, ModelTensor input) =>
        b.Operator("HARD_SWISH", [input], input.Shape, new OptionsTable(91, new FlatTableNode()));

    public static ModelTensor LeakyRelu(this SubgraphBuilder b, ModelTensor input, float alpha = 0.125f) =>
        b.Operator("LEAKY_RELU", [input], input.Shape, new OptionsTable(75, new FlatTableNode().Single(0, alpha)), version: 2);

    public static ModelTensor Logistic(this SubgraphBuilder b, ModelTensor input) =>
        b.Operator("LOGISTIC", [input], input.Shape, version: 2, quantization: input.Type == TensorType.Int8 ? Quantization.Probability : null);

    public static ModelTensor Tanh(this SubgraphBuilder b, ModelTensor input) =>
        b.Operator("TANH", [input], input.Shape, version: 2, quantization: input.Type == TensorType.Int8 ? new Quantization(1f / 128, 0) : null);

    public static ModelTensor Softmax(this SubgraphBuilder b, ModelTensor input) =>
        b.Operator("SOFTMAX", [input], input.Shape, new OptionsTable(9, new FlatTableNode().Single(0, 1)), version: 2,
            quantization: input.Type == TensorType.Int8 ? Quantization.Probability : null);

    /// <summary>Changes the element type or the quantization to <paramref name="quantization"/>.</summary>
    internal static ModelTensor Quantize(this SubgraphBuilder b, ModelTensor input, TensorType type = TensorType.Int8, Quantization? quantization = null)
    {
        ModelTensor output = b.Tensor(b.NextName("QUANTIZE"), input.Shape, type, quantization);
        return b.Operator("QUANTIZE", [input], [output], new OptionsTable(89, new FlatTableNode())).Output;
    }

    /// <summary>Changes the element type to float32.</summary>
    public static ModelTensor Dequantize(this SubgraphBuilder b, ModelTensor input)
    {
        ModelTensor output = b.Tensor(b.NextName("DEQUANTIZE"), input.Shape, TensorType.Float32);
        return b.Operator("DEQUANTIZE", [input], [output], new OptionsTable(38, new FlatTableNode()), version: 2).Output;
    }

    private static int[] Larger(ModelTensor left, ModelTensor right) => left.Elements >= right.Elements ? left.Shape : right.Shape;
}
