namespace TinyReorder;

/// <summary>The files that a firmware is built with, in UTF-8 with line feeds.</summary>
public sealed class GeneratedCode
{
    internal GeneratedCode(string symbol, NamedFile header, NamedFile source) => (Symbol, Header, Source) = (symbol, header, source);

    /// <summary>What files and identifiers are made of.</summary>
    public string Symbol { get; }

    /// <summary>The C header with the model's declaration and the size of its arena.</summary>
    public NamedFile Header { get; }

    /// <summary>The C source, or the assembler source of <see cref="SourceKind.Incbin"/>.</summary>
    public NamedFile Source { get; }

    /// <summary>The C++ header that registers the operators; null where there is none.</summary>
    public NamedFile? OpResolver { get; internal init; }

    /// <summary>The model that the assembler source includes; null for a C source, which holds it.</summary>
    public NamedFile? Model { get; internal init; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<NamedFile> Files => [.. new[] { Header, Source, OpResolver, Model }.OfType<NamedFile>()];
}
