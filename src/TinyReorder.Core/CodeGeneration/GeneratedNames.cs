namespace TinyReorder.CodeGeneration;

/// <summary>What the generated files of a model and the identifiers in them are called.</summary>
internal sealed class GeneratedNames
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

    /// <summary>The assembler source's file name, such as <c>kws_v2.S</c>.</summary>
    public string AssemblyFile => Symbol + ".S";

    /// <summary>The reordered model's file name, such as <c>kws_v2.tflite</c>.</summary>
    public string ModelFile => Symbol + ".tflite";

    /// <summary>The file name of the header that registers the operators, such as <c>kws_v2_ops.h</c>.</summary>
    public string OpResolverFile => Symbol + "_ops.h";

    /// <summary>The include guard of the header that registers the operators, such as <c>TINYREORDER_KWS_V2_OPS_H</c>.</summary>
    public string OpResolverGuard => $"TINYREORDER_{Macro}_OPS_H";

    /// <summary>The type of the resolver, such as <c>KwsV2OpResolver</c>.</summary>
    public string OpResolverClass => (Camel.Length > 0 && Camel[0] is >= '0' and <= '9' ? "Model" : "") + Camel + "OpResolver";

    /// <summary>The function that registers the operators, such as <c>AddKwsV2Operators</c>.</summary>
    public string OpResolverFunction => $"Add{Camel}Operators";

    /// <summary>The include guard, such as <c>TINYREORDER_KWS_V2_H</c>.</summary>
    public string IncludeGuard => $"TINYREORDER_{Macro}_H";

    /// <summary>The array of the model's bytes, such as <c>g_kws_v2_model</c>.</summary>
    public string ModelArray => $"g_{Symbol}_model";

    /// <summary>The array's length, such as <c>g_kws_v2_model_len</c>.</summary>
    public string ModelLength => $"g_{Symbol}_model_len";

    /// <summary>The arena where it is generated, such as <c>g_kws_v2_tensor_arena</c>.</summary>
    public string ArenaArray => $"g_{Symbol}_tensor_arena";

    /// <summary>The arena's size, such as <c>kKwsV2TensorArenaSize</c>.</summary>
    public string ArenaConstant => $"k{Camel}TensorArenaSize";

    /// <summary>The constant of what of the arena is free between two inferences.</summary>
    public string LendableConstant => $"k{Camel}LendableBytes";

    /// <summary>What <c>arena_used_bytes()</c> answers, such as <c>kKwsV2ArenaUsedBytes</c>.</summary>
    public string ArenaUsedConstant => $"k{Camel}ArenaUsedBytes";

    /// <summary>The number of resource variables, such as <c>kKwsV2ResourceVariableCount</c>.</summary>
    public string ResourceVariableCountConstant => $"k{Camel}ResourceVariableCount";

    /// <summary>The arena for resource variables alone, such as <c>kKwsV2ResourceVariableArenaSize</c>.</summary>
    public string ResourceVariableArenaConstant => $"k{Camel}ResourceVariableArenaSize";

    /// <summary>The file name of the self test, such as <c>kws_v2_selftest.cpp</c>.</summary>
    public string SelfTestFile => Symbol + "_selftest.cpp";

    /// <summary>The header with the registrations of custom operators that the self test includes, such as <c>kws_v2_custom_operators.h</c>.</summary>
    public string CustomOperatorsFile => Symbol + "_custom_operators.h";

    /// <summary>The file with the model's bytes.</summary>
    public string SourceFileOf(SourceFormat format) => format == SourceFormat.Incbin ? AssemblyFile : SourceFile;

    /// <summary>
    /// Whether another model's files or identifiers would clash with the header that registers this one's operators: <c>kws</c> and <c>kws_ops</c>.
    /// </summary>
    public bool OpResolverClashesWith(GeneratedNames other) => string.Equals(Macro + "_OPS", other.Macro, StringComparison.Ordinal);

    /// <summary>
    /// Whether the files or the identifiers of two models would clash where both are built into one program: file systems that ignore case, macros
    /// (<c>kws</c> and <c>KWS</c>) and constants (<c>kws_v2</c> and <c>kwsV2</c>) included.
    /// </summary>
    public bool ClashesWith(GeneratedNames other) =>
        string.Equals(Macro, other.Macro, StringComparison.Ordinal) || string.Equals(Camel, other.Camel, StringComparison.Ordinal);
}
