namespace TinyReorder.Tests.Shared;

/// <summary>What a random graph has besides its wiring.</summary>
[Flags]
public enum GraphTraits
{
    None = 0,

    /// <summary>The file's order is a random valid one instead of the one in which the graph was drawn.</summary>
    ShuffledOrder = 1,

    /// <summary>Some operators write a second tensor that a later one reads.</summary>
    MultipleOutputs = 2,

    /// <summary>Some tensors are read by nobody and are no outputs.</summary>
    DeadOutputs = 4,

    /// <summary>Some operators have to keep the order that they have in the file.</summary>
    Effects = 8,

    /// <summary>Some operators need bytes of their own while they run.</summary>
    ReservedBytes = 16,

    /// <summary>Some tensors have no bytes.</summary>
    ZeroBytes = 32,

    /// <summary>Inputs that nobody reads, inputs that are outputs, inputs that many read, outputs that are read as well.</summary>
    OddEnds = 64,

    /// <summary>All of them.</summary>
    All = 127,
}
