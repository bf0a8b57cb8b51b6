namespace TinyReorder.Tests.Shared;

/// <summary>A part of a FlatBuffer that offsets point to: a table, a vector or a string. Two offsets may point to one node.</summary>
public abstract class FlatNode
{
    /// <summary>The nodes that this one points to, in the order of its fields or elements.</summary>
    internal abstract IEnumerable<FlatNode> Children { get; }

    /// <summary>Appends the node to the file and returns the position that offsets to it name.</summary>
    internal abstract int Write(FlatBufferWriter file);
}
