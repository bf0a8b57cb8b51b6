namespace TinyReorder.Tflite;

/// <summary>An operator of a subgraph as the file describes it.</summary>
internal sealed class TfliteOperator
{
    /// <summary>Its index in the file's order.</summary>
    public required int Index { get; init; }

    /// <summary>Its number in <see cref="BuiltinOperators"/>.</summary>
    public required int Code { get; init; }

    /// <summary>The number in the schema's newer 32-bit field alone; 0 in files from before that field, whose number stands in the older one.</summary>
    public required int LongCode { get; init; }

    /// <summary>The custom code where <see cref="Code"/> is <see cref="BuiltinOperators.Custom"/>, else empty.</summary>
    public required string CustomCode { get; init; }

    /// <summary>The version of the operator that the file asks for.</summary>
    public required int Version { get; init; }

    /// <summary>Tensor indices that it reads; -1 stands for an omitted one.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Tensor indices that it writes; -1 stands for an omitted one.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Tensor indices of what it keeps between its own steps; -1 stands for an omitted one.</summary>
    public required IReadOnlyList<int> Intermediates { get; init; }

    /// <summary>Whether the file says that it changes one of its inputs.</summary>
    public required bool MutatesInputs { get; init; }

    /// <summary>Its options as the schema's table for its kind has them, read field by field.</summary>
    public required OperatorOptions Options { get; init; }

    /// <summary>What it is called: the name of the built-in operator, or the custom code.</summary>
    public string Kind => Code == BuiltinOperators.Custom && CustomCode.Length > 0 ? CustomCode : BuiltinOperators.NameOf(Code);

    /// <summary>Whether it is a custom operator.</summary>
    public bool IsCustom => Code == BuiltinOperators.Custom;
}
