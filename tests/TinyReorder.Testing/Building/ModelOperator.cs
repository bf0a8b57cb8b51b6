namespace TinyReorder.Tests.Shared;

/// <summary>An operator of a model that is being built.</summary>
public sealed class ModelOperator
{
    /// <summary>The name of the built-in operator, such as CONV_2D; any other name is a custom code.</summary>
    public required string Kind { get; init; }

    /// <summary>What it reads; null stands for an omitted tensor (-1).</summary>
    public required IReadOnlyList<ModelTensor?> Inputs { get; set; }

    public required IReadOnlyList<ModelTensor> Outputs { get; set; }

    public int Version { get; set; } = 1;

    public OptionsTable? Options { get; set; }

    /// <summary>Options of a custom operator; null leaves them out.</summary>
    public byte[]? CustomOptions { get; set; }

    /// <summary>Options of a custom operator that stand behind the flatbuffer; null leaves them out.</summary>
    public byte[]? LargeCustomOptions { get; set; }

    /// <summary>For each input whether the operator changes it; null leaves the list out.</summary>
    public bool[]? MutatingInputs { get; set; }

    public IReadOnlyList<ModelTensor>? Intermediates { get; set; }

    /// <summary>The first output.</summary>
    public ModelTensor Output => Outputs[0];
}
