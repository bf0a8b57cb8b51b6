using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>Writes outputs so that nobody ever sees half of one, and compilers see no change where there is none.</summary>
internal static class OutputFile
{
    /// <summary>
    /// Writes <paramref name="path"/> by way of a temporary file beside it that is moved over it, only when the content differs from what is there.
    /// </summary>
    /// <param name="path">The file; its directory is made where it is missing.</param>
    /// <param name="write">Writes the content. What it throws leaves the file as it was.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="TinyReorderException">The file cannot be written: TINY5006.</exception>
    public static bool WriteIfChanged(string path, Action<Stream> write)
    {
        using var file = new StagedFile(path, write);
        return file.TakePlace();
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
    internal static bool IsRefusalOfTheDisk(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or System.Security.SecurityException;
}
