namespace TinyReorder.CodeGeneration;

/// <summary>Writes bytes as the elements of a C array, sixteen a line, in blocks: a model has millions of them.</summary>
internal static class ByteArrayWriter
{
    private const int BytesPerLine = 16;
    private const int CharactersPerByte = 6;
    private const int LinesPerBlock = 512;

    private static readonly byte[] Digits = "0123456789abcdef"u8.ToArray();

    /// <summary>Writes the elements, indented by four spaces, without a line break after the last.</summary>
    public static void Write(byte[] bytes, Stream output)
    {
        byte[] block = new byte[LinesPerBlock * (4 + (BytesPerLine * CharactersPerByte) + 1)];
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i % BytesPerLine == 0)
            {
                if (i > 0)
                    block[length - 1] = (byte)'\n';
                if (i % (BytesPerLine * LinesPerBlock) == 0)
                {
                    output.Write(block, 0, length);
                    length = 0;
                }
                for (int space = 0; space < 4; space++)
                    block[length++] = (byte)' ';
            }
            block[length++] = (byte)'0';
            block[length++] = (byte)'x';
            block[length++] = Digits[bytes[i] >> 4];
            block[length++] = Digits[bytes[i] & 15];
            block[length++] = (byte)',';
            block[length++] = (byte)' ';
        }
        // The space after the last comma is left out.
        output.Write(block, 0, Math.Max(0, length - 1));
    }
}
