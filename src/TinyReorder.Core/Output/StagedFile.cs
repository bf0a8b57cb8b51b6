using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>A file whose new content lies complete in a temporary file beside it, or in memory for a device, until it takes its place.</summary>
internal sealed class StagedFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string path;
    private readonly string? temporary;
    private readonly byte[] deviceContent = [];
    private (long Bytes, DateTime Time) written;

    /// <summary>Writes the content of <paramref name="path"/> beside it.</summary>
    /// <exception cref="TinyReorderException">It cannot be written: TINY5006.</exception>
    public StagedFile(string path, Action<Stream> write)
    {
        this.path = path;
        if (IsDevice(path))
        {
            using var content = new MemoryStream();
            write(content);
            deviceContent = content.ToArray();
            Sha256 = ContentHash.Of(deviceContent);
            Differs = true;
            return;
        }
        temporary = TemporaryFiles.NewName(path);
        bool whole = false;
        try
        {
            Try(() =>
            {
                using (FileStream stream = Create(temporary))
                using (var hashing = new HashingStream(stream))
                {
                    write(hashing);
                    Sha256 = hashing.Finish();
                }
                if (Directory.Exists(path))
                    throw new IOException("A directory of this name is in its place.");
                Differs = !HaveSameContent(temporary, path);
                var file = new FileInfo(temporary);
                written = (file.Length, file.LastWriteTimeUtc);
                if (!Differs)
                    file.Delete();
            });
            whole = true;
        }
        finally
        {
            if (!whole)
                DeleteQuietly(temporary);
        }
    }

    /// <summary>Where it goes.</summary>
    public string Path => path;

    /// <summary>Where it lies until then; null for a device.</summary>
    public string? Temporary => temporary;

    /// <summary>Whether it goes to a device, which nobody owns.</summary>
    public bool IsForDevice => temporary is null;

    /// <summary>Whether the content is another one than what was there when it was written.</summary>
    public bool Differs { get; private set; }

    /// <summary>The content, as <see cref="ContentHash"/> has it.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Puts the content in place, unless it is what is there.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="TinyReorderException">It cannot be put there: TINY5006.</exception>
    public bool TakePlace()
    {
        if (Differs)
            Try(() =>
            {
                if (temporary is null)
                    WriteToDevice(path, deviceContent);
                else
                    MoveOver(temporary, path);
            });
        return Differs;
    }

    /// <summary>Whether what lies in its place is still the file that was moved there.</summary>
    public bool IsStillInPlace()
    {
        var found = new FileInfo(path);
        return found.Exists && (found.Length, found.LastWriteTimeUtc) == written;
    }

    /// <summary>Deletes the temporary file where it has not taken its place.</summary>
    public void Dispose()
    {
        if (temporary is not null)
            DeleteQuietly(temporary);
    }

    /// <summary>What is named in /dev is not to be replaced by a file, which the superuser could do.</summary>
    internal static bool IsDevice(string path) => System.IO.Path.DirectorySeparatorChar == '/' && path.StartsWith("/dev/", StringComparison.Ordinal);

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception))
        {
            string cure = temporary is null ? "" : " Make the directory writable, or choose another one.";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"cannot write '{path}': {exception.Message}{cure}"), exception);
        }
    }

    private static void WriteToDevice(string path, byte[] content)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
        stream.Write(content, 0, content.Length);
    }

    private static FileStream Create(string path)
    {
        try
        {
            string? directory = System.IO.Path.GetDirectoryName(path);
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

    internal static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            // What could not be written says why; a leftover temporary file adds nothing to it.
        }
    }
}
