using System.Xml.Linq;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

public class PackageLayoutTests
{
    private static readonly Lazy<PackageContent> Content = new(() =>
        new PackageContent(PackedPackage.Shared, Path.Combine(PackedPackage.Shared.Directory, "content")));

    [Fact]
    public void The_files_lie_where_NuGet_and_the_targets_look_for_them()
    {
        string[] folders = ["build/", "build/native/", "buildTransitive/", "buildMultiTargeting/"];
        foreach (string folder in folders)
        {
            Assert.Contains(folder + "TinyReorder.Build.props", Content.Value.Files);
            Assert.Contains(folder + "TinyReorder.Build.targets", Content.Value.Files);
        }
        Assert.DoesNotContain(Content.Value.Files,
            file => file.StartsWith("lib/", StringComparison.Ordinal) || file.StartsWith("ref/", StringComparison.Ordinal));
        Assert.Contains("docs/diagnostics/TINY1001.md", Content.Value.Files);
    }

    [Fact]
    public void Each_task_has_what_it_loads_beside_it_and_nothing_of_MSBuild()
    {
        Assert.Equal(["Google.FlatBuffers.dll", "Scriban.Signed.dll", "TinyReorder.Build.dll", "TinyReorder.Core.dll"], FilesIn("tasks/net8.0/"));
        string[] onFramework = FilesIn("tasks/net472/");
        Assert.Superset(new HashSet<string> { "Google.FlatBuffers.dll", "Scriban.Signed.dll", "TinyReorder.Build.dll", "TinyReorder.Core.dll" },
            onFramework.ToHashSet());
        Assert.DoesNotContain(onFramework, file => file.StartsWith("Microsoft.Build", StringComparison.Ordinal));
        // .NET Framework has one context for all tasks: what is bundled can conflict, so that a new dependency has to be meant.
        Assert.True(onFramework.Length <= 13, string.Join(", ", onFramework));
    }

    [Fact]
    public void The_package_is_a_development_dependency_without_dependencies_of_its_own()
    {
        XElement metadata = XDocument.Load(Path.Combine(Content.Value.Directory, "TinyReorder.Build.nuspec")).Root!.Elements().Single();
        Assert.Equal("true", Value(metadata, "developmentDependency"));
        Assert.Equal("Apache-2.0", Value(metadata, "license"));
        Assert.Null(Value(metadata, "dependencies"));
    }

    private static string[] FilesIn(string folder) =>
        Content.Value.Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal)).Select(file => file[folder.Length..]).ToArray();

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
