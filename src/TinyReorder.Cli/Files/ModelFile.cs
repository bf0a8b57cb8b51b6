using System.Security.Cryptography;
using TinyReorder.Diagnostics;
using TinyReorder.Output;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Files;

/// <summary>Reads a model from the disk.</summary>
internal static class ModelFile
{
    private const long LargestBytes = InputFile.LargestModelBytes;
    private const int HeaderBytes = 8;

    /// <summary>Reads the model at <paramref name="path"/>, which diagnostics name as it is given.</summary>
    /// <exception cref="TinyReorderException">It cannot be read (TINY2010) or is no model (TINY2001 and following).</exception>
    public static TfliteModel Load(string path) => TfliteModel.Load(Read(path), path);

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
        byte[] header = new byte[HeaderBytes];
        int read = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        // What is no model is not read any further: it may be a device without an end.
        if (read < HeaderBytes || !header.AsSpan(4).SequenceEqual("TFL3"u8))
            return header[..read];
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Max(stream.Length, HeaderBytes) : HeaderBytes);
        content.Write(header);
        byte[] block = new byte[1 << 16];
        while ((read = stream.Read(block)) > 0)
        {
            if (content.Length + read > LargestBytes)
                throw CannotRead(path, $"it has more than {Quantity.Bytes(LargestBytes)}; name a .tflite file for a microcontroller");
            content.Write(block, 0, read);
        }
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static TinyReorderException CannotRead(string path, string reason, Exception? inner = null)
    {
        Diagnostic diagnostic = Diagnostic.Error(DiagnosticCodes.CannotRead,
            $"the model cannot be read: {reason}") with
        { File = path.Length > 0 ? path : null };
        return inner is null ? new TinyReorderException(diagnostic) : new TinyReorderException(diagnostic, inner);
    }
}
