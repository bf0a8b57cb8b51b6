using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// The name of a model in generated code, such as <c>kws</c>: letters, digits and underscores of ASCII, a letter first. It only ever appears
/// inside longer identifiers (<c>g_kws_model</c>), so keywords are fine.
/// </summary>
internal static class SymbolName
{
    /// <summary>The longest symbol: half of what file systems take for a name, and compilers take any.</summary>
    public const int MaxCharacters = 128;

    /// <summary>
    /// The symbol of a model file: its name without folders and without the last extension, every other character as <c>_</c>, none of these in front, and
    /// a leading digit prefixed by <c>m</c>.
    /// </summary>
    /// <exception cref="TinyReorderException">
    /// <see cref="DiagnosticCodes.BadOption"/>: the name has no letter or digit of ASCII, so nothing of it is left.
    /// </exception>
    public static string FromFileName(string fileName)
    {
        string symbol = Left(fileName);
        return symbol.Length > 0 ? symbol : throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.BadOption,
            $"nothing of the name '{Quote.Text(NameOf(fileName))}' is left as an identifier of C, which has letters and digits of ASCII only: give the "
                + "model a Symbol"));
    }

    /// <summary>Checks a symbol that a user gave and returns it.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>, with a symbol that would do.</exception>
    public static string Validate(string symbol)
    {
        if (symbol.Length is > 0 and <= MaxCharacters && symbol.All(IsAllowed) && !IsDigit(symbol[0]) && symbol[0] != '_')
            return symbol;
        string fault = symbol.Length == 0 ? "Symbol is empty"
            : symbol.Length > MaxCharacters ? $"Symbol is longer than {MaxCharacters} characters"
            : symbol[0] == '_' ? $"Symbol \"{Quote.Text(symbol)}\" begins as names do that C reserves"
            : $"Symbol \"{Quote.Text(symbol)}\" is no C identifier";
        string such = Left(symbol.Replace('.', '_').Replace('/', '_').Replace('\\', '_'));
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.BadOption,
            $"{fault}: use letters, digits and underscores, a letter first, such as \"{(such.Length > 0 ? such : "model")}\""));
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

    /// <summary>What is left of a name; may be empty.</summary>
    private static string Left(string fileName)
    {
        string name = NameOf(fileName);
        int dot = name.LastIndexOf('.');
        if (dot > 0)
            name = name.Substring(0, dot);
        StringBuilder symbol = new();
        for (int i = 0; i < name.Length && symbol.Length < MaxCharacters; i++)
        {
            // A character outside of the basic plane is two UTF-16 units and one underscore.
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
                i++;
            if (symbol.Length == 0 && !IsLetterOrDigit(name[i]))
                continue;
            if (symbol.Length == 0 && IsDigit(name[i]))
                symbol.Append('m');
            symbol.Append(IsAllowed(name[i]) ? name[i] : '_');
        }
        return symbol.ToString();
    }

    private static string NameOf(string fileName) => fileName.Substring(fileName.LastIndexOfAny(['/', '\\']) + 1);

    private static bool IsLetterOrDigit(char c) => c != '_' && IsAllowed(c);

    private static bool IsAllowed(char c) => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') || IsDigit(c);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
