using System.Security.Cryptography;
using TinyReorder.Diagnostics;
using TinyReorder.Inputs;
using TinyReorder.Output;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Files;

/// <summary>Reads a model from the disk.</summary>
internal static class ModelFile
{
    private const long LargestBytes = InputFile.LargestModelBytes;

    /// <summary>Reads the model at <paramref name="path"/>, which diagnostics name as it is given.</summary>
    /// <exception cref="TinyReorderException">It cannot be read (TINY2010) or holds no model (TINY2001 and following).</exception>
    public static TfliteModel Load(string path) => ModelInput.Load(Read(path), path);

    /// <summary>The SHA-256 of <paramref name="bytes"/> in lower-case hexadecimal digits.</summary>
    public static string Sha256(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    private static byte[] Read(string path)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(path))
                throw CannotRead(path, "its path is empty; name a .tflite file");
            if (Directory.Exists(path))
                throw CannotRead(path, "it is a directory; name the .tflite file in it");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            if (stream.CanSeek && stream.Length > LargestBytes)
                throw CannotRead(path, $"it has {Quantity.Bytes(stream.Length)}, and a model ends at {Quantity.Bytes(LargestBytes)}; name a .tflite file "
                    + "for a microcontroller");
            return ReadToEnd(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CannotRead(path, "there is no such file; check the path", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw CannotRead(path, "permission is denied; check who may read it", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw CannotRead(path, e.Message.ReplaceLineEndings(" "), e);
        }
    }

    private static byte[] ReadToEnd(FileStream stream, string path)
    {
        byte[] block = new byte[1 << 16];
        int read = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        byte[] head = block[..read];
        bool isText = !ModelInput.IsModel(head) && TextFile.IsText(head);
        // What is neither a model nor text is not read any further: it may be a device without an end.
        if (read < block.Length || (!isText && !ModelInput.IsModel(head)))
            return head;
        long mostBytes = isText ? ModelInput.MostSourceBytes : LargestBytes;
        if (stream.CanSeek && stream.Length > mostBytes)
            throw TooLarge(path, mostBytes);
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Max(stream.Length, read) : read);
        content.Write(head);
        while ((read = stream.Read(block)) > 0)
        {
            if (content.Length + read > mostBytes)
                throw TooLarge(path, mostBytes);
            content.Write(block, 0, read);
        }
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static TinyReorderException TooLarge(string path, long mostBytes) =>
        CannotRead(path, $"it has more than {Quantity.Bytes(mostBytes)}; name a .tflite file for a microcontroller");

    private static TinyReorderException CannotRead(string path, string reason, Exception? inner = null)
    {
        Diagnostic diagnostic = Diagnostic.Error(DiagnosticCodes.CannotRead,
            $"the model cannot be read: {reason}") with
        { File = path.Length > 0 ? path : null };
        return inner is null ? new TinyReorderException(diagnostic) : new TinyReorderException(diagnostic, inner);
    }
}
