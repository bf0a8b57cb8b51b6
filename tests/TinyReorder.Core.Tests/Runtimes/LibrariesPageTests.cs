using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Runtimes;

public class LibrariesPageTests
{
    [Fact]
    public void The_page_lists_every_release_as_it_is()
    {
        string[] rows = [.. File.ReadAllText(RepositoryFiles.PathOf("docs", "libraries.md")).Split("## Releases")[1].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

        string[] expected = [.. ReleaseCatalog.All.Select(Row)];
        Assert.Equal(expected, rows);
    }

    private static string Row(Release release)
    {
        string names = string.Join(", ", release.Names.Select(name => $"`{name}`"));
        string kernels = string.Join(", ", release.Kernels.Select(profile => profile.KernelLibrary).Distinct());
        string abi = release.Abi is { } known ? AbiWords.Of(known) : "any";
        return $"| `{release.Library}` | `{release.Version}` | {names} | {release.Commit} ({release.Date}) | {kernels} | {abi} | "
            + $"{(release.IsMeasured ? "yes" : "no")} | "
            + $"{(release.CrashesOnShortArena ? "crashes" : "fails")} |";
    }
}
