namespace TinyReorder.Planning;

/// <summary>Where the program keeps resource variables (<c>MicroResourceVariables</c>).</summary>
internal enum ResourceVariableChoice
{
    /// <summary>In an arena of their own: the constant leaves them out.</summary>
    Separate,

    /// <summary>In the arena of the interpreter: the constant holds them too.</summary>
    Shared,
}
