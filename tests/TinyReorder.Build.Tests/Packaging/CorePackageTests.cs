using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

/// <summary>The library's package: what it holds, what it asks for, and that the example of its page compiles against it and runs.</summary>
public sealed class CorePackageTests(PackedCore core) : IClassFixture<PackedCore>
{
    private static readonly Dictionary<string, long> LargestBytes = new(StringComparer.Ordinal)
    {
        ["THIRD-PARTY-NOTICES.txt"] = 8_000,
        ["TinyReorder.Core.nuspec"] = 2_000,
        ["lib/net8.0/TinyReorder.Core.dll"] = 2_400_000,
        ["lib/net8.0/TinyReorder.Core.xml"] = 1_000_000,
        ["lib/netstandard2.0/TinyReorder.Core.dll"] = 2_400_000,
        ["lib/netstandard2.0/TinyReorder.Core.xml"] = 1_000_000,
        ["library.md"] = 8_000,
    };

    [Fact]
    public void It_holds_these_files_and_none_is_larger_than_it_should_be()
    {
        using ZipArchive content = ZipFile.OpenRead(core.PackageFile);
        ZipArchiveEntry[] files = [.. content.Entries.Where(entry => entry.FullName.Split('/')[0] is not ("[Content_Types].xml" or "_rels" or "package"))];
        Assert.Equal(LargestBytes.Keys.Order(StringComparer.Ordinal), files.Select(file => file.FullName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => file.Length == 0 || file.Length > LargestBytes[file.FullName]);
    }

    [Fact]
    public void It_asks_for_what_it_runs_with_and_nothing_else()
    {
        using ZipArchive content = ZipFile.OpenRead(core.PackageFile);
        using Stream stream = content.GetEntry("TinyReorder.Core.nuspec")!.Open();
        XElement[] groups = [.. XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "group")];
        Assert.Equal(
            [".NETStandard2.0: Google.FlatBuffers, Scriban.Signed, System.Text.Json", "net8.0: Google.FlatBuffers, Scriban.Signed"],
            groups.Select(Text).Order(StringComparer.Ordinal));

        static string Text(XElement group) => $"{group.Attribute("targetFramework")!.Value}: {string.Join(", ", Ids(group))}";
        static IEnumerable<string> Ids(XElement group) => group.Elements().Select(package => package.Attribute("id")!.Value).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_example_of_its_page_compiles_against_it_and_runs()
    {
        string folder = Path.Combine(core.Directory, "example");
        Directory.CreateDirectory(folder);
        string page = File.ReadAllText(Repository.PathOf("docs", "library.md")).ReplaceLineEndings("\n");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Regex.Match(page, "(?s)```csharp\n(.*?)```").Groups[1].Value);
        File.WriteAllText(Path.Combine(folder, "example.csproj"), $"""
            <Project Sdk="{Sdk.Net}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{Sdk.Framework}</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TinyReorder.Core" Version="{PackedCore.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.Copy(Repository.PathOf("samples", "models", "keyword.tflite"), Path.Combine(folder, "keyword.tflite"));

        (int exitCode, string output) = Command.Run(folder, "dotnet", ["run"], core.Environment);

        Assert.True(exitCode == 0, output);
        Assert.Contains("peak 53040 B -> 41728 B, proven\narena 62352 B -> 51040 B, 210592 B of SRAM left\n", output, StringComparison.Ordinal);
        Assert.All(["kws.h", "kws.c", "kws_ops.h", "kws.memory.json"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
    }
}
