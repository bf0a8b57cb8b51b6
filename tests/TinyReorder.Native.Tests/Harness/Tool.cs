namespace TinyReorder.Native.Tests.Harness;

/// <summary>The tool as it was built with the tests.</summary>
public static class Tool
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll");

    /// <summary>The command line that starts it, as shells and make take it.</summary>
    public static string Command => $"dotnet {Assembly}";

    /// <summary>The same as a list of CMake.</summary>
    public static string CMakeList => $"dotnet;{Assembly}";

    /// <summary>Runs it.</summary>
    public static ProgramRun Run(string directory, params string[] arguments) => Program.Run(directory, "dotnet", [Assembly, .. arguments]);
}
