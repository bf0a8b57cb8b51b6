using System.Text;
using System.Text.Json;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>Reads the JSON files that this project and its users write: board files, runtime profiles and releases.</summary>
internal static class JsonFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>How deep arrays and objects may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many values a file may hold, so that a small file cannot become a large tree.</summary>
    public const int MaxValues = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads <paramref name="utf8"/> (RFC 8259, with or without a byte order mark; a key that appears twice in an object is an error).</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="fileName">The file as the user named it; every diagnostic, of the returned tree too, carries it.</param>
    /// <param name="diagnosticCode">The code of every diagnostic, of the returned tree too.</param>
    /// <returns>The file's root value.</returns>
    /// <exception cref="TinyReorderException">The bytes are no JSON, or exceed one of the limits above.</exception>
    public static JsonValue Parse(byte[] utf8, string fileName, string diagnosticCode)
    {
        if (utf8.Length > MaxFileBytes)
            throw Error($"the file has {Quantity.Bytes(utf8.Length)}; at most {Quantity.Bytes(MaxFileBytes)} are read");
        try
        {
            StrictUtf8.GetCharCount(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Error("the file is not valid UTF-8");
        }
        ReadOnlySpan<byte> json = utf8;
        if (json.StartsWith("\uFEFF"u8))
            json = json.Slice(3);
        // One level more than is allowed, so that the fault is ours and names the limit.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            return Read(ref reader, Error);
        }
        catch (JsonException e)
        {
            // The library says where it stopped; a fault of ours is at its token.
            ReadOnlySpan<byte> before = json.Slice(0, e.LineNumber is null ? (int)reader.TokenStartIndex : OffsetOf(json, e));
            int lineStart = before.LastIndexOf((byte)'\n') + 1;
            int line = 1 + before.ToArray().Count(value => value == '\n'), column = 1 + Encoding.UTF8.GetCharCount(before.Slice(lineStart).ToArray());
            string reason = e.LineNumber is null ? e.Message : before.Length == json.Length
                ? "the file ends too soon" : ReasonOf(e, json.Slice(before.Length));
            throw new TinyReorderException(Error($"not valid JSON at line {line}, column {column}: {reason}").Diagnostic with { Line = line, Column = column },
                e);
        }

        TinyReorderException Error(string message) => new(Diagnostic.Error(diagnosticCode, message) with { File = fileName });
    }

    private static JsonValue Read(ref Utf8JsonReader reader, Func<string, TinyReorderException> error)
    {
        JsonValue? root = null, container = null;
        string? name = null;
        int values = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                container = container!.Parent;
                continue;
            }
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = Text(ref reader);
                if (container!.Has(name))
                    throw new JsonException($"the key {JsonText.Quote(name)} appears twice in {container.Path}");
                continue;
            }
            if (++values > MaxValues)
                throw new JsonException($"the file has more than {Quantity.Count(MaxValues)} values");
            var value = new JsonValue(error, container, name, reader.TokenType, Text(ref reader));
            container?.Add(value);
            root ??= value;
            name = null;
            if (value.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
                continue;
            container = value;
            if (reader.CurrentDepth == MaxDepth)
                throw new JsonException($"arrays and objects nest deeper than {MaxDepth}");
        }
        return root!;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString()!
                : reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan.ToArray()) : "";
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a string holds half of a surrogate pair", e);
        }
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException e)
    {
        int offset = 0;
        for (long line = 0; line < e.LineNumber; line++)
            offset += json.Slice(offset).IndexOf((byte)'\n') + 1;
        return offset + (int)e.BytePositionInLine!;
    }

    /// <summary>
    /// What the file has where the library stopped, and what the library expected; else its message shows the file's text as it is and speaks of its
    /// options.
    /// </summary>
    private static string ReasonOf(JsonException e, ReadOnlySpan<byte> rest)
    {
        const string Expected = ". Expected ";
        string stopped = Encoding.UTF8.GetString(rest.Slice(0, Math.Min(rest.Length, 4)).ToArray()).Substring(0, 1);
        string message = e.Message.Substring(0, Math.Max(0, e.Message.LastIndexOf(". LineNumber: ", StringComparison.Ordinal)));
        int expected = message.LastIndexOf(Expected, StringComparison.Ordinal);
        return $"'{JsonText.Show(stopped)}' is not expected here" + (expected < 0 ? "" : $"; expected {message.Substring(expected + Expected.Length)}");
    }
}
