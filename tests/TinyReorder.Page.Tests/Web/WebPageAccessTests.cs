using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TinyReorder.Tests.Page;

/// <summary>The page for those who have no pointer, see it in the dark, on a phone, or not at all.</summary>
[Trait("Category", "Long")]
public sealed class WebPageAccessTests(PublishedPage published) : IClassFixture<PublishedPage>
{
    [SkippableFact]
    public async Task The_keyboard_alone_does_it()
    {
        await using OpenedSite opened = await published.OpenAsync();
        var keys = new KeyboardUser(opened.Page);
        await opened.ReadyAsync();
        await keys.TabToAsync("#file");
        await keys.TabToAsync($"button:text-is('{OpenedSite.Fitting}')");
        await keys.PressAsync("Enter");
        await opened.AnsweredAsync();
        Assert.StartsWith("It fits on Arduino Nano 33 BLE", await opened.Verdict.InnerTextAsync(), StringComparison.Ordinal);

        await keys.TabToAsync("#board");
        await opened.Page.Keyboard.PressAsync("Control+A");
        await opened.Page.Keyboard.TypeAsync("cortex-m3 bluepill 128k");
        Assert.Equal("true", await opened.Page.Locator("#board").GetAttributeAsync("aria-expanded"));
        Assert.Equal(1, await opened.Page.Locator("#board-list [role=option]").CountAsync());
        await keys.PressAsync("ArrowDown");
        Assert.Equal("board-0", await opened.Page.Locator("#board").GetAttributeAsync("aria-activedescendant"));
        Assert.Equal("true", await opened.Page.Locator("#board-0").GetAttributeAsync("aria-selected"));
        await keys.PressAsync("Enter");
        await Assertions.Expect(opened.Verdict).ToContainTextAsync("It does not fit on BluePill", new() { Timeout = OpenedSite.MostMilliseconds });
        Assert.False(await opened.Page.Locator("#board-list").IsVisibleAsync());

        await keys.PressAsync("Escape");
        await Assertions.Expect(opened.Verdict).ToContainTextAsync("It needs an arena of", new() { Timeout = OpenedSite.MostMilliseconds });
        await opened.AnsweredAsync();
        await keys.TabToAsync("[data-file=Header]");
        IDownload download = await opened.Page.RunAndWaitForDownloadAsync(() => keys.PressAsync("Enter"));
        Assert.Equal("keyword.h", download.SuggestedFilename);
    }

    [SkippableFact]
    public async Task Nothing_in_it_keeps_people_out()
    {
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ReadyAsync();
        await opened.Page.Locator("#board").ClickAsync();
        await opened.Page.Locator("#board").PressAsync("ArrowDown");
        await AssertNoViolation(opened, new AxeRunOptions());
        await opened.Page.Locator("#board").PressAsync("Escape");
        await ShowMuchAsync(opened);
        await AssertNoViolation(opened, new AxeRunOptions());
    }

    /// <summary>On a dark page nothing but the colours is another.</summary>
    [SkippableFact]
    public async Task Nothing_in_its_dark_colours_keeps_people_out()
    {
        await using OpenedSite opened = await published.OpenAsync(scheme: ColorScheme.Dark);
        await ShowMuchAsync(opened);
        await AssertNoViolation(opened, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } });
    }

    [SkippableFact]
    public async Task A_phone_shows_it_without_scrolling_sideways()
    {
        await using OpenedSite opened = await published.OpenAsync(width: 360);
        await opened.ReadyAsync();
        Assert.Equal(360, await WidthAsync(opened));
        await ShowMuchAsync(opened);
        Assert.Equal(360, await WidthAsync(opened));
        await opened.ExampleAsync(OpenedSite.Streamed);
        Assert.Equal(360, await WidthAsync(opened));
    }

    private static async Task AssertNoViolation(OpenedSite opened, AxeRunOptions options)
    {
        options.ResultTypes = [ResultType.Violations];
        AxeResult result = await opened.Page.RunAxe(options);
        Assert.True(result.Passes.Length > 0, "axe did not look");
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help} {violation.Nodes[0].Html}"));
    }

    // An answer with a diagnostic whose page is unfolded.
    private static async Task ShowMuchAsync(OpenedSite opened)
    {
        await opened.ExampleAsync(OpenedSite.TooLarge);
        await opened.Page.Locator("summary").First.ClickAsync();
        await Assertions.Expect(opened.Page.Locator("details").First).ToContainTextAsync("Cure");
    }

    private static Task<int> WidthAsync(OpenedSite opened) => opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
}
