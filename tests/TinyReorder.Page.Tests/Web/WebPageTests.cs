using System.Globalization;
using Microsoft.Playwright;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Page;

/// <summary>The page that plans models in a browser, against the library in this process.</summary>
public sealed class WebPageTests(PublishedPage published, ITestOutputHelper output) : IClassFixture<PublishedPage>
{
    private static readonly byte[] Keyword = File.ReadAllBytes(RepositoryFiles.PathOf("samples", "models", "keyword.tflite"));

    private static readonly string[] CodeFiles = ["Header", "Source", "OpResolver", "Model"];

    private static readonly ReorderedModel OnNano = Reorder.Plan(Keyword, new ReorderOptions { ModelName = "keyword.tflite", Board = "nano33ble" });

    [SkippableFact]
    public async Task An_example_is_answered_with_the_figures_of_the_library_and_asks_for_nothing_from_elsewhere()
    {
        await using OpenedSite opened = await published.OpenAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = OpenedSite.Fitting }).ClickAsync();
        IJSHandle answered = await opened.Page.WaitForFunctionAsync(
            "() => !document.getElementById('answer').hidden && performance.now()", null, new() { Timeout = OpenedSite.MostMilliseconds });
        await opened.AnsweredAsync();
        output.WriteLine($"from a cold load to the first answer {await answered.JsonValueAsync<double>():F0} ms, with its map "
            + $"{await opened.Page.EvaluateAsync<double>("performance.now()"):F0} ms");

        Assert.Equal(
            $"It fits on Arduino Nano 33 BLE: it needs an arena of {Shown(OnNano.ArenaBytes)}; {Shown(OnNano.Board!.SramLeftBytes)} of SRAM left, "
            + $"{Shown(OnNano.Board.FlashLeftBytes)} of flash left.",
            await opened.Verdict.InnerTextAsync());
        await AssertFigures(opened, OnNano);
        Assert.Equal(OnNano.Arena.Buffers.Count, await opened.Page.Locator("#map .arena:visible .tr-block[data-block]").CountAsync());
        Assert.Equal($"{OnNano.Name}: {await opened.Verdict.InnerTextAsync()}", await opened.State.TextContentAsync());
        Assert.Equal(await opened.Page.Locator("#board-count").InnerTextAsync() + ".", await opened.Page.Locator("#fitting").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task The_map_answers_pointer_and_keys_as_in_the_report()
    {
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ExampleAsync(OpenedSite.Fitting);
        await opened.Page.Locator("#bars").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("step 1: operator 0 CONV_2D", await opened.Page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        // A second answer takes the place of the first.
        await opened.ExampleAsync(OpenedSite.TooLarge);
        Assert.Equal(1, await opened.Page.Locator("#bars").CountAsync());
        await opened.Page.Locator("[data-order=chosen] [data-step='1'] .tr-out").First.HoverAsync();
        Assert.Contains("step 1: operator", await opened.Page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task A_board_that_is_too_small_gets_the_diagnostic_and_no_code()
    {
        ReorderedModel expected = Reorder.Plan(Keyword, new ReorderOptions { ModelName = "keyword.tflite", Board = "stm32f103" });
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ExampleAsync(OpenedSite.TooLarge);

        Assert.StartsWith($"It does not fit on BluePill F103C8: it needs an arena of {Shown(expected.ArenaBytes)}; {Shown(-expected.Board!.SramLeftBytes)} of SRAM missing",
            await opened.Verdict.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(expected.Diagnostics.Select(diagnostic => diagnostic.Message), await opened.Page.Locator(".diagnostics > li > p:nth-of-type(2)").AllInnerTextsAsync());
        foreach (string kind in CodeFiles)
            Assert.True(await opened.Page.Locator($"[data-file={kind}]").IsDisabledAsync(), kind);
        Assert.Equal(expected.Report(ReportKind.Html), (await opened.DownloadAsync("Report")).ToString());
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task Files_are_those_that_the_library_makes()
    {
        GeneratedCode code = OnNano.Generate();
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ExampleAsync(OpenedSite.Fitting);
        await AssertFile(opened, "Header", code.Header);
        await AssertFile(opened, "Source", code.Source);
        await AssertFile(opened, "OpResolver", code.OpResolver!);
        await AssertFile(opened, "Model", new NamedFile("keyword.reordered.tflite", OnNano.Bytes));
        await AssertFile(opened, "Report", Text("keyword.memory.html", OnNano.Report(ReportKind.Html)));
        await AssertFile(opened, "Json", Text("keyword.memory.json", OnNano.Report(ReportKind.Json)));
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task All_choices_of_the_form_reach_the_library()
    {
        var options = new ReorderOptions
        {
            ModelName = "streamed.tflite",
            Board = "nano33ble",
            Runtime = "tflm@2026-08",
            Kernels = KernelLibrary.Reference,
            Overlap = OverlapKind.Diagonal,
            Rewrite = RewriteKind.Stream,
            ReservedSramBytes = 1000,
            ReservedFlashBytes = 2000,
        };
        byte[] model = BuiltModels.Streamable().Build();
        ReorderedModel expected = Reorder.Plan(model, options);
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ReadyAsync();
        await opened.Page.Locator("#kernels").SelectOptionAsync("Reference");
        await opened.Page.Locator("#runtime").SelectOptionAsync("tflm@2026-08");
        await opened.Page.Locator("#overlap").SelectOptionAsync("Diagonal");
        await opened.Page.Locator("#rewrite").SelectOptionAsync("Stream");
        await opened.Page.Locator("#keep-sram").FillAsync("1000");
        await opened.Page.Locator("#keep-flash").FillAsync("2000");
        await opened.Page.Locator("#board").FillAsync("nano33ble");
        await opened.ChooseAsync("streamed.tflite", model);

        await AssertFigures(opened, expected);
        Assert.Contains(Shown(expected.Board!.SramLeftBytes) + " of SRAM left", await opened.Verdict.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(Shown(expected.Board.FlashLeftBytes) + " of flash left", await opened.Verdict.InnerTextAsync(), StringComparison.Ordinal);
        await AssertFile(opened, "Model", new NamedFile("streamed.reordered.tflite", expected.Bytes));
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task Every_choice_of_the_library_is_offered()
    {
        await using OpenedSite opened = await published.OpenAsync();
        foreach ((string list, Type choices) in new[] { ("kernels", typeof(KernelLibrary)), ("overlap", typeof(OverlapKind)), ("rewrite", typeof(RewriteKind)) })
        {
            string[] offered = await opened.Page.EvaluateAsync<string[]>("id => [...document.getElementById(id).options].map(option => option.value)", list);
            Assert.Equal(Enum.GetNames(choices), offered.Where(value => value.Length > 0));
        }
        await opened.ReadyAsync();
        Assert.Equal(Reorder.Runtimes.Count + 1, await opened.Page.Locator("#runtime option").CountAsync());
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task A_board_that_nobody_knows_gets_the_diagnostic_with_the_nearest_names()
    {
        TinyReorderException expected = Assert.Throws<TinyReorderException>(() => Reorder.Plan(Keyword, new ReorderOptions { Board = "nano33bla" }));
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ExampleAsync(OpenedSite.Fitting);
        await opened.Page.Locator("#board").FillAsync("nano33bla");
        await opened.Page.Locator("#board").PressAsync("Enter");
        await Assertions.Expect(opened.Page.Locator(".diagnostics strong").First).ToHaveTextAsync(expected.Diagnostic.Code, new() { Timeout = OpenedSite.MostMilliseconds });
        Assert.Contains(expected.Diagnostic.Message, await opened.Page.Locator(".diagnostics").InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await opened.Page.Locator("#files").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task A_broken_file_tells_its_code_where_and_what_helps()
    {
        byte[] broken = Keyword[..1000];
        Diagnostic expected = Assert.Throws<TinyReorderException>(() => Reorder.Plan(broken, new ReorderOptions { ModelName = "cut.tflite" })).Diagnostic;
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ChooseAsync("cut.tflite", broken);

        ILocator item = opened.Page.Locator(".diagnostics > li");
        Assert.Equal(expected.Code, await item.Locator("strong").First.InnerTextAsync());
        Assert.Contains("error in cut.tflite", await item.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(expected.Message, await item.InnerTextAsync(), StringComparison.Ordinal);
        await item.Locator("summary").ClickAsync();
        await Assertions.Expect(item.Locator("details")).ToContainTextAsync("Cure");
        Assert.Equal("The model cannot be worked with.", await opened.Verdict.InnerTextAsync());
        Assert.False(await opened.Page.Locator("#map").IsVisibleAsync());
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task A_file_can_be_dropped_anywhere()
    {
        await using OpenedSite opened = await published.OpenAsync();
        await opened.Page.EvaluateAsync("""
            bytes => { const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], 'dropped.tflite'));
              document.querySelector('footer').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })); }
            """, Convert.ToBase64String(Keyword));
        await Assertions.Expect(opened.Page.Locator("#h-answer")).ToHaveTextAsync("dropped.tflite", new() { Timeout = OpenedSite.MostMilliseconds });
        await opened.AnsweredAsync();
        await AssertFigures(opened, Reorder.Plan(Keyword));
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task A_model_of_4_MB_leaves_the_page_free_and_can_be_stopped()
    {
        byte[] model = LargeModel();
        await using OpenedSite opened = await published.OpenAsync();
        await opened.ReadyAsync();
        await opened.Page.EvaluateAsync("""
            () => { let last = performance.now(); window.longest = 0;
              setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 10); }
            """);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await opened.ChooseAsync("large.tflite", model);
        double longest = await opened.Page.EvaluateAsync<double>("longest");
        output.WriteLine($"{model.Length:N0} B answered after {clock.ElapsedMilliseconds} ms, the page was held for {longest:F0} ms at most");
        Assert.True(longest < 1000, $"the page was held for {longest:F0} ms");
        await AssertFigures(opened, Reorder.Plan(model));
        NamedFile source = await opened.DownloadAsync("Source");
        Assert.Equal(Reorder.Plan(model, new ReorderOptions { ModelName = "large.tflite" }).Generate().Source.Content.ToArray(), source.Content.ToArray());

        // A stop button that comes too late is gone; the answer is there then.
        await opened.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "again.tflite", MimeType = "", Buffer = model });
        await opened.Page.EvaluateAsync("() => document.getElementById('stop').click()");
        await opened.ExampleAsync(OpenedSite.Fitting);
        await AssertFigures(opened, OnNano);
    }

    /// <summary>The picture of the README: made anew with TINYREORDER_WRITE_SAMPLES=1, elsewhere only shown to be there and to show something.</summary>
    [SkippableFact]
    [Trait("Category", "Long")]
    public async Task The_picture_of_the_readme_is_this_page()
    {
        await using OpenedSite opened = await published.OpenAsync(width: 900);
        await opened.ExampleAsync(OpenedSite.Fitting);
        byte[] picture = await opened.Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 900, Height = 840 } });
        string path = RepositoryFiles.PathOf("docs", "images", "web-page.png");
        if (Environment.GetEnvironmentVariable("TINYREORDER_WRITE_SAMPLES") == "1")
            await File.WriteAllBytesAsync(path, picture);
        Assert.Contains("docs/images/web-page.png", await File.ReadAllTextAsync(RepositoryFiles.PathOf("README.md")), StringComparison.Ordinal);
        Assert.Equal(picture[..8], (await File.ReadAllBytesAsync(path))[..8]);
        Assert.True(picture.Length > 5_000);
    }

    private static async Task AssertFigures(OpenedSite opened, ReorderedModel expected)
    {
        Assert.Equal(expected.FileArena.TotalBytes, await opened.FigureAsync("arena", isNow: false));
        Assert.Equal(expected.Arena.TotalBytes, await opened.FigureAsync("arena", isNow: true));
        Assert.Equal(expected.FilePeakBytes, await opened.FigureAsync("peak", isNow: false));
        Assert.Equal(expected.PeakBytes, await opened.FigureAsync("peak", isNow: true));
        Assert.Equal(expected.Bytes.Length, await opened.FigureAsync("flash", isNow: true));
    }

    private static async Task AssertFile(OpenedSite opened, string kind, NamedFile expected)
    {
        NamedFile file = await opened.DownloadAsync(kind);
        Assert.Equal(expected.Name, file.Name);
        Assert.True(expected.Content.Span.SequenceEqual(file.Content.Span), $"{kind}: {file.Content.Length} B instead of {expected.Content.Length} B, or others");
    }

    private static byte[] LargeModel()
    {
        var b = new ModelBuilder(7) { Description = "large" };
        ModelTensor x = b.Reshape(b.Input("x", [1, 32, 32, 2]), 1, 2048);
        b.Output(b.FullyConnected(x, units: 2048));
        return b.Build();
    }

    private static NamedFile Text(string name, string text) => new(name, System.Text.Encoding.UTF8.GetBytes(text));

    private static string Shown(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " B";
}
