using Microsoft.Playwright;

namespace TinyReorder.Tests.Page;

/// <summary>A page with what the browser said about it; its file is gone after the test.</summary>
public sealed record OpenedPage(IPage Page, IReadOnlyList<string> Complaints, string File) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
    }
}
