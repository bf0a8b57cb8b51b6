using System.Text;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>
/// Integers of a FlexBuffers map (the options of custom operators): the last byte is the width of the root offset, the one before it the root's type; a map
/// is its length, then its values in the order of their keys, then a type byte for each; the vector of keys is named two widths before the length.
/// Every offset is checked.
/// </summary>
internal sealed class FlexBufferMap
{
    private const int MapType = 9;
    private const int VectorType = 10;
    private readonly byte[] bytes;
    private readonly int values;
    private readonly int width;
    private readonly long count;

    private FlexBufferMap(byte[] bytes, int values, int width, long count)
    {
        this.bytes = bytes;
        this.values = values;
        this.width = width;
        this.count = count;
    }

    /// <summary>The map that the bytes hold.</summary>
    public static FlexBufferMap Read(byte[] bytes)
    {
        if (bytes.Length < 3)
            throw Damaged();
        int rootWidth = bytes[bytes.Length - 1], packed = bytes[bytes.Length - 2], root = bytes.Length - 2 - rootWidth;
        if (rootWidth is not (1 or 2 or 4 or 8) || root < 0 || packed >> 2 is not (MapType or VectorType))
            throw Damaged();
        long start = root - Unsigned(bytes, root, rootWidth);
        int width = 1 << (packed & 3);
        if (start < 3L * width || start >= bytes.Length)
            throw Damaged();
        long count = Unsigned(bytes, start - width, width);
        if (count > (bytes.Length - start) / (width + 1))
            throw Damaged();
        return new FlexBufferMap(bytes, (int)start, width, count);
    }

    /// <summary>The value at a position in the order of the keys, as a signed integer.</summary>
    public long Integer(int position)
    {
        if (position >= count)
            throw Damaged();
        long value = Unsigned(bytes, values + (position * width), width);
        return width switch
        {
            1 => (sbyte)value,
            2 => (short)value,
            4 => (int)value,
            _ => value,
        };
    }

    /// <summary>The value of a key as a signed integer.</summary>
    public long Integer(string key) => Integer(Position(key) ?? throw new KernelMismatchException($"has no option {key}"));

    /// <summary>Whether the map has the key.</summary>
    public bool HasKey(string key) => Position(key) is not null;

    private int? Position(string key)
    {
        long keysField = values - (3L * width);
        long keys = keysField - Unsigned(bytes, keysField, width);
        long keyWidth = Unsigned(bytes, values - (2L * width), width);
        if (keyWidth is not (1 or 2 or 4 or 8))
            throw Damaged();
        byte[] wanted = Encoding.ASCII.GetBytes(key + "\0");
        for (int i = 0; i < count; i++)
        {
            long field = keys + (i * keyWidth);
            long text = field - Unsigned(bytes, field, (int)keyWidth);
            if (text >= 0 && text + wanted.Length <= bytes.Length && wanted.Select((b, j) => bytes[text + j] == b).All(same => same))
                return i;
        }
        return null;
    }

    private static long Unsigned(byte[] bytes, long at, int width)
    {
        if (at < 0 || at + width > bytes.Length)
            throw Damaged();
        ulong value = 0;
        for (int i = width - 1; i >= 0; i--)
            value = (value << 8) | bytes[at + i];
        return value <= long.MaxValue ? (long)value : throw Damaged();
    }

    private static KernelMismatchException Damaged() => new("has custom options that cannot be read");
}
