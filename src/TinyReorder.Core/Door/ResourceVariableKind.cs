namespace TinyReorder;

/// <summary>Where the program keeps resource variables (<c>MicroResourceVariables</c>).</summary>
public enum ResourceVariableKind
{
    /// <summary>In an arena of their own: <see cref="ReorderedModel.ArenaBytes"/> leaves them out.</summary>
    Separate,

    /// <summary>In the arena of the interpreter: <see cref="ReorderedModel.ArenaBytes"/> holds them too.</summary>
    Shared,
}
