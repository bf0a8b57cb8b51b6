using System.Text;

namespace TinyReorder.Csv;

/// <summary>The rows of a CSV text (RFC 4180: commas, quoted fields, LF or CRLF); empty lines are passed over.</summary>
/// <param name="text">The whole text.</param>
/// <param name="error">Makes the exception for a message that begins with the line.</param>
internal sealed class CsvRows(string text, Func<string, Exception> error)
{
    private int at;
    private int nextLine = 1;

    /// <summary>The line on which the current row begins, from 1.</summary>
    public int Line { get; private set; }

    public bool Next(out List<string> fields)
    {
        fields = [];
        while (at < text.Length && text[at] is ('\r' or '\n'))
            PassLineEnd();
        if (at >= text.Length)
            return false;
        Line = nextLine;
        while (true)
        {
            fields.Add(at < text.Length && text[at] == '"' ? QuotedField() : PlainField());
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }
            if (at < text.Length)
                PassLineEnd();
            return true;
        }
    }

    private void PassLineEnd()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        nextLine++;
    }

    private string PlainField()
    {
        int start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            at++;
        return text.Substring(start, at - start);
    }

    private string QuotedField()
    {
        StringBuilder field = new();
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                    break;
                at++;
            }
            else if (c == '\n')
            {
                nextLine++;
            }
            field.Append(c);
        }
        if (at >= text.Length)
            throw error($"line {Line}: a quoted field does not end.");
        at++;
        if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            throw error($"line {Line}: a quoted field is followed by '{text[at]}'.");
        return field.ToString();
    }
}
