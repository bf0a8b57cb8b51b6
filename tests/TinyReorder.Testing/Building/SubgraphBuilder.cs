using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// A subgraph that is being built. Operators run in the order in which they are added. Layers with weights and options are extension methods
/// (<see cref="ConvolutionLayers"/>, <see cref="ElementwiseLayers"/>, <see cref="ShapeLayers"/>, <see cref="StateLayers"/>).
/// </summary>
public class SubgraphBuilder
{
    private readonly List<ModelTensor> tensors = [];
    private readonly List<ModelTensor> inputs = [];
    private readonly List<ModelTensor> outputs = [];
    private readonly List<ModelOperator> operators = [];

    private protected SubgraphBuilder(ModelBuilder? model, string name)
    {
        Model = model ?? (ModelBuilder)this;
        Name = name;
    }

    public ModelBuilder Model { get; }

    public string Name { get; set; }

    /// <summary>Its index in the model.</summary>
    public int Index { get; internal init; }

    public IReadOnlyList<ModelTensor> Tensors => tensors;

    public IReadOnlyList<ModelTensor> Inputs => inputs;

    public IReadOnlyList<ModelTensor> Outputs => outputs;

    public IReadOnlyList<ModelOperator> Operators => operators;

    /// <summary>Adds an activation. Int8 gets <see cref="Quantization.Activation"/> unless another is given.</summary>
    internal ModelTensor Tensor(string name, int[] shape, TensorType type = TensorType.Int8, Quantization? quantization = null)
    {
        var tensor = new ModelTensor
        {
            Subgraph = this,
            Index = tensors.Count,
            Name = name,
            Shape = shape,
            Type = type,
            Quantization = quantization ?? (type == TensorType.Int8 ? Quantization.Activation : null),
        };
        tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Adds an activation that the caller fills.</summary>
    internal ModelTensor Input(string name, int[] shape, TensorType type = TensorType.Int8, Quantization? quantization = null)
    {
        ModelTensor tensor = Tensor(name, shape, type, quantization);
        inputs.Add(tensor);
        return tensor;
    }

    /// <summary>Adds a tensor that keeps its value between invocations (is_variable).</summary>
    internal ModelTensor Variable(string name, int[] shape, TensorType type = TensorType.Int8, Quantization? quantization = null)
    {
        ModelTensor tensor = Tensor(name, shape, type, quantization);
        tensor.IsVariable = true;
        return tensor;
    }

    /// <summary>Adds a constant.</summary>
    internal ModelTensor Constant(string name, int[] shape, TensorType type, byte[] data, Quantization? quantization = null)
    {
        ModelTensor tensor = Tensor(name, shape, type, quantization);
        tensor.Data = data;
        return tensor;
    }

    /// <summary>Adds a constant list of int32, such as the paddings of PAD.</summary>
    public ModelTensor Int32s(string name, params int[] values) => Constant(name, [values.Length], TensorType.Int32, ModelData.Int32s(values));

    /// <summary>Makes tensors outputs, in this order behind those there are.</summary>
    public void Output(params ModelTensor[] more) => outputs.AddRange(more);

    /// <summary>Adds the operator that runs next.</summary>
    public ModelOperator Operator(string kind, IReadOnlyList<ModelTensor?> inputs, IReadOnlyList<ModelTensor> outputs, OptionsTable? options = null,
        int version = 1)
    {
        var added = new ModelOperator { Kind = kind, Inputs = inputs, Outputs = outputs, Options = options, Version = version };
        operators.Add(added);
        return added;
    }

    /// <summary>Adds the operator that runs next, with one new output, and returns the output.</summary>
    public ModelTensor Operator(string kind, IReadOnlyList<ModelTensor?> inputs, int[] outputShape, OptionsTable? options = null, int version = 1,
        Quantization? quantization = null)
    {
        ModelTensor like = inputs[0]!;
        ModelTensor output = Tensor(NextName(kind), outputShape, like.Type, quantization ?? like.Quantization);
        Operator(kind, inputs, [output], options, version);
        return output;
    }

    /// <summary>Puts the operators in another order: order[i] is the present index of the one that runs i-th.</summary>
    public void Reorder(IReadOnlyList<int> order)
    {
        ModelOperator[] before = [.. operators];
        for (int i = 0; i < before.Length; i++)
            operators[i] = before[order[i]];
    }

    /// <summary>A name for what the next operator writes.</summary>
    internal string NextName(string kind) => $"{kind}_{operators.Count}";
}
