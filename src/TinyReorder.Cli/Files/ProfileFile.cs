using TinyReorder.Diagnostics;
using TinyReorder.Output;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli.Files;

/// <summary>Reads a runtime profile of the user's own.</summary>
internal static class ProfileFile
{
    /// <summary>The profile at <paramref name="path"/>, or null where none is given.</summary>
    /// <exception cref="TinyReorderException">The file cannot be read or is no profile: TINY3005.</exception>
    public static RuntimeProfile? Load(string? path) =>
        path is null ? null : RuntimeProfile.Load(InputFile.Read(path, path, DiagnosticCodes.BadProfileFile), path);
}
