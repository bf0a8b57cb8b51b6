namespace TinyReorder.Reports;

/// <summary>What takes memory: a tensor by what it is to its subgraph, or a scratch buffer.</summary>
internal enum TensorRole
{
    /// <summary>An activation between operators.</summary>
    Activation,

    /// <summary>An input of the subgraph.</summary>
    Input,

    /// <summary>An output of the subgraph.</summary>
    Output,

    /// <summary>A scratch buffer of an operator.</summary>
    Scratch,
}
