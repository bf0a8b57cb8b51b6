namespace TinyReorder.Tests.Shared;

/// <summary>Files of the repository that tests read.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder with the solution, found upwards from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folders above the one in which the tests run, the nearest first.</summary>
    public static IEnumerable<string> Ancestors
    {
        get
        {
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                yield return folder.FullName;
        }
    }

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TinyReorder.Build.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
    }
}
