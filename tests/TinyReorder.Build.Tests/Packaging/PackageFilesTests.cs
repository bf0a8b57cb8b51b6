using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

/// <summary>The package holds what a build needs and nothing else: each of its files, with the size that it may reach at most.</summary>
public sealed class PackageFilesTests : IDisposable
{
    private const long LargestPageBytes = 8_000;

    private static readonly Dictionary<string, long> LargestBytes = new(StringComparer.Ordinal)
    {
        ["README.md"] = 40_000,
        ["LICENSE"] = 12_000,
        ["THIRD-PARTY-NOTICES.txt"] = 8_000,
        ["TinyReorder.Build.nuspec"] = 2_000,
        ["build/TinyModel.xaml"] = 20_000,
        ["build/TinyModel.xsd"] = 30_000,
        ["build/TinyReorder.Build.props"] = 8_000,
        ["build/TinyReorder.Build.targets"] = 30_000,
        ["build/native/TinyReorder.Build.props"] = 1_000,
        ["build/native/TinyReorder.Build.targets"] = 1_000,
        ["buildMultiTargeting/TinyReorder.Build.props"] = 1_000,
        ["buildMultiTargeting/TinyReorder.Build.targets"] = 2_000,
        ["buildTransitive/TinyReorder.Build.props"] = 1_000,
        ["buildTransitive/TinyReorder.Build.targets"] = 1_000,
        ["tasks/net472/Google.FlatBuffers.dll"] = 40_000,
        ["tasks/net472/Microsoft.Bcl.AsyncInterfaces.dll"] = 40_000,
        ["tasks/net472/Scriban.Signed.dll"] = 700_000,
        ["tasks/net472/System.Buffers.dll"] = 40_000,
        ["tasks/net472/System.IO.Pipelines.dll"] = 120_000,
        ["tasks/net472/System.Memory.dll"] = 200_000,
        ["tasks/net472/System.Numerics.Vectors.dll"] = 150_000,
        ["tasks/net472/System.Runtime.CompilerServices.Unsafe.dll"] = 40_000,
        ["tasks/net472/System.Text.Encodings.Web.dll"] = 120_000,
        ["tasks/net472/System.Text.Json.dll"] = 800_000,
        ["tasks/net472/System.Threading.Tasks.Extensions.dll"] = 40_000,
        ["tasks/net472/TinyReorder.Build.dll"] = 120_000,
        ["tasks/net472/TinyReorder.Core.dll"] = 2_400_000,
        ["tasks/net8.0/Google.FlatBuffers.dll"] = 40_000,
        ["tasks/net8.0/Scriban.Signed.dll"] = 700_000,
        ["tasks/net8.0/TinyReorder.Build.dll"] = 120_000,
        ["tasks/net8.0/TinyReorder.Core.dll"] = 2_400_000,
    };

    private readonly PackageContent content = new(PackedPackage.Shared, Directory.CreateTempSubdirectory("tinyreorder-").FullName);

    public void Dispose() => Directory.Delete(content.Directory, recursive: true);

    [Fact]
    public void It_holds_these_files_and_none_is_larger_than_it_should_be()
    {
        IEnumerable<string> pages = Directory.GetFiles(Repository.PathOf("docs", "diagnostics")).Select(path => "docs/diagnostics/" + Path.GetFileName(path));
        Dictionary<string, long> largestBytes = LargestBytes.Concat(pages.Select(page => KeyValuePair.Create(page, LargestPageBytes)))
            .ToDictionary(StringComparer.Ordinal);

        Assert.Equal(largestBytes.Keys.Order(StringComparer.Ordinal), content.Files);
        Assert.DoesNotContain(content.Files.Select(file => (file, bytes: new FileInfo(Path.Combine(content.Directory, file)).Length)), entry =>
            entry.bytes is 0 || entry.bytes > largestBytes[entry.file]);
        Assert.InRange(new FileInfo(PackedPackage.Shared.PackageFile).Length, 1, 3_000_000);
    }

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void Every_assembly_is_one_that_the_task_reaches(string framework)
    {
        string folder = Path.Combine(content.Directory, "tasks", framework);
        var reached = new HashSet<string>(StringComparer.Ordinal) { "TinyReorder.Build.dll" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? file))
        {
            foreach (string reference in References(Path.Combine(folder, file))
                .Where(reference => File.Exists(Path.Combine(folder, reference)) && reached.Add(reference)))
                open.Enqueue(reference);
        }
        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// The task answers for a later version, since MSBuild.exe has no binding redirects for it; an older one, or another key, would fail there.
    /// </summary>
    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void What_an_assembly_asks_for_lies_beside_it_in_that_version_or_a_later_one(string framework)
    {
        var beside = Directory.GetFiles(Path.Combine(content.Directory, "tasks", framework))
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), AssemblyName.GetAssemblyName);
        (string File, AssemblyName Wanted)[] asked =
            [.. beside.Keys.SelectMany(name => AskedFor(Path.Combine(content.Directory, "tasks", framework, name + ".dll"))
                .Where(wanted => beside.ContainsKey(wanted.Name!)).Select(wanted => (name, wanted)))];
        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, reference => beside[reference.Wanted.Name!].Version < reference.Wanted.Version
            || !beside[reference.Wanted.Name!].GetPublicKeyToken()!.SequenceEqual(reference.Wanted.GetPublicKeyToken() ?? []));
    }

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void Our_assemblies_carry_their_symbols_and_no_path_of_the_machine_that_built_them(string framework)
    {
        foreach (string name in new[] { "TinyReorder.Build.dll", "TinyReorder.Core.dll" })
        {
            using var assembly = new PEReader(File.OpenRead(Path.Combine(content.Directory, "tasks", framework, name)));
            DebugDirectoryEntry[] entries = [.. assembly.ReadDebugDirectory()];
            Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            DebugDirectoryEntry embedded = Assert.Single(entries, entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            using MetadataReaderProvider provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
            MetadataReader symbols = provider.GetMetadataReader();
            string[] documents = [.. symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name))];
            Assert.NotEmpty(documents);
            Assert.DoesNotContain(documents, document => !document.StartsWith("/_", StringComparison.Ordinal));
        }
    }

    private static string[] References(string path) => [.. AskedFor(path).Select(reference => reference.Name + ".dll")];

    private static AssemblyName[] AskedFor(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(reference => metadata.GetAssemblyReference(reference).GetAssemblyName())];
    }
}
