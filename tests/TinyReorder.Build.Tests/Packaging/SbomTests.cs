using System.Text.Json;
using TinyReorder.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Packaging;

/// <summary>The bill of materials that <c>tools/sbom</c> writes names what the lock files of the shipped projects name, with the same hashes.</summary>
public class SbomTests
{
    [SkippableFact]
    public void The_bill_of_materials_lists_each_locked_package_with_its_hash()
    {
        string sources = Repository.PathOf("src"), file = Repository.PathOf("artifacts", "sbom-test", "sbom.cdx.json");
        (string? packages, string reason) = new NpmPackages(Repository.PathOf("tools", "sbom"), Repository.PathOf("artifacts", "sbom-npm"))
            .Install("install", "--no-save", "--omit=optional");
        Skip.If(packages is null, reason);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "sbom", "package.json")));
        string[] script = manifest.RootElement.GetProperty("scripts").GetProperty("sbom").GetString()!.Split(' ');
        Assert.Equal(["cdxgen", "../../artifacts/sbom.cdx.json", "../../src"], [script[0], .. script[^2..]]);

        (int code, _, string errors) = ProgramRunner.Run(Repository.Root, Path.Combine(packages, ".bin", "cdxgen"), [.. script[1..^2], file, sources]);

        Assert.True(code == 0, errors);
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(file));
        (string Package, string Hash)[] listed =
        [
            .. bill.RootElement.GetProperty("components").EnumerateArray().Where(component => component.TryGetProperty("hashes", out _))
                .Select(component => (component.GetProperty("purl").GetString()!,
                    component.GetProperty("hashes")[0].GetProperty("content").GetString()!.ToUpperInvariant())).Order(),
        ];
        Assert.Equal(Locked(sources), listed);
    }

    private static SortedSet<(string Package, string Hash)> Locked(string sources)
    {
        var all = new SortedSet<(string Package, string Hash)>();
        foreach (string path in Directory.GetDirectories(sources).Select(project => Path.Combine(project, "packages.lock.json")).Where(File.Exists))
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllText(path));
            foreach (JsonProperty package in file.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject()))
            {
                if (package.Value.TryGetProperty("contentHash", out JsonElement hash))
                    all.Add(($"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}", Convert.ToHexString(hash.GetBytesFromBase64())));
            }
        }
        return all;
    }
}
