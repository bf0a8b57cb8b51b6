using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>Reads inputs whole, with one diagnostic when that cannot be done.</summary>
internal static class InputFile
{
    /// <summary>The most bytes of a model: offsets in a FlatBuffer are of 32 bits, and the signed ones among them end here.</summary>
    public const long LargestModelBytes = int.MaxValue - 64;

    private const long MostBytesOfDevice = 64 << 20;
    private const int BlockBytes = 1 << 16;

    // A source file of a library is far smaller.
    private const long MostSourceBytes = 4 << 20;

    /// <summary>The bytes of a source file; null where it is not there, cannot be read or is larger than 4 MiB.</summary>
    public static byte[]? FindSource(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MostSourceBytes ? File.ReadAllBytes(path) : null;
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The bytes of <paramref name="path"/>. No more is read than the file may have: it may be a device without an end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the diagnostic calls it: the path as the user wrote it.</param>
    /// <param name="code">The code of the diagnostic.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    /// <exception cref="TinyReorderException">The file cannot be read, or is larger.</exception>
    public static byte[] Read(string path, string name, string code = DiagnosticCodes.CannotRead, long mostBytes = LargestModelBytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes);
            long length = stream.CanSeek ? stream.Length : 0;
            // What does not tell its size is a pipe or a device.
            return length > mostBytes
                ? throw TooLarge(name, code, mostBytes) : ReadToEnd(stream, length > 0 ? mostBytes : Math.Min(mostBytes, MostBytesOfDevice), name, code);
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist." : exception.Message;
            var diagnostic = Diagnostic.Error(code, $"cannot read '{name}': {reason}") with { File = name };
            throw new TinyReorderException(diagnostic, exception);
        }
    }

    private static byte[] ReadToEnd(FileStream stream, long mostBytes, string name, string code)
    {
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, mostBytes) : 0);
        byte[] block = new byte[BlockBytes];
        for (int read = stream.Read(block, 0, block.Length); read > 0; read = stream.Read(block, 0, block.Length))
        {
            if (content.Length + read > mostBytes)
                throw TooLarge(name, code, mostBytes);
            content.Write(block, 0, read);
        }
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static TinyReorderException TooLarge(string name, string code, long mostBytes) =>
        new(Diagnostic.Error(code,
            $"cannot read '{name}': it has more than {Quantity.Bytes(mostBytes)}, which no such file has; name another one") with
        { File = name });
}
