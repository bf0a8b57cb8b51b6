namespace TinyReorder.CompareBuilds.Running;

/// <summary>A build of the tool: an assembly, or an executable.</summary>
internal sealed class ToolBuild
{
    /// <summary>The build at <paramref name="path"/>.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public ToolBuild(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(Path))
            throw new FileNotFoundException($"there is no build '{path}'; name tinyreorder.dll or an executable");
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Makes it ready to run: in a process that stays, or with one process for each run.</summary>
    public RunningTool Start(bool alwaysStarts)
    {
        bool isAssembly = Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return isAssembly && !alwaysStarts ? new HostedTool(Path) : isAssembly ? new StartedTool("dotnet", Path) : new StartedTool(Path, assembly: null);
    }
}
