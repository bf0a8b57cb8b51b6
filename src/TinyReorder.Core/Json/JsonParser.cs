using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>
/// A strict reader of one JSON text (RFC 8259), without recursion. The framework's JsonReaderWriterFactory is no help here: it takes
/// <c>[1 2]</c>, <c>[1,]</c> and <c>1abc</c>, drops what follows the first value of <c>{} {}</c> or <c>[{} {}]</c>, and knows no line.
/// </summary>
internal sealed class JsonParser(string text, JsonSource source)
{
    private int _position;
    private int _values;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonSyntaxException">It is no JSON, or exceeds a limit of <see cref="JsonFile"/>.</exception>
    public JsonValue Parse()
    {
        Stack<JsonValue> open = new();
        JsonValue root = ReadValue(null, null);
        if (root.Kind >= JsonKind.Array)
            open.Push(root);
        while (open.Count > 0)
        {
            JsonValue container = open.Peek();
            char close = container.Kind == JsonKind.Array ? ']' : '}';
            SkipSpace();
            if (TryTake(close))
            {
                open.Pop();
                continue;
            }
            if (container.Children.Count > 0 && !TryTake(','))
                throw Fault($"expected ',' or '{close}'");
            JsonValue child = ReadChild(container);
            if (child.Kind < JsonKind.Array)
                continue;
            open.Push(child);
            if (open.Count > JsonFile.MaxDepth)
                throw Fault($"arrays and objects nest deeper than {JsonFile.MaxDepth}");
        }
        SkipSpace();
        return _position == text.Length ? root : throw Fault("expected the end of the file");
    }

    private JsonValue ReadChild(JsonValue container)
    {
        SkipSpace();
        string? name = null;
        int start = _position;
        if (container.Kind == JsonKind.Object)
        {
            if (!TryTake('"'))
                throw Fault("expected a key in quotes");
            name = ReadString();
            SkipSpace();
            if (!TryTake(':'))
                throw Fault("expected ':'");
        }
        JsonValue child = ReadValue(container, name);
        if (container.TryAdd(child))
            return child;
        _position = start;
        throw Fault($"the key {JsonText.Quote(name!)} appears twice in {container.Path}");
    }

    /// <summary>Reads a value; of an array or object only its opening bracket.</summary>
    private JsonValue ReadValue(JsonValue? parent, string? name)
    {
        SkipSpace();
        if (++_values > JsonFile.MaxValues)
            throw Fault($"the file has more than {Quantity.Count(JsonFile.MaxValues)} values");
        (JsonKind kind, string valueText) = ReadToken();
        return new JsonValue(source, parent, name, parent?.Children.Count ?? 0, kind, valueText);
    }

    private (JsonKind Kind, string Text) ReadToken()
    {
        if (TryTake('{'))
            return (JsonKind.Object, "");
        if (TryTake('['))
            return (JsonKind.Array, "");
        if (TryTake('"'))
            return (JsonKind.String, ReadString());
        int start = _position;
        while (_position < text.Length && text[_position] is '-' or '+' or '.' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            _position++;
        string word = text.Substring(start, _position - start);
        if (word is "true" or "false")
            return (JsonKind.Boolean, word);
        if (word == "null")
            return (JsonKind.Null, word);
        if (IsNumber(word))
            return (JsonKind.Number, word);
        _position = start;
        throw Fault(word.Length == 0 ? "expected a value" : $"{JsonText.Quote(word)} is no value");
    }

    private static bool IsNumber(string word)
    {
        int i = word.Length > 0 && word[0] == '-' ? 1 : 0;
        int whole = Digits(word, ref i);
        if (whole == 0 || (whole > 1 && word[i - whole] == '0'))
            return false;
        if (i < word.Length && word[i] == '.')
        {
            i++;
            if (Digits(word, ref i) == 0)
                return false;
        }
        if (i < word.Length && word[i] is 'e' or 'E')
        {
            i++;
            if (i < word.Length && word[i] is '+' or '-')
                i++;
            if (Digits(word, ref i) == 0)
                return false;
        }
        return i == word.Length;
    }

    private static int Digits(string word, ref int i)
    {
        int start = i;
        while (i < word.Length && word[i] is >= '0' and <= '9')
            i++;
        return i - start;
    }

    private string ReadString()
    {
        StringBuilder read = new();
        while (true)
        {
            int start = _position;
            while (_position < text.Length && text[_position] is not ('"' or '\\' or < ' '))
                _position++;
            read.Append(text, start, _position - start);
            if (TryTake('"'))
                return read.ToString();
            if (!TryTake('\\'))
                throw Fault(_position == text.Length ? "a string does not end" : "a string holds a control character");
            read.Append(ReadEscape());
        }
    }

    private char ReadEscape()
    {
        char escaped = _position < text.Length ? text[_position] : '\0';
        if (escaped == 'u' && text.Length - _position > 4
            && ushort.TryParse(text.Substring(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            _position += 5;
            return (char)unit;
        }
        int index = "\"\\/bfnrt".IndexOf(escaped);
        if (index < 0)
            throw Fault("a string holds an unknown escape");
        _position++;
        return "\"\\/\b\f\n\r\t"[index];
    }

    private void SkipSpace()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    private bool TryTake(char expected)
    {
        if (_position >= text.Length || text[_position] != expected)
            return false;
        _position++;
        return true;
    }

    private JsonSyntaxException Fault(string message)
    {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < _position; i++)
        {
            if (text[i] != '\n')
                continue;
            line++;
            lineStart = i + 1;
        }
        return new JsonSyntaxException(message, line, _position - lineStart + 1);
    }
}
