namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>What is done to a good plan.</summary>
internal enum MutantKind
{
    /// <summary>A buffer lies 16 bytes further up or down.</summary>
    MovedBy16,

    /// <summary>The buffers are placed anew as if one of them died a moment earlier, or were born a moment later, than it does.</summary>
    ShorterLife,

    /// <summary>Two operators of which one reads what the other writes change places.</summary>
    DependentSwapped,

    /// <summary>Two accesses to one variable, of which at least one writes it, change places.</summary>
    VariableSwapped,
}
