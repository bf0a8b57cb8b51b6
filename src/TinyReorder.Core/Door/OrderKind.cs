namespace TinyReorder;

/// <summary>Which order of the operators the model gets.</summary>
public enum OrderKind
{
    /// <summary>An order of minimal peak.</summary>
    Best,

    /// <summary>The file's order.</summary>
    File,
}
