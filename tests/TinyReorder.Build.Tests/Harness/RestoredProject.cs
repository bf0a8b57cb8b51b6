using System.Text.RegularExpressions;

namespace TinyReorder.Tests.Harness;

/// <summary>What NuGet leaves of the usual project, restored once: scenarios differ in their models, not in their packages.</summary>
internal sealed partial class RestoredProject
{
    private static readonly Lazy<RestoredProject> Once = new(() => new RestoredProject());

    private readonly Scenario scenario = new();

    private RestoredProject() => scenario.Project("").RunCommand("restore", []).Succeeds();

    public static RestoredProject Usual => Once.Value;

    private string Files => scenario.PathOf("obj");

    /// <summary>Whether a project in <paramref name="directory"/> may take it: XML and JSON write other characters in ways of their own.</summary>
    public static bool CanServe(string directory) => PlainPath().IsMatch(directory);

    /// <summary>Leaves the same in a project of another directory.</summary>
    public void CopyTo(string directory)
    {
        foreach (string file in Directory.GetFiles(Files))
        {
            string copy = Path.Combine(directory, "obj", Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace(scenario.Directory, directory, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9/_.-]+$")]
    private static partial Regex PlainPath();
}
