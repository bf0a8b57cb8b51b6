using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>Reads the JSON files that this project and its users write: board files and runtime profiles.</summary>
internal static class JsonFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>How deep arrays and objects may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many values a file may hold, so that a small file cannot become a large tree.</summary>
    public const int MaxValues = 1 << 20;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
        int start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        string text;
        try
        {
            text = s_strictUtf8.GetString(utf8, start, utf8.Length - start);
        }
        catch (DecoderFallbackException)
        {
            throw Error("the file is not valid UTF-8");
        }
        try
        {
            return new JsonParser(text, new JsonSource(fileName, diagnosticCode)).Parse();
        }
        catch (JsonSyntaxException e)
        {
            TinyReorderException error = Error($"not valid JSON at line {e.Line}, column {e.Column}: {e.Message}");
            throw new TinyReorderException(error.Diagnostic with { Line = e.Line, Column = e.Column }, e);
        }

        TinyReorderException Error(string message) => new(Diagnostic.Error(diagnosticCode, message) with { File = fileName });
    }
}
