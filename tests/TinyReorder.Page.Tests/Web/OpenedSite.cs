using System.Globalization;
using Microsoft.Playwright;

namespace TinyReorder.Tests.Page;

/// <summary>The page of <c>src/TinyReorder.Web</c> in a browser, by what its user does and sees.</summary>
internal sealed record OpenedSite(IPage Page) : IAsyncDisposable
{
    /// <summary>The words of the examples.</summary>
    public const string Fitting = "Keyword spotting on an Arduino Nano 33 BLE", TooLarge = "the same on a BluePill, which is too small",
        Streamed = "the same, where rows stream through the layers";

    /// <summary>Some planning takes long in a browser, on a machine that does more at once.</summary>
    public const float MostMilliseconds = 300_000;

    private readonly List<string> complaints = [];

    /// <summary>What the browser said, a breach of the content security policy among it.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public ILocator State => Page.Locator("#state");

    public ILocator Verdict => Page.Locator("#verdict");

    public void Listen(Uri address)
    {
        Page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        Page.PageError += (_, error) => complaints.Add(error);
        Page.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + address.AbsoluteUri, StringComparison.Ordinal))
                complaints.Add("asks for " + request.Url);
        };
    }

    /// <summary>Chooses a file and waits for its answer.</summary>
    public async Task ChooseAsync(string name, byte[] content)
    {
        await ForgetAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tinyreorder model ");
        try
        {
            string file = Path.Combine(folder.FullName, name);
            await File.WriteAllBytesAsync(file, content);
            await Page.Locator("#file").SetInputFilesAsync(file);
            await AnsweredAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Clicks the example with these words and waits for its answer.</summary>
    public async Task ExampleAsync(string words)
    {
        await ForgetAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();
        await AnsweredAsync();
    }

    /// <summary>Waits until boards and libraries can be chosen.</summary>
    public Task ReadyAsync() => Assertions.Expect(State).ToHaveTextAsync("Ready: choose a model.", new() { Timeout = MostMilliseconds });

    /// <summary>Waits until nothing runs and an answer is there.</summary>
    public Task AnsweredAsync() => Page.WaitForFunctionAsync(
        "() => document.getElementById('stop').hidden && document.getElementById('verdict').textContent", null, new() { Timeout = MostMilliseconds });

    /// <summary>A figure of the table of before and after; null where there is none.</summary>
    public async Task<long?> FigureAsync(string name, bool isNow)
    {
        string text = await Page.Locator($"tr[data-figure={name}] td").Nth(isNow ? 1 : 0).InnerTextAsync();
        return text.Length == 0 ? null : long.Parse(text.Replace(" B", "", StringComparison.Ordinal), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    /// <summary>The name and the bytes of a file that the page hands over.</summary>
    public async Task<NamedFile> DownloadAsync(string kind)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator($"[data-file={kind}]").ClickAsync(), new() { Timeout = MostMilliseconds });
        return new NamedFile(download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    // The answer before the one that is waited for.
    private async Task ForgetAsync() => await Page.EvaluateAsync("document.getElementById('verdict').textContent = ''");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
