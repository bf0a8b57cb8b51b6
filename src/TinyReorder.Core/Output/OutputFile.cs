using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>Writes outputs so that nobody ever sees half of one, and compilers see no change where there is none.</summary>
public static class OutputFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>
    /// Writes <paramref name="path"/> by way of a temporary file beside it that is moved over it, only when the content differs from what is there.
    /// </summary>
    /// <param name="path">The file; its directory is made where it is missing.</param>
    /// <param name="write">Writes the content. What it throws leaves the file as it was.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="TinyReorderException">The file cannot be written: TINY5006.</exception>
    public static bool WriteIfChanged(string path, Action<Stream> write)
    {
        if (IsDevice(path))
            return WriteToDevice(path, write);
        string temporary = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        try
        {
            using (FileStream stream = Create(temporary))
                write(stream);
            if (HaveSameContent(temporary, path))
                return false;
            MoveOver(temporary, path);
            return true;
        }
        catch (Exception exception) when (IsRefusalOfTheDisk(exception))
        {
            string message = $"cannot write '{path}': {exception.Message} Make the directory writable, or choose another one.";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, message), exception);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <summary>Deletes <paramref name="path"/> where it exists.</summary>
    /// <exception cref="TinyReorderException">The file cannot be deleted: TINY5006.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
        catch (Exception exception) when (IsRefusalOfTheDisk(exception))
        {
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"cannot delete '{path}': {exception.Message}"), exception);
        }
    }

    /// <summary>Whether <paramref name="exception"/> says that the file system did not let us, rather than that we are wrong.</summary>
    internal static bool IsRefusalOfTheDisk(Exception exception) => exception is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>What is named in /dev is not to be replaced by a file, which the superuser could do.</summary>
    private static bool IsDevice(string path) => Path.DirectorySeparatorChar == '/' && path.StartsWith("/dev/", StringComparison.Ordinal);

    private static bool WriteToDevice(string path, Action<Stream> write)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
            write(stream);
            return true;
        }
        catch (Exception exception) when (IsRefusalOfTheDisk(exception))
        {
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"cannot write '{path}': {exception.Message}"), exception);
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            string? directory = Path.GetDirectoryName(path);
            if (!string.IsNullOrEmpty(directory))
                Directory.CreateDirectory(directory);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static bool HaveSameContent(string written, string existing)
    {
        if (!File.Exists(existing) || new FileInfo(written).Length != new FileInfo(existing).Length)
            return false;
        using FileStream a = OpenForReading(written), b = OpenForReading(existing);
        byte[] ofA = new byte[BufferBytes], ofB = new byte[BufferBytes];
        for (; ; )
        {
            int count = Fill(a, ofA);
            if (Fill(b, ofB) != count)
                return false;
            if (count == 0)
                return true;
            for (int i = 0; i < count; i++)
            {
                if (ofA[i] != ofB[i])
                    return false;
            }
        }
    }

    private static FileStream OpenForReading(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    private static int Fill(FileStream stream, byte[] buffer)
    {
        int filled = 0;
        for (int read; filled < buffer.Length && (read = stream.Read(buffer, filled, buffer.Length - filled)) > 0;)
            filled += read;
        return filled;
    }

    private static void MoveOver(string temporary, string path)
    {
#if NETSTANDARD2_0
        if (File.Exists(path))
            File.Replace(temporary, path, null);
        else
            File.Move(temporary, path);
#else
        File.Move(temporary, path, overwrite: true);
#endif
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            // What could not be written says why; a leftover temporary file adds nothing to it.
        }
    }
}
