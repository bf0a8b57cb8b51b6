namespace TinyReorder.CodeGeneration;

/// <summary>What the generated files of a model and the identifiers in them are called.</summary>
public sealed class GeneratedNames
{
    /// <summary>The names for a symbol that <see cref="SymbolName"/> made or accepted.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">The symbol is no identifier.</exception>
    public GeneratedNames(string symbol)
    {
        Symbol = SymbolName.Validate(symbol);
        Camel = SymbolName.ToCamel(symbol);
        Macro = SymbolName.ToMacro(symbol);
    }

    /// <summary>The symbol, such as <c>kws_v2</c>.</summary>
    public string Symbol { get; }

    /// <summary>The symbol inside constants, such as <c>KwsV2</c>.</summary>
    public string Camel { get; }

    /// <summary>The symbol inside macros, such as <c>KWS_V2</c>.</summary>
    public string Macro { get; }

    /// <summary>The header's file name, such as <c>kws_v2.h</c>.</summary>
    public string HeaderFile => Symbol + ".h";

    /// <summary>The source's file name, such as <c>kws_v2.c</c>.</summary>
    public string SourceFile => Symbol + ".c";

    /// <summary>The include guard, such as <c>TINYREORDER_KWS_V2_H</c>.</summary>
    public string IncludeGuard => $"TINYREORDER_{Macro}_H";

    /// <summary>The array of the model's bytes, such as <c>g_kws_v2_model</c>.</summary>
    public string ModelArray => $"g_{Symbol}_model";

    /// <summary>The array's length, such as <c>g_kws_v2_model_len</c>.</summary>
    public string ModelLength => $"g_{Symbol}_model_len";

    /// <summary>The arena's size, such as <c>kKwsV2TensorArenaSize</c>.</summary>
    public string ArenaConstant => $"k{Camel}TensorArenaSize";

    /// <summary>
    /// Whether the files or the identifiers of two models would clash where both are built into one program: file systems that ignore case, macros
    /// (<c>kws</c> and <c>KWS</c>) and constants (<c>kws_v2</c> and <c>kwsV2</c>) included.
    /// </summary>
    public bool ClashesWith(GeneratedNames other) =>
        string.Equals(Macro, other.Macro, StringComparison.Ordinal) || string.Equals(Camel, other.Camel, StringComparison.Ordinal);
}
