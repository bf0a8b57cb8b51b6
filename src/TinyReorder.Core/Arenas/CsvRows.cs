using System.Text;

namespace TinyReorder.Arenas;

/// <summary>The rows of a CSV text (RFC 4180: commas, quoted fields, LF or CRLF); empty lines are passed over.</summary>
/// <param name="text">The whole text.</param>
/// <param name="error">Makes the exception for a message that begins with the line.</param>
internal sealed class CsvRows(string text, Func<string, Exception> error)
{
    private int _at;
    private int _nextLine = 1;

    /// <summary>The line on which the current row begins, from 1.</summary>
    public int Line { get; private set; }

    public bool Next(out List<string> fields)
    {
        fields = [];
        while (_at < text.Length && text[_at] is ('\r' or '\n'))
            PassLineEnd();
        if (_at >= text.Length)
            return false;
        Line = _nextLine;
        while (true)
        {
            fields.Add(_at < text.Length && text[_at] == '"' ? QuotedField() : PlainField());
            if (_at < text.Length && text[_at] == ',')
            {
                _at++;
                continue;
            }
            if (_at < text.Length)
                PassLineEnd();
            return true;
        }
    }

    private void PassLineEnd()
    {
        _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        _nextLine++;
    }

    private string PlainField()
    {
        int start = _at;
        while (_at < text.Length && text[_at] is not (',' or '\r' or '\n'))
            _at++;
        return text.Substring(start, _at - start);
    }

    private string QuotedField()
    {
        StringBuilder field = new();
        for (_at++; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '"')
            {
                if (_at + 1 >= text.Length || text[_at + 1] != '"')
                    break;
                _at++;
            }
            else if (c == '\n')
            {
                _nextLine++;
            }
            field.Append(c);
        }
        if (_at >= text.Length)
            throw error($"line {Line}: a quoted field does not end.");
        _at++;
        if (_at < text.Length && text[_at] is not (',' or '\r' or '\n'))
            throw error($"line {Line}: a quoted field is followed by '{text[_at]}'.");
        return field.ToString();
    }
}
