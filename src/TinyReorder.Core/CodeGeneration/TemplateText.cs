using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>Reads the text of a template from its bytes.</summary>
internal static class TemplateText
{
    /// <summary>The largest template.</summary>
    public const int MaxFileBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with line feeds alone, without a byte order mark.</summary>
    /// <exception cref="TemplateException">It is too large, no UTF-8, or holds a NUL, which marks where a model's bytes go.</exception>
    public static string Read(byte[] utf8)
    {
        if (utf8.Length > MaxFileBytes)
            throw new TemplateException($"has {Quantity.Bytes(utf8.Length)}; at most {Quantity.Bytes(MaxFileBytes)} are read");
        int start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        string text;
        try
        {
            text = StrictUtf8.GetString(utf8, start, utf8.Length - start).Replace("\r\n", "\n");
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateException("is not valid UTF-8");
        }
        int nul = text.IndexOf('\0');
        return nul < 0 ? text : throw TemplateException.At(text, nul, "holds a NUL character");
    }
}
