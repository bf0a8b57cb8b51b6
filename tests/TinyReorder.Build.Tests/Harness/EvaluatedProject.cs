using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace TinyReorder.Tests.Harness;

/// <summary>A project between the package's props and targets as they lie in the repository, evaluated in process and not built.</summary>
public sealed class EvaluatedProject : IDisposable
{
    private readonly ProjectCollection collection;
    private readonly string directory = Directory.CreateTempSubdirectory("tinyreorder-evaluation-").FullName;

    /// <param name="body">What stands between props and targets.</param>
    /// <param name="globals">What <c>-p:</c> sets.</param>
    /// <param name="extension">The project's kind.</param>
    public EvaluatedProject(string body, string extension = ".csproj", params (string Name, string Value)[] globals)
    {
        collection = new ProjectCollection(globals.ToDictionary(global => global.Name, global => global.Value));
        string path = Path.Combine(directory, "project" + extension);
        File.WriteAllText(path, $"""
            <Project>
              <Import Project="{Repository.PathOf("build", "TinyReorder.Build.props")}" />
              {body}
              <Import Project="{Repository.PathOf("build", "TinyReorder.Build.targets")}" />
            </Project>
            """);
        Project = new Project(ProjectRootElement.Open(path, collection), null, null, collection);
    }

    public Project Project { get; }

    public string this[string property] => Project.GetPropertyValue(property);

    public IReadOnlyList<ProjectItem> Models => [.. Project.GetItems("TinyModel")];

    /// <summary>What metadata of the only model comes to.</summary>
    public string Metadata(string name) => Assert.Single(Models).GetMetadataValue(name);

    /// <summary>Writes a file beside the project, and looks again.</summary>
    public EvaluatedProject With(params string[] files)
    {
        foreach (string file in files)
        {
            string path = Path.Combine(directory, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
        Project.MarkDirty();
        Project.ReevaluateIfNecessary();
        return this;
    }

    public void Dispose()
    {
        collection.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
