using System.Globalization;
using System.Security.Cryptography;

namespace TinyReorder.Output;

/// <summary>The SHA-256 of a content, in 64 lower-case hexadecimal digits: what decides whether two files are the same.</summary>
internal static class ContentHash
{
    private const int BufferBytes = 1 << 16;

    /// <summary>The hash of <paramref name="content"/>.</summary>
    public static string Of(byte[] content)
    {
        using var sha = SHA256.Create();
        return Digits(sha.ComputeHash(content));
    }

    /// <summary>
    /// The hash of what lies at <paramref name="path"/>, behind links; null where no file can be read there. No more is read than the file's length says: a
    /// device has none, and would not end.
    /// </summary>
    public static string? OfFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            using var sha = SHA256.Create();
            byte[] buffer = new byte[BufferBytes];
            long left = stream.CanSeek ? stream.Length : 0;
            for (int read; left > 0 && (read = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length))) > 0; left -= read)
                sha.TransformBlock(buffer, 0, read, null, 0);
            sha.TransformFinalBlock(buffer, 0, 0);
            return Digits(sha.Hash!);
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The digits of <paramref name="hash"/>.</summary>
    internal static string Digits(byte[] hash) => string.Concat(hash.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
