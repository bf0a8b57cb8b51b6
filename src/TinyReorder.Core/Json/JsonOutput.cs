using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>Writes JSON that reads the same everywhere: ASCII, so that no console's code page can change it, with LF.</summary>
internal static class JsonOutput
{
    /// <summary>
    /// The text of the one object whose members <paramref name="writeMembers"/> writes, ended by a newline; each object of an array has a line of its own.
    /// </summary>
    public static string Of(Action<Utf8JsonWriter> writeMembers) => ObjectOf(writeMembers, indented: false) + "\n";

    /// <summary>The text of the one object whose members <paramref name="writeMembers"/> writes, indented for people, ended by a newline.</summary>
    public static string OfIndented(Action<Utf8JsonWriter> writeMembers) => ObjectOf(writeMembers, indented: true) + "\n";

    /// <summary>Writes a member that is a text of others, which may then stand in a script element.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue($"\"{ForeignText.Json(value)}\"", skipInputValidation: true);
    }

    /// <summary>Writes a member that is a number or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    /// <summary>Writes a member that is an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>Writes a member that is an array of numbers, on one line: an order may have hundreds.</summary>
    public static void WriteNumbers(this Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        string separator = writer.Options.Indented ? ", " : ",";
        writer.WritePropertyName(name);
        writer.WriteRawValue($"[{string.Join(separator, numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]",
            skipInputValidation: true);
    }

    /// <summary>Writes a member that is an object.</summary>
    public static void WriteObject(this Utf8JsonWriter writer, string name, Action writeMembers)
    {
        writer.WriteStartObject(name);
        writeMembers();
        writer.WriteEndObject();
    }

    /// <summary>Writes a member that is an array of objects, one for each of <paramref name="items"/>.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            if (writer.Options.Indented)
            {
                writer.WriteStartObject();
                writeMembers(writer, item);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteRawValue("\n" + ObjectOf(line => writeMembers(line, item), indented: false), skipInputValidation: true);
            }
        }
        writer.WriteEndArray();
    }

    private static string ObjectOf(Action<Utf8JsonWriter> writeMembers, bool indented)
    {
        using var bytes = new MemoryStream();
        // The strict encoder would also escape quotes and angle brackets, which matters in HTML only and makes messages hard to read.
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return Ascii(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Replace("\r\n", "\n"));
    }

    private static string Ascii(string json)
    {
        var escaped = new StringBuilder(json.Length);
        // Other characters stand in strings only, where \uXXXX means the same; so do "##" and "::", which a build server would take for its own.
        for (int i = 0; i < json.Length; i++)
        {
            bool isPlain = json[i] < '\u0080' && !(i > 0 && json[i] is '#' or ':' && json[i - 1] == json[i]);
            _ = isPlain ? escaped.Append(json[i]) : escaped.Append(ForeignText.JsonEscape(json[i]));
        }
        return escaped.ToString();
    }
}
