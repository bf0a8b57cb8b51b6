namespace TinyReorder.Tflite;

/// <summary>
/// A zip archive behind the flatbuffer, in which some models carry associated files. Its positions count from the start of the file in files that were
/// written in place, and must follow when everything moves up; where they count from the archive's own start they stay right.
/// </summary>
internal static class ZipTrailer
{
    private const uint LocalHeader = 0x04034b50;
    private const uint CentralHeader = 0x02014b50;
    private const uint EndRecord = 0x06054b50;
    private const int LocalHeaderBytes = 30;
    private const int CentralHeaderBytes = 46;
    private const int EndRecordBytes = 22;
    private const int LongestComment = 0xFFFF;

    /// <summary>
    /// Where <paramref name="file"/> holds positions of an archive that count from the file's start; empty when there is no such archive, or one of which
    /// anything is not as it should be.
    /// </summary>
    public static IReadOnlyList<int> PositionFields(byte[] file)
    {
        int end = FindEnd(file);
        if (end < 0)
            return [];
        long directory = LittleEndian.ReadUInt32(file, end + 16), bytes = LittleEndian.ReadUInt32(file, end + 12);
        if (directory + bytes != end)
            return [];
        var fields = new List<int> { end + 16 };
        for (long at = directory; at < end;)
        {
            if (at > end - CentralHeaderBytes || LittleEndian.ReadUInt32(file, (int)at) != CentralHeader)
                return [];
            long local = LittleEndian.ReadUInt32(file, (int)at + 42);
            if (local > directory - LocalHeaderBytes || LittleEndian.ReadUInt32(file, (int)local) != LocalHeader)
                return [];
            fields.Add((int)at + 42);
            at += CentralHeaderBytes + UInt16(file, (int)at + 28) + UInt16(file, (int)at + 30) + UInt16(file, (int)at + 32);
        }
        return fields;
    }

    private static int FindEnd(byte[] file)
    {
        for (int at = file.Length - EndRecordBytes; at >= 0 && at >= file.Length - EndRecordBytes - LongestComment; at--)
        {
            if (LittleEndian.ReadUInt32(file, at) == EndRecord && at + EndRecordBytes + UInt16(file, at + 20) == file.Length)
                return at;
        }
        return -1;
    }

    private static int UInt16(byte[] file, int at) => file[at] | (file[at + 1] << 8);
}
