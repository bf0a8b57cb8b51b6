using System.Text;
using System.Text.RegularExpressions;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// A template's text, checked before the engine compiles it. The engine recurses over nested blocks, takes a millisecond an expression, and could run
/// partials and nested loops for ever; within these limits it ends soon.
/// </summary>
internal sealed class TemplateSyntax
{
    /// <summary>The largest template.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>How many expressions a template may hold.</summary>
    public const int MaxExpressions = 1000;

    /// <summary>How deep blocks may nest.</summary>
    public const int MaxBlockDepth = 32;

    /// <summary>How deep blocks that may repeat their content may nest.</summary>
    public const int MaxLoopDepth = 2;

    /// <summary>How long one expression may be: the engine walks long paths and many arguments in quadratic time.</summary>
    public const int MaxExpressionCharacters = 500;

    /// <summary>How many parentheses one expression may open: the engine recurses over them.</summary>
    public const int MaxParentheses = 16;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private TemplateSyntax(string text, bool needsModelBytes)
    {
        Text = text;
        NeedsModelBytes = needsModelBytes;
    }

    /// <summary>A template without text.</summary>
    public static TemplateSyntax Empty { get; } = new("", false);

    /// <summary>The template with line feeds alone.</summary>
    public string Text { get; }

    /// <summary>Whether the template has to place the model's bytes.</summary>
    public bool NeedsModelBytes { get; }

    /// <summary>Reads and checks a template.</summary>
    /// <exception cref="TemplateException">It is not taken.</exception>
    public static TemplateSyntax Read(byte[] utf8, bool needsModelBytes)
    {
        if (utf8.Length > MaxFileBytes)
            throw new TemplateException($"has {Quantity.Bytes(utf8.Length)}; at most {Quantity.Bytes(MaxFileBytes)} are read", null);
        int start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        string text;
        try
        {
            text = s_strictUtf8.GetString(utf8, start, utf8.Length - start);
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateException("is not valid UTF-8", null);
        }
        TemplateSyntax syntax = new(text.Replace("\r\n", "\n"), needsModelBytes);
        syntax.Check();
        return syntax;
    }

    /// <summary>The line, from 1, of the first expression that holds <paramref name="name"/>, or null.</summary>
    public int? LineOf(string name)
    {
        Match match = Regex.Match(Text, @"\{\{[^{}]*(?<![\w@])" + Regex.Escape(name) + @"(?!\w)", RegexOptions.CultureInvariant);
        return match.Success ? LineAt(match.Index) : null;
    }

    private void Check()
    {
        int nul = Text.IndexOf('\0');
        if (nul >= 0)
            throw new TemplateException("holds a NUL character", LineAt(nul));
        int expressions = 0;
        Stack<bool> openLoops = new();
        int loops = 0, chained = 0;
        for (int at = Text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = Text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            int place = at;
            at += 2;
            if (++expressions > MaxExpressions)
                throw new TemplateException($"holds more than {Quantity.Count(MaxExpressions)} expressions", LineAt(place));
            while (at < Text.Length && (Text[at] is '{' or '~' || char.IsWhiteSpace(Text[at])))
                at++;
            char sign = at < Text.Length ? Text[at] : ' ';
            string word = WordAfterSign(at + 1);
            if (sign != '!')
                CheckLength(place, at);
            if (sign is '>' or '*' || (sign == '#' && word.Length > 0 && word[0] is '>' or '*'))
                throw new TemplateException("partials are not supported", LineAt(place));
            if (sign == '/' && openLoops.Count > 0)
                loops -= openLoops.Pop() ? 1 : 0;
            if (openLoops.Count == 0)
                chained = 0;
            // Each "else if" nests in the one before.
            if (sign == 'e' && WordAfterSign(at) == "else" && WordAfterSign(at + 4).Length > 0)
                chained++;
            if (openLoops.Count + chained > MaxBlockDepth)
                throw new TemplateException($"blocks nest deeper than {MaxBlockDepth}", LineAt(place));
            if (sign != '#' && !(sign == '^' && word.Length > 0))
                continue;
            bool mayLoop = word is not ("if" or "unless");
            openLoops.Push(mayLoop);
            loops += mayLoop ? 1 : 0;
            if (openLoops.Count + chained > MaxBlockDepth)
                throw new TemplateException($"blocks nest deeper than {MaxBlockDepth}", LineAt(place));
            if (loops > MaxLoopDepth)
                throw new TemplateException($"loops nest deeper than {MaxLoopDepth}", LineAt(place));
        }
    }

    /// <summary>
    /// Keeps the engine from recursion and from quadratic work. Literals end inside of their expression, or the engine would see another end than we do.
    /// </summary>
    private void CheckLength(int place, int start)
    {
        int end = Text.IndexOf("}}", start, StringComparison.Ordinal);
        if ((end < 0 ? Text.Length : end) - start > MaxExpressionCharacters)
            throw new TemplateException($"holds an expression of more than {MaxExpressionCharacters} characters", LineAt(place));
        string expression = end < 0 ? "" : Text.Substring(start, end - start);
        if (expression.Count(c => c == '(') > MaxParentheses)
            throw new TemplateException($"holds an expression with more than {MaxParentheses} parentheses", LineAt(place));
        bool isOpen = expression.Count(c => c == '"') % 2 != 0 || expression.Count(c => c == '\'') % 2 != 0 || expression.Count(c => c == '[') != expression.Count(c => c == ']');
        if (isOpen)
            throw new TemplateException("holds an expression whose quotes or brackets are not closed", LineAt(place));
    }

    private string WordAfterSign(int at)
    {
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
            at++;
        int end = at;
        while (end < Text.Length && Text[end] is not ('}' or '~') && !char.IsWhiteSpace(Text[end]))
            end++;
        return Text.Substring(at, end - at);
    }

    private int LineAt(int position)
    {
        int line = 1;
        for (int i = 0; i < position; i++)
            line += Text[i] == '\n' ? 1 : 0;
        return line;
    }
}
