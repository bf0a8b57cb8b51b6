using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Json;

/// <summary>
/// Writes JSON that reads the same everywhere: indented, LF, ASCII (other characters escaped, so that no console's code page can change them).
/// </summary>
internal static class JsonText
{
    // The strict encoder would also escape quotes and angle brackets, which matters in HTML only and makes messages hard to read.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the one object whose members <paramref name="writeMembers"/> writes, ended by a newline.</summary>
    public static string Of(Action<Utf8JsonWriter> writeMembers)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return EscapeToAscii(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).ReplaceLineEndings("\n")) + "\n";
    }

    /// <summary>Writes a member that is an array of objects, one for each of <paramref name="items"/>.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            writeMembers(writer, item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes a member that is an array of numbers, on one line: an order may have hundreds.</summary>
    public static void WriteNumbersOnOneLine(this Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue("[" + string.Join(", ", numbers) + "]", skipInputValidation: true);
    }

    /// <summary>Writes a member that is a number or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    private static string EscapeToAscii(string json)
    {
        var escaped = new StringBuilder(json.Length);
        // Characters outside of ASCII stand in strings only, where \uXXXX means the same; so do "##" and "::", which a build server would take for its own.
        for (int i = 0; i < json.Length; i++)
        {
            bool isPlain = char.IsAscii(json[i]) && !(i > 0 && json[i] is '#' or ':' && json[i - 1] == json[i]);
            _ = isPlain ? escaped.Append(json[i]) : escaped.Append(ForeignText.JsonEscape(json[i]));
        }
        return escaped.ToString();
    }
}
