using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Inputs;

/// <summary>
/// Finds the arrays of numbers in C or C++ source: <c>xxd -i</c>, generators of headers, hand-written ones, with attributes, macros and comments anywhere.
/// Nothing is compiled: macros are not expanded, and of <c>#if</c> all branches are read.
/// </summary>
internal sealed class CArrayReader
{
    // Nobody is told of more, and each that holds a model is kept.
    private const int MostOthers = 100, MostModels = 64;

    private const int MagicAt = 4, MagicEnd = 8, MostNameBytes = 200;

    private readonly byte[] text;
    private readonly CTokens tokens;
    private readonly List<CArray> arrays = [];
    private int models;

    private CArrayReader(byte[] text) => (this.text, tokens) = (text, new CTokens(text));

    /// <summary>The arrays of <paramref name="text"/> that have a list of values, in their order.</summary>
    public static IReadOnlyList<CArray> Read(byte[] text)
    {
        var reader = new CArrayReader(text);
        reader.tokens.Next();
        // What "xxd -i" makes of standard input, to be included between braces: nothing but the list.
        if (reader.tokens.Kind == CTokenKind.Number)
            reader.ReadBareList();
        else
            reader.ReadDeclarations();
        return reader.arrays;
    }

    private void ReadBareList()
    {
        CArray list = ReadValues(new CArray("", tokens.Start), isBare: true, declared: null);
        if (list.Count > 1)
            arrays.Add(list);
    }

    private void ReadDeclarations()
    {
        int nameStart = -1, nameEnd = 0;
        long? declared = null;
        bool isArray = false, isDeclared = false, isBehindAngle = false;
        while (tokens.Kind != CTokenKind.End && models < MostModels)
        {
            if (tokens.Kind == CTokenKind.Word)
            {
                // Behind the brackets stand attributes, not names. Behind std::array<...> comes a name whose values need no sign in front.
                if (!isArray)
                    (nameStart, nameEnd, isDeclared) = (tokens.Start, tokens.End, isBehindAngle);
                isBehindAngle = false;
                tokens.Next();
            }
            else if (tokens.Is('['))
            {
                long? size = ReadBrackets(out bool isAttribute);
                if (isAttribute || nameStart < 0)
                    continue;
                declared = isArray ? null : size;
                isArray = true;
            }
            else if (tokens.Is('('))
            {
                PassGroup('(', ')');
                // alignas(16), or a call: the name in front of it is none of an array.
                if (!isArray)
                    nameStart = -1;
            }
            else if (tokens.Is('='))
            {
                tokens.Next();
                isDeclared = nameStart >= 0;
            }
            else if (tokens.Is('{'))
            {
                bool isList = nameStart >= 0 && (isArray || isDeclared);
                tokens.Next();
                if (isList)
                    ReadList(NameOf(nameStart, nameEnd), nameStart, declared);
                (nameStart, isArray, isDeclared, declared) = (-1, false, false, null);
            }
            else
            {
                isBehindAngle = tokens.Is('>');
                if (tokens.Is(';') || tokens.Is('}') || tokens.Is(',') || tokens.Is(')'))
                    (nameStart, isArray, isDeclared, declared) = (-1, false, false, null);
                tokens.Next();
            }
        }
    }

    private void ReadList(string name, int offset, long? declared)
    {
        // std::array may have braces of its own around those of its values.
        if (tokens.Is('{'))
            tokens.Next();
        // What begins otherwise holds no numbers, or is the body of something.
        if (tokens.Kind is CTokenKind.Number or CTokenKind.Quoted || tokens.Is('-') || tokens.Is('+') || tokens.Is('('))
            Add(ReadValues(new CArray(name, offset), isBare: false, declared));
    }

    private void Add(CArray array)
    {
        models += array.HoldsModel ? 1 : 0;
        if (array.HoldsModel || arrays.Count - models < MostOthers)
            arrays.Add(array);
    }

