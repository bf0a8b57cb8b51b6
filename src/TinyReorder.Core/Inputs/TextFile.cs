using System.Text;

namespace TinyReorder.Inputs;

/// <summary>Whether bytes are text, and text of UTF-16 as bytes.</summary>
internal static class TextFile
{
    private const int LookedAt = 1 << 16;

    /// <summary>Whether <paramref name="file"/> begins like text: without zeros and control characters.</summary>
    public static bool IsText(byte[] file)
    {
        if (IsUtf16(file))
            return true;
        int length = Math.Min(file.Length, LookedAt);
        for (int i = 0; i < length; i++)
        {
            // White space, and the mark that ends files of DOS.
            if (file[i] < ' ' && file[i] is not ((>= (byte)'\t' and <= (byte)'\r') or 0x1a))
                return false;
        }
        return length > 0;
    }

    /// <summary>The text without its byte order mark, in UTF-8; what a redirection in Windows PowerShell writes is of UTF-16.</summary>
    public static byte[] Plain(byte[] text)
    {
        if (IsUtf16(text))
            return Encoding.UTF8.GetBytes((text[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(text, 2, text.Length - 2));
        if (text.Length < 3 || text[0] != 0xef || text[1] != 0xbb || text[2] != 0xbf)
            return text;
        byte[] plain = new byte[text.Length - 3];
        Array.Copy(text, 3, plain, 0, plain.Length);
        return plain;
    }

    /// <summary>Line and column, both from 1 and the column in UTF-16 units, of the byte at <paramref name="offset"/>.</summary>
    public static (int Line, int Column) PlaceOf(byte[] text, int offset)
    {
        int line = 1, start = 0;
        for (int i = 0; i < offset; i++)
        {
            if (text[i] != '\n')
                continue;
            line++;
            start = i + 1;
        }
        return (line, 1 + Encoding.UTF8.GetCharCount(text, start, offset - start));
    }

    private static bool IsUtf16(byte[] text) => text.Length >= 2 && ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff));
}
