namespace TinyReorder.Tflite;

/// <summary>What to do about a damaged file, by what did the damage.</summary>
internal static class DamageCure
{
    // Fewer may stand in the names of tensors.
    private const int FewestReplacements = 8;

    /// <summary>The cure, as the end of a sentence.</summary>
    public static string Of(byte[] bytes)
    {
        int replacements = 0;
        for (int i = 0; i + 2 < bytes.Length; i++)
        {
            if (bytes[i] == 0xef && bytes[i + 1] == 0xbf && bytes[i + 2] == 0xbd)
                replacements++;
        }
        return replacements < FewestReplacements
            ? "export or download the model again"
            : "it was read as text and written again, which put replacement characters of UTF-8 in place of bytes; copy the original as binary";
    }
}
