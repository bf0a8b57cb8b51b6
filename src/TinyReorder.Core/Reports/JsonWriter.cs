using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>Writes JSON in ASCII, so that it can stand in a script element and no code page can change it.</summary>
internal sealed class JsonWriter
{
    private readonly StringBuilder text = new();
    private bool needsComma;

    /// <summary>Writes an object; <paramref name="members"/> writes what is in it.</summary>
    public void Object(Action members) => Nested('{', members, '}');

    /// <summary>Writes an array with an object for each of <paramref name="items"/>, each on a line of its own.</summary>
    public void Objects<T>(string name, IEnumerable<T> items, Action<T> members)
    {
        Name(name);
        Nested('[', () =>
        {
            foreach (T item in items)
            {
                if (needsComma)
                    text.Append(',');
                needsComma = false;
                text.Append('\n');
                Object(() => members(item));
            }
        }, ']');
    }

    /// <summary>Writes a member that is an object.</summary>
    public void Object(string name, Action members)
    {
        Name(name);
        Nested('{', members, '}');
    }

    /// <summary>Writes a member that is a text.</summary>
    public void Text(string name, string value)
    {
        Name(name);
        Quote(value);
        needsComma = true;
    }

    /// <summary>Writes a member that is a whole number or null.</summary>
    public void Number(string name, long? value) => Literal(name, value?.ToString(CultureInfo.InvariantCulture) ?? "null");

    /// <summary>Writes a member that is true or false.</summary>
    public void Flag(string name, bool value) => Literal(name, value ? "true" : "false");

    /// <summary>Writes a member that is null.</summary>
    public void Null(string name) => Literal(name, "null");

    /// <summary>Writes a member that is an array of whole numbers.</summary>
    public void Numbers(string name, IEnumerable<int> values) => Literal(name,
        $"[{string.Join(",", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]");

    /// <inheritdoc/>
    public override string ToString() => text.ToString() + "\n";

    private void Nested(char begin, Action content, char end)
    {
        text.Append(begin);
        needsComma = false;
        content();
        text.Append(end);
        needsComma = true;
    }

    private void Literal(string name, string value)
    {
        Name(name);
        text.Append(value);
        needsComma = true;
    }

    private void Name(string name)
    {
        if (needsComma)
            text.Append(',');
        Quote(name);
        text.Append(':');
    }

    private void Quote(string value) => text.Append('"').Append(ForeignText.Json(value)).Append('"');
}
