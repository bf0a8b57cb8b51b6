namespace TinyReorder.Inputs;

/// <summary>The tokens of C or C++ source, one after the other: comments, white space and directives are passed over, each byte is looked at once.</summary>
internal sealed class CTokens(byte[] text)
{
    private int at;
    private bool isLineStart = true;

    /// <summary>What the current token is.</summary>
    public CTokenKind Kind { get; private set; }

    /// <summary>Where it begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends: behind its last byte.</summary>
    public int End => at;

    /// <summary>Where the first directive (such as <c>#include</c>) between the token before and this one begins; -1 where there is none.</summary>
    public int Directive { get; private set; } = -1;

    /// <summary>Whether it is this sign.</summary>
    public bool Is(char sign) => Kind == CTokenKind.Sign && text[Start] == sign;

    /// <summary>Goes to the next token.</summary>
    public void Next()
    {
        Directive = -1;
        PassOver();
        Start = at;
        if (at >= text.Length)
        {
            Kind = CTokenKind.End;
            return;
        }
        isLineStart = false;
        byte first = text[at];
        if (IsDigit(first) || (first == '.' && IsDigit(Peek(1))))
            TakeNumber();
        else if (IsWord(first))
            TakeWord();
        else if (first is (byte)'"' or (byte)'\'')
            TakeQuoted();
        else
            (Kind, at) = (CTokenKind.Sign, at + 1);
    }

    private byte Peek(int ahead) => at + ahead < text.Length ? text[at + ahead] : (byte)0;

    private void PassOver()
    {
        while (at < text.Length)
        {
            byte next = text[at];
            if (next is (byte)'\n' or (byte)'\r')
            {
                isLineStart = true;
                at++;
            }
            else if (next <= ' ')
            {
                at++;
            }
            else if (next == '/' && Peek(1) == '/')
            {
                PassLine();
            }
            else if (next == '/' && Peek(1) == '*')
            {
                PassComment();
            }
            else if (next == '\\' && Peek(1) is (byte)'\n' or (byte)'\r')
            {
                at++;
            }
            else if (next == '#' && isLineStart)
            {
                Directive = Directive < 0 ? at : Directive;
                PassLine();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>To the end of the line, which a backslash in front of it moves to the next one.</summary>
    private void PassLine()
    {
        while (at < text.Length && text[at] != '\n')
        {
            // A comment may begin in a directive and end some lines later.
            if (text[at] == '/' && Peek(1) == '*')
                PassComment();
            else if (text[at] == '\\')
                at += Peek(1) == '\r' && Peek(2) == '\n' ? 3 : Math.Min(2, text.Length - at);
            else
                at++;
        }
    }

    private void PassComment()
    {
        at += 2;
        while (at < text.Length && !(text[at] == '*' && Peek(1) == '/'))
            at++;
        at = Math.Min(at + 2, text.Length);
    }

    private void TakeNumber()
    {
        Kind = CTokenKind.Number;
        // As the preprocessor takes them: letters, digits, dots, separators, and a sign behind an exponent.
        for (at++; at < text.Length; at++)
        {
            byte next = text[at];
            bool isSeparator = next == '\'' && IsWord(Peek(1));
            bool isExponent = next is (byte)'+' or (byte)'-' && text[at - 1] is (byte)'e' or (byte)'E' or (byte)'p' or (byte)'P'
                && !(text[Start] == '0' && text[Start + 1] is (byte)'x' or (byte)'X' && text[at - 1] is (byte)'e' or (byte)'E');
            if (!IsWord(next) && next != '.' && !isSeparator && !isExponent)
                return;
        }
    }

    private void TakeWord()
    {
        Kind = CTokenKind.Word;
        while (at < text.Length && IsWord(text[at]))
            at++;
        if (Peek(0) is not ((byte)'"' or (byte)'\''))
            return;
        int length = at - Start;
        bool isRaw = text[at - 1] == 'R' && Peek(0) == '"';
        bool isPrefix = (length == 1 && text[Start] is (byte)'L' or (byte)'u' or (byte)'U' or (byte)'R')
            || (length == 2 && ((text[Start] == 'u' && text[Start + 1] == '8') || (isRaw && text[Start] is (byte)'L' or (byte)'u' or (byte)'U')))
            || (length == 3 && isRaw && text[Start] == 'u' && text[Start + 1] == '8');
        if (isPrefix && isRaw)
            TakeRaw();
        else if (isPrefix)
            TakeQuoted();
    }

    private void TakeQuoted()
    {
        Kind = CTokenKind.Quoted;
        byte quote = text[at++];
        // One that is never closed ends with its line.
        while (at < text.Length && text[at] != quote && text[at] != '\n')
            at += text[at] == '\\' ? Math.Min(2, text.Length - at) : 1;
        if (at < text.Length && text[at] == quote)
            at++;
    }

    /// <summary>A raw string of C++: <c>R"x(...)x"</c>, whose end is looked for without going back.</summary>
    private void TakeRaw()
    {
        Kind = CTokenKind.Quoted;
        int open = ++at;
        while (at < text.Length && text[at] != '(' && at - open <= 16)
            at++;
        int length = at - open;
        while (at < text.Length)
        {
            if (text[at++] != ')')
                continue;
            int same = 0;
            while (same < length && at + same < text.Length && text[at + same] == text[open + same])
                same++;
            if (same < length || at + same >= text.Length || text[at + same] != '"')
                continue;
            at += same + 1;
            return;
        }
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private static bool IsWord(byte c) => IsDigit(c)
        || c is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (byte)'$' or >= 0x80;
}
