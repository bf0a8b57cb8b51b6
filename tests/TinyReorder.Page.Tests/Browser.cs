using System.Runtime.InteropServices;
using Microsoft.Playwright;

namespace TinyReorder.Tests.Page;

/// <summary>A headless Chromium that is on the machine; tests are skipped with the reason where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    // What the page must not need: the network.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync"];

    private static readonly string[] UsualPaths =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            @"C:\Program Files\Google\Chrome\Application\chrome.exe"];

    private IPlaywright? playwright;
    private IBrowser? chromium;
    private string reason = "";

    /// <summary>Whether there is one.</summary>
    internal bool IsThere => chromium is not null;

    /// <summary>Skips the test with the reason where there is none.</summary>
    internal void SkipWithout() => Skip.If(chromium is null, reason);

    public async Task InitializeAsync()
    {
        string? path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : UsualPaths.FirstOrDefault(File.Exists);
        if (path is null)
        {
            reason = $"there is no Chromium ({RuntimeInformation.OSDescription}); install one or name it in the environment variable CHROMIUM";
            return;
        }
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
    }

    /// <summary>A page that has loaded <paramref name="html"/> from a file, and what it complained about.</summary>
    public async Task<OpenedPage> OpenAsync(string html, ColorScheme scheme = ColorScheme.Light)
    {
        SkipWithout();
        IBrowserContext context = await chromium!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1300, Height = 900 },
            ColorScheme = scheme,
            Offline = true
        });
        IPage page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
                complaints.Add("asks for " + request.Url);
        };
        string file = Path.Combine(Directory.CreateTempSubdirectory("tinyreorder page ").FullName, "report.html");
        await File.WriteAllTextAsync(file, html);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return new OpenedPage(page, complaints, file);
    }

    /// <summary>The page of a site, with nothing stored from before, and what it complained about; a request to any other site is a complaint.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="scheme">The colours that the user likes.</param>
    internal async Task<OpenedSite> OpenSiteAsync(Uri address, int width = 1300, ColorScheme scheme = ColorScheme.Light)
    {
        SkipWithout();
        IBrowserContext context = await chromium!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var opened = new OpenedSite(await context.NewPageAsync());
        opened.Listen(address);
        await opened.Page.GotoAsync(address.AbsoluteUri);
        return opened;
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}
