namespace TinyReorder;

/// <summary>How the model's bytes come into the program.</summary>
public enum SourceKind
{
    /// <summary>As an array in a C source.</summary>
    C,

    /// <summary>As a file that an assembler source includes; both have to lie in one folder.</summary>
    Incbin,
}
