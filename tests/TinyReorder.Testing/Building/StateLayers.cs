using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Operators whose effects the data flow does not show: control flow, resource variables, custom operators.</summary>
public static class StateLayers
{
    /// <summary>Runs <paramref name="init"/> in the first invocation only.</summary>
    public static ModelOperator CallOnce(this SubgraphBuilder b, SubgraphBuilder init) =>
        b.Operator("CALL_ONCE", [], Array.Empty<ModelTensor>(), new OptionsTable(103, new FlatTableNode().Int32(0, init.Index)));

    /// <summary>Runs one of two subgraphs on <paramref name="inputs"/>; the outputs are shaped like those of <paramref name="then"/>.</summary>
    public static IReadOnlyList<ModelTensor> If(this SubgraphBuilder b, ModelTensor condition, SubgraphBuilder then, SubgraphBuilder otherwise,
        params ModelTensor[] inputs)
    {
        string name = b.NextName("IF");
        ModelTensor[] outputs = then.Outputs.Select((output, i) => b.Tensor($"{name}:{i}", output.Shape, output.Type, output.Quantization)).ToArray();
        b.Operator("IF", [condition, .. inputs], outputs, new OptionsTable(92, new FlatTableNode().Int32(0, then.Index).Int32(1, otherwise.Index)));
        return outputs;
    }

    /// <summary>Runs <paramref name="body"/> on its own outputs for as long as <paramref name="condition"/> says.</summary>
    public static IReadOnlyList<ModelTensor> While(this SubgraphBuilder b, SubgraphBuilder condition, SubgraphBuilder body, params ModelTensor[] inputs)
    {
        string name = b.NextName("WHILE");
        ModelTensor[] outputs = inputs.Select((input, i) => b.Tensor($"{name}:{i}", input.Shape, input.Type, input.Quantization)).ToArray();
        b.Operator("WHILE", inputs, outputs, new OptionsTable(93, new FlatTableNode().Int32(0, condition.Index).Int32(1, body.Index)));
        return outputs;
    }

    /// <summary>The handle of the resource variable <paramref name="sharedName"/>.</summary>
    public static ModelTensor VarHandle(this SubgraphBuilder b, string sharedName)
    {
        ModelTensor handle = b.Tensor(b.NextName("VAR_HANDLE"), [1], TensorType.Resource);
        return b.Operator("VAR_HANDLE", [], [handle], new OptionsTable(111, new FlatTableNode().Text(1, sharedName))).Output;
    }

    internal static ModelTensor ReadVariable(this SubgraphBuilder b, ModelTensor handle, int[] shape, TensorType type = TensorType.Int8)
    {
        ModelTensor value = b.Tensor(b.NextName("READ_VARIABLE"), shape, type);
        return b.Operator("READ_VARIABLE", [handle], [value], new OptionsTable(112, new FlatTableNode())).Output;
    }

    public static ModelOperator AssignVariable(this SubgraphBuilder b, ModelTensor handle, ModelTensor value) =>
        b.Operator("ASSIGN_VARIABLE", [handle, value], Array.Empty<ModelTensor>(), new OptionsTable(113, new FlatTableNode()));

    /// <summary>An operator that the schema does not have.</summary>
    public static ModelOperator Custom(this SubgraphBuilder b, string code, IReadOnlyList<ModelTensor> inputs, IReadOnlyList<ModelTensor> outputs,
        byte[]? options = null)
    {
        ModelOperator added = b.Operator(code, inputs, outputs);
        added.CustomOptions = options;
        return added;
    }
}
