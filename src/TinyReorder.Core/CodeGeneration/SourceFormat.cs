namespace TinyReorder.CodeGeneration;

/// <summary>How the model's bytes come into the program.</summary>
internal enum SourceFormat
{
    /// <summary>As an array in a C source, which every C and C++ compiler takes.</summary>
    C,

    /// <summary>As a file that an assembler source includes: assembled in no time, whatever the model's size.</summary>
    Incbin,
}
