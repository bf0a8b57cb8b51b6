using System.Reflection;
using TinyReorder.ServePage;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Page;

/// <summary>The page of <c>src/TinyReorder.Web</c> as it is published, on a server on this machine, and a browser to open it with.</summary>
public sealed class PublishedPage : IAsyncLifetime, IDisposable
{
    private static readonly Lazy<string> Folder = new(Publish);

    private StaticSite? site;
    private OpenedSite? shared;

    public Browser Browser { get; } = new();

    public Uri Address => site!.Address;

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        if (Browser.IsThere)
            site = new StaticSite(Folder.Value);
    }

    public void Dispose() => site?.Dispose();

    public async Task DisposeAsync()
    {
        if (shared is not null)
            await shared.DisposeAsync();
        await Browser.DisposeAsync();
    }

    internal Task<OpenedSite> OpenAsync(int width = 1300, Microsoft.Playwright.ColorScheme scheme = Microsoft.Playwright.ColorScheme.Light)
    {
        Browser.SkipWithout();
        return Browser.OpenSiteAsync(Address, width, scheme);
    }

    /// <summary>One page for all tests of a class that leave its form as it is.</summary>
    internal async Task<OpenedSite> SharedAsync() => shared ??= await OpenAsync();

    // The project was built with the tests; what is left is to trim it.
    private static string Publish()
    {
        string configuration = typeof(PublishedPage).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string folder = Path.Combine(AppContext.BaseDirectory, "page");
        (int code, string output, string errors) = ProgramRunner.Run(RepositoryFiles.Root, "dotnet",
            "publish", RepositoryFiles.PathOf("src", "TinyReorder.Web"), "--no-build", "-c", configuration, "-v", "quiet", "-nodeReuse:false",
            "-p:CompressionEnabled=false", "-p:PublishDir=" + folder + "/");
        Assert.True(code == 0, output + errors);
        return Path.Combine(folder, "wwwroot");
    }
}