    /// <summary>Reads values up to the closing brace or the end; behind a fault no more of them is kept.</summary>
    private CArray ReadValues(CArray array, bool isBare, long? declared)
    {
        byte[] head = new byte[MagicEnd];
        MemoryStream? model = null;
        long count = 0;
        string? fault = null;
        int faultOffset = 0;
        while (fault is null)
        {
            // The end of the only branch changes nothing.
            if (tokens.Directive >= 0 && count > 0 && !(IsEnd(isBare) && IsEndif(tokens.Directive)))
            {
                (fault, faultOffset) = ("a directive stands inside of its values, and nothing is compiled here", tokens.Directive);
                break;
            }
            if (IsEnd(isBare))
                break;
            faultOffset = tokens.Start;
            long? value = ReadValue(out fault);
            if (fault is not null)
                break;
            if (count < MagicEnd)
                head[count] = (byte)value!;
            if (++count == MagicEnd && IsMagic(head))
            {
                model = new MemoryStream();
                model.Write(head, 0, MagicEnd);
            }
            else if (count > MagicEnd)
            {
                model?.WriteByte((byte)value!);
            }
            if (tokens.Is(','))
                tokens.Next();
            else if (!IsEnd(isBare) && tokens.Directive < 0)
                (fault, faultOffset) = ($"a comma is missing in front of {Shown()}", tokens.Start);
        }
        if (fault is null && tokens.Kind == CTokenKind.End && !isBare)
            (fault, faultOffset) = ($"its closing brace is missing: the file was cut short behind {Quantity.Count(count)} values", tokens.Start);
        if (fault is null && declared is { } size && size != count)
            (fault, faultOffset) = ($"it is declared with {Quantity.Count(size)} values and has {Quantity.Count(count)}", array.Offset);
        return array with { Count = count, Model = model?.ToArray(), Fault = fault, FaultOffset = faultOffset };
    }

    private bool IsEndif(int directive) => Encoding.ASCII.GetString(text, directive, Math.Min(text.Length - directive, 12)).Replace(" ", "")
        .StartsWith("#endif", StringComparison.Ordinal);

    private bool IsEnd(bool isBare) => tokens.Kind == CTokenKind.End || (!isBare && tokens.Is('}'));

    /// <summary>One value, which may have a type in parentheses in front.</summary>
    private long? ReadValue(out string? fault)
    {
        fault = null;
        while (tokens.Is('('))
        {
            if (!PassCast())
                break;
        }
        bool isNegative = tokens.Is('-');
        if (isNegative || tokens.Is('+'))
            tokens.Next();
        bool isNumber = tokens.Kind == CTokenKind.Number || (tokens.Kind == CTokenKind.Quoted && text[tokens.Start] == '\'');
        long? value = isNumber ? CNumber.Read(text, tokens.Start, tokens.End) : null;
        if (value is not { } number)
            fault = tokens.Kind == CTokenKind.Quoted && text[tokens.Start] == '"' ? "it is written as text in quotes; write its bytes as numbers"
                : $"{Shown()} is no number";
        else if (isNegative && number > 0)
            fault = $"-{Shown()} is negative, and a byte is from 0 to 255";
        else if (number > byte.MaxValue)
            fault = $"{Shown()} is more than 255, the most that a byte holds";
        if (fault is null)
            tokens.Next();
        return value;
    }

    /// <summary>Passes <c>(unsigned char)</c>: words alone in parentheses.</summary>
    private bool PassCast()
    {
        tokens.Next();
        if (tokens.Kind != CTokenKind.Word)
            return false;
        while (tokens.Kind == CTokenKind.Word)
            tokens.Next();
        if (!tokens.Is(')'))
            return false;
        tokens.Next();
        return true;
    }

    /// <summary>What stands in brackets, where it is one number; <c>[[...]]</c> is an attribute of C++.</summary>
    private long? ReadBrackets(out bool isAttribute)
    {
        tokens.Next();
        isAttribute = tokens.Is('[');
        if (isAttribute)
        {
            PassGroup('[', ']');
            if (tokens.Is(']'))
                tokens.Next();
            return null;
        }
        long? size = tokens.Kind == CTokenKind.Number ? CNumber.Read(text, tokens.Start, tokens.End) : null;
        if (size is not null)
        {
            tokens.Next();
            if (!tokens.Is(']'))
                size = null;
        }
        for (int depth = 1; depth > 0 && tokens.Kind != CTokenKind.End; tokens.Next())
            depth += tokens.Is('[') ? 1 : tokens.Is(']') ? -1 : 0;
        return size;
    }

    private void PassGroup(char open, char close)
    {
        int depth = 0;
        do
        {
            depth += tokens.Is(open) ? 1 : tokens.Is(close) ? -1 : 0;
            tokens.Next();
        }
        while (depth > 0 && tokens.Kind != CTokenKind.End);
    }

    private string Shown() => tokens.Kind == CTokenKind.End ? "the end of the file" : $"'{Quote.Text(NameOf(tokens.Start, tokens.End))}'";

    private string NameOf(int start, int end) => Encoding.UTF8.GetString(text, start, Math.Min(end - start, MostNameBytes));

    private static bool IsMagic(byte[] head) =>
        head[MagicAt] == 'T' && head[MagicAt + 1] == 'F' && head[MagicAt + 2] == 'L' && head[MagicAt + 3] == '3';
}
