using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// The name of a model in generated code, such as <c>kws</c>: letters, digits and underscores of ASCII, not beginning with a digit. It only ever appears
/// inside longer identifiers (<c>g_kws_model</c>), so keywords and reserved names are fine.
/// </summary>
public static class SymbolName
{
    /// <summary>The longest symbol: half of what file systems take for a name, and compilers take any.</summary>
    public const int MaxCharacters = 128;

    /// <summary>
    /// The symbol of a model file: its name without folders and without the last extension, every other character as <c>_</c>, a leading digit prefixed by
    /// <c>m</c>. A name without any character gives <c>model</c>.
    /// </summary>
    public static string FromFileName(string fileName)
    {
        string name = fileName.Substring(fileName.LastIndexOfAny(['/', '\\']) + 1);
        int dot = name.LastIndexOf('.');
        if (dot > 0)
            name = name.Substring(0, dot);
        StringBuilder symbol = new();
        for (int i = 0; i < name.Length && symbol.Length < MaxCharacters; i++)
        {
            // A character outside of the basic plane is two UTF-16 units and one underscore.
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
                i++;
            if (symbol.Length == 0 && IsDigit(name[i]))
                symbol.Append('m');
            symbol.Append(IsAllowed(name[i]) ? name[i] : '_');
        }
        return symbol.Length == 0 ? "model" : symbol.ToString();
    }

    /// <summary>Checks a symbol that a user gave and returns it.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>, with a symbol that would do.</exception>
    public static string Validate(string symbol)
    {
        if (symbol.Length is > 0 and <= MaxCharacters && symbol.All(IsAllowed) && !IsDigit(symbol[0]))
            return symbol;
        string fault = symbol.Length == 0 ? "Symbol is empty"
            : symbol.Length > MaxCharacters ? $"Symbol is longer than {MaxCharacters} characters"
            : $"Symbol \"{OneLine(symbol)}\" is no C identifier";
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.BadOption,
            $"{fault}: use letters, digits and underscores, no digit first, "
            + $"such as \"{FromFileName(symbol.Replace('.', '_').Replace('/', '_').Replace('\\', '_'))}\""));
    }

    /// <summary>The symbol as it stands in constants: <c>kws_v2</c> gives <c>KwsV2</c>.</summary>
    internal static string ToCamel(string symbol)
    {
        StringBuilder camel = new();
        bool atStart = true;
        foreach (char c in symbol)
        {
            if (c != '_')
                camel.Append(atStart ? char.ToUpperInvariant(c) : c);
            atStart = c == '_';
        }
        return camel.ToString();
    }

    /// <summary>The symbol as it stands in macros: <c>kws_v2</c> gives <c>KWS_V2</c>.</summary>
    internal static string ToMacro(string symbol) => symbol.ToUpper(CultureInfo.InvariantCulture);

    private static string OneLine(string text) => new(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c).ToArray());

    private static bool IsAllowed(char c) => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') || IsDigit(c);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
