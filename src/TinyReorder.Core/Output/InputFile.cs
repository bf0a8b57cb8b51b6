using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>Reads inputs whole, with one diagnostic when that cannot be done.</summary>
public static class InputFile
{
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

    /// <summary>The bytes of <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the diagnostic calls it: the path as the user wrote it.</param>
    /// <param name="code">The code of the diagnostic.</param>
    /// <exception cref="TinyReorderException">The file cannot be read.</exception>
    public static byte[] Read(string path, string name, string code = DiagnosticCodes.CannotRead)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist." : exception.Message;
            var diagnostic = Diagnostic.Error(code, $"cannot read '{name}': {reason}") with { File = name };
            throw new TinyReorderException(diagnostic, exception);
        }
    }
}
