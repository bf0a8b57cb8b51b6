namespace TinyReorder.Inputs;

/// <summary>What a number of C source is worth.</summary>
internal static class CNumber
{
    // Beyond any byte, and small enough to multiply once more.
    private const long Most = 1L << 40;

    /// <summary>
    /// The value of a whole number or a character: decimal, <c>0x</c>, <c>0b</c>, octal with a 0 in front, with separators and suffixes; null where it is
    /// none. Large ones count as 2^40.
    /// </summary>
    public static long? Read(byte[] text, int start, int end)
    {
        if (text[start] == '\'')
            return ReadCharacter(text, start, end);
        int at = start, radix = 10;
        if (text[at] == '0' && at + 1 < end)
        {
            radix = text[at + 1] switch { (byte)'x' or (byte)'X' => 16, (byte)'b' or (byte)'B' => 2, _ => 8 };
            at += radix == 8 ? 1 : 2;
        }
        long value = 0;
        int digits = radix == 8 ? 1 : 0;
        for (; at < end; at++)
        {
            if (text[at] == '\'' && digits > 0)
                continue;
            int digit = Digit(text[at]);
            if (digit < 0 || digit >= radix)
                break;
            value = Math.Min((value * radix) + digit, Most);
            digits++;
        }
        return digits > 0 && IsSuffix(text, at, end) ? value : null;
    }

    private static long? ReadCharacter(byte[] text, int start, int end)
    {
        if (end - start < 3 || text[end - 1] != '\'')
            return null;
        if (text[start + 1] != '\\')
            return end - start == 3 && text[start + 1] < 0x80 ? text[start + 1] : null;
        byte kind = text[start + 2];
        int radix = kind == 'x' ? 16 : 8, at = start + (kind == 'x' ? 3 : 2);
        if (kind != 'x' && Digit(kind) is < 0 or > 7)
            return end - start == 4 ? Escape(kind) : null;
        long value = 0;
        if (at == end - 1)
            return null;
        for (; at < end - 1; at++)
        {
            int digit = Digit(text[at]);
            if (digit < 0 || digit >= radix)
                return null;
            value = Math.Min((value * radix) + digit, Most);
        }
        return value;
    }

    private static long? Escape(byte kind) => kind switch
    {
        (byte)'a' => 7,
        (byte)'b' => 8,
        (byte)'t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        (byte)'\\' or (byte)'\'' or (byte)'"' or (byte)'?' => kind,
        _ => null,
    };

    private static bool IsSuffix(byte[] text, int at, int end)
    {
        int unsigned = 0, longs = 0;
        for (; at < end; at++)
        {
            if (text[at] is (byte)'u' or (byte)'U')
                unsigned++;
            else if (text[at] is (byte)'l' or (byte)'L')
                longs++;
            else
                return false;
        }
        return unsigned <= 1 && longs <= 2;
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
