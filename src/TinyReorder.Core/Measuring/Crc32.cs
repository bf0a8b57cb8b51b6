namespace TinyReorder.Measuring;

/// <summary>The CRC-32 of ISO 3309, as the self test computes it on the device.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>The checksum of a text in ASCII.</summary>
    public static uint Of(string text)
    {
        uint crc = uint.MaxValue;
        foreach (char c in text)
        {
            crc ^= (byte)c;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
        }
        return ~crc;
    }
}
