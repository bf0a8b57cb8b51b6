using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

/// <summary>The table of docs/dependencies.md names each package that any project asks for, in the version that it asks for, under a licence.</summary>
public class DependencyTableTests
{
    private static readonly (string Package, string Versions, string Licence)[] Rows =
    [
        .. File.ReadAllText(Repository.PathOf("docs", "dependencies.md")).ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => (cells[1], cells[2], cells[3])),
    ];

    [Fact]
    public void Each_package_has_a_row_with_its_version()
    {
        (string Package, string Version)[] asked = [.. Central(), .. Overridden(), .. Executables(), .. Sdks(), .. Tools(), .. Npm()];
        Assert.True(asked.Length > 20, $"{asked.Length} packages");
        Assert.DoesNotContain(asked,
            package => !Rows.Any(row => row.Package == package.Package && Regex.IsMatch(row.Versions, $@"(^|[ ,]){Regex.Escape(package.Version)}($|[ ,])")));
    }

    [Fact]
    public void Each_row_names_a_licence_and_a_package_that_is_used_or_shipped()
    {
        HashSet<string> used = [.. Central().Concat(Executables()).Concat(Sdks()).Concat(Tools()).Concat(Npm()).Select(package => package.Package)];
        Assert.NotEmpty(Rows);
        Assert.All(Rows, row =>
        {
            Assert.Matches("^(MIT|Apache-2.0|BSD-2-Clause|MS-PL|Microsoft Software License Terms)(, with .+)?$", row.Licence);
            Assert.Contains(row.Package, used);
        });
        Assert.Equal(Rows.Length, Rows.DistinctBy(row => row.Package).Count());
    }

    [Fact]
    public void Each_assembly_of_others_in_the_package_is_named()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "dependencies.md")), notices = File.ReadAllText(Repository.PathOf("THIRD-PARTY-NOTICES.txt"));
        using System.IO.Compression.ZipArchive package = System.IO.Compression.ZipFile.OpenRead(PackedPackage.Shared.PackageFile);
        string[] foreign =
        [
            .. package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)
                && !entry.Name.StartsWith("TinyReorder.", StringComparison.Ordinal))
                .Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Distinct(),
        ];
        Assert.NotEmpty(foreign);
        Assert.DoesNotContain(foreign, assembly => !notices.Contains(assembly, StringComparison.Ordinal));
        Assert.DoesNotContain(foreign, assembly => !Regex.IsMatch(page, $@"[ |]{Regex.Escape(assembly)}(\.Net)?[ ,]"));
    }

    private static IEnumerable<(string Package, string Version)> Central() =>
        XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Select(element => (element.Attribute("Include")!.Value, element.Attribute("Version")!.Value));

    private static IEnumerable<(string Package, string Version)> Overridden() => Projects("src", "tests", "benchmarks")
        .SelectMany(project => project.Descendants("PackageReference")).Where(element => element.Attribute("VersionOverride") is not null)
        .Select(element => ((element.Attribute("Include") ?? element.Attribute("Update"))!.Value, element.Attribute("VersionOverride")!.Value));

    /// <summary>What the SDK itself adds where the tool is published as an executable; its lock file names it.</summary>
    private static IEnumerable<(string Package, string Version)> Executables()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "TinyReorder.Cli", "packages.linux-x64.lock.json")));
        return
        [
            .. file.RootElement.GetProperty("dependencies").EnumerateObject().First().Value.EnumerateObject()
                .Where(package => package.Value.GetProperty("type").GetString() == "Direct")
                .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!)),
        ];
    }

    private static IEnumerable<(string Package, string Version)> Sdks() => Projects("samples")
        .Select(project => project.Root!.Attribute("Sdk")!.Value.Split('/')).Where(sdk => sdk.Length == 2).Select(sdk => (sdk[0], sdk[1])).Distinct();

    private static IEnumerable<(string Package, string Version)> Tools()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")));
        return [.. manifest.RootElement.GetProperty("tools").EnumerateObject().Select(tool => (tool.Name, tool.Value.GetProperty("version").GetString()!))];
    }

    private static IEnumerable<(string Package, string Version)> Npm() => new[] { Repository.PathOf("tests", "TinyReorder.Runtime.Tests"),
        Repository.PathOf("tests", "TinyReorder.Cli.Tests", "Sarif"), Repository.PathOf("tools", "sbom") }.SelectMany(folder =>
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "package.json")));
        return manifest.RootElement.GetProperty("dependencies").EnumerateObject().Select(entry => (entry.Name + " (npm)", entry.Value.GetString()!)).ToArray();
    });

    private static IEnumerable<XDocument> Projects(params string[] folders) => folders
        .SelectMany(folder => Directory.GetDirectories(Repository.PathOf(folder)))
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).Select(path => XDocument.Load(path));
}
