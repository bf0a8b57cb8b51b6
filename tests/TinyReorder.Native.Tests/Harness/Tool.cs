using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Harness;

/// <summary>The tool as it was built with the tests, or the executable that <c>TINYREORDER_TOOL</c> names.</summary>
public static class Tool
{
    private static readonly string? Executable =
        Environment.GetEnvironmentVariable("TINYREORDER_TOOL") is { Length: > 0 } path ? Path.GetFullPath(path, RepositoryFiles.Root) : null;

    private static readonly string[] Line = Executable is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll")] : [Executable];

    /// <summary>The command line that starts it, as shells and make take it.</summary>
    public static string Command => string.Join(' ', Line);

    /// <summary>The same as a list of CMake.</summary>
    public static string CMakeList => string.Join(';', Line);

    /// <summary>Runs it.</summary>
    public static ProgramRun Run(string directory, params string[] arguments) => Program.Run(directory, Line[0], [.. Line[1..], .. arguments]);
}
