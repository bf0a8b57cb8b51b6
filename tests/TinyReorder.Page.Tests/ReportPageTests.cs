using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Page;

/// <summary>The report's page as a browser shows it.</summary>
public sealed class ReportPageTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private static readonly MemoryReport Keyword = Report(KeywordModel.Build().Build(), "keyword.tflite", "nano33ble");

    private static readonly string Models = Environment.GetEnvironmentVariable("TINYREORDER_MODELS")
        ?? RepositoryFiles.Ancestors.Select(folder => Path.Combine(folder, "shared", "models")).FirstOrDefault(Directory.Exists) ?? "";

    // Otherwise every node that is right is described as well, which takes most of the time.
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    private static readonly string LargeModel = Path.Combine(Models, "mediapipe_face_attention.tflite");

    [SkippableFact]
    public async Task It_opens_without_network_and_without_complaint()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));

        Assert.Equal("Memory map of keyword.tflite", await opened.Page.TitleAsync());
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    public async Task Pointing_at_a_bar_and_at_a_tensor_tells_their_bytes()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        ILocator tip = opened.Page.Locator("#tip");
        Assert.False(await tip.IsVisibleAsync());
        StepRow peak = Keyword.Subgraphs[0].Chosen.Peak;

        await opened.Page.Locator($"[data-order=chosen] [data-step='{peak.Step}'] .tr-in").HoverAsync();
        Assert.True(await tip.IsVisibleAsync());
        Assert.Contains($"step {peak.Step}: operator {peak.Operator} {peak.Kind}", await tip.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("total 41,712 B", await tip.InnerTextAsync(), StringComparison.Ordinal);

        int index = Keyword.Chosen.Blocks.Select((block, i) => (block, i)).MaxBy(pair => pair.block.Bytes).i;
        ArenaBlock largest = Keyword.Chosen.Blocks[index];
        await opened.Page.Locator($".arena:not([hidden]) [data-block='{index}']").HoverAsync();
        string text = await tip.InnerTextAsync();
        Assert.Contains($"tensor {largest.Tensor} {largest.Name}", text, StringComparison.Ordinal);
        Assert.Contains($"{largest.Bytes.ToString("N0", CultureInfo.InvariantCulture)} B at offset {largest.OffsetBytes.ToString("N0", CultureInfo.InvariantCulture)}", text, StringComparison.Ordinal);
        Assert.Contains($"lives from moment {largest.First} to {largest.Last}", text, StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    /// <summary>The pictures of the README: made anew with TINYREORDER_WRITE_SAMPLES=1, elsewhere only shown to be there and to show something.</summary>
    [SkippableTheory]
    [InlineData("#bars", "memory-map-bars.png")]
    [InlineData("#arena", "memory-map-arena.png")]
    public async Task The_pictures_of_the_readme_are_those_of_the_sample(string part, string file)
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        await opened.Page.SetViewportSizeAsync(1100, 900);
        byte[] picture = await opened.Page.Locator(part).First.ScreenshotAsync();
        string path = RepositoryFiles.PathOf("docs", "images", file);
        if (Environment.GetEnvironmentVariable("TINYREORDER_WRITE_SAMPLES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, picture);
        }
        Assert.Contains($"docs/images/{file}", await File.ReadAllTextAsync(RepositoryFiles.PathOf("README.md")), StringComparison.Ordinal);
        Assert.Equal(picture[..8], (await File.ReadAllBytesAsync(path))[..8]);
        Assert.True(picture.Length > 5_000);
    }

    [SkippableFact]
    public async Task The_keyboard_reaches_what_the_pointer_does()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        IPage page = opened.Page;

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("bars", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("step 1: operator 0 CONV_2D", await page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("step 1: operator 0 CONV_2D", await page.Locator("#told").TextContentAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("default", await page.EvaluateAsync<string>("document.querySelector('.arena:not([hidden])').dataset.name"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("End");
        Assert.Contains("offset", await page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#tip").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Every_plan_can_be_switched_to()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        foreach (ArenaReport arena in Keyword.Arenas)
        {
            await opened.Page.Locator($"input[value={arena.Name}]").CheckAsync();
            ILocator shown = opened.Page.Locator(".arena:visible");
            Assert.Equal(1, await shown.CountAsync());
            Assert.Contains($"arena: {arena.Title}", await shown.TextContentAsync(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task The_numbers_are_those_of_the_JSON()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        JsonElement json = JsonDocument.Parse(MapJson.Of(Keyword)).RootElement;
        Assert.Equal(Shown(json, "peakBytes") + " B", await opened.Page.Locator("#card-peak dd").InnerTextAsync());
        Assert.Equal(Shown(json, "defaultPeakBytes") + " B", await opened.Page.Locator("#card-default-peak dd").InnerTextAsync());
        Assert.Equal(Shown(json, "flashBytes") + " B", await opened.Page.Locator("#card-flash dd").InnerTextAsync());
        JsonElement chosen = json.GetProperty("arenas").EnumerateArray()
            .Single(arena => arena.GetProperty("name").GetString() == json.GetProperty("chosenArena").GetString());
        Assert.Equal(Shown(chosen, "arenaBytes") + " B", await opened.Page.Locator("#card-arena dd").InnerTextAsync());

        JsonElement[] steps = [.. json.GetProperty("subgraphs")[0].GetProperty("orders")[1].GetProperty("steps").EnumerateArray()];
        string[][] rows = await opened.Page.EvaluateAsync<string[][]>("[...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))");
        Assert.Equal(steps.Length, rows.Length);
        string[] columns = ["inputBytes", "outputBytes", "otherBytes", "reservedBytes", "totalBytes"];
        foreach ((JsonElement step, string[] row) in steps.Zip(rows))
            Assert.Equal(columns.Select(column => Shown(step, column)), row.Skip(4).Take(5));
        Assert.Equal(
            $"{json.GetProperty("boards").EnumerateArray().Count(board => board.GetProperty("fits").GetBoolean())} of {json.GetProperty("boards").GetArrayLength()} boards would do",
            await opened.Page.Locator("#board-count").InnerTextAsync());
    }

    [SkippableFact]
    public async Task A_streamed_model_shows_its_loops_and_its_work_in_the_words_of_the_original()
    {
        MemoryReport report = Streamed();
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(report));
        IPage page = opened.Page;
        string ratio = report.Rewrite!.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
        Assert.Equal($"{ratio} times the original's", await page.Locator("#card-work dd").InnerTextAsync());
        string[] titles = [.. await page.Locator("#table-choice option").AllTextContentsAsync()];
        string work = titles.Single(title => title.StartsWith("predicted work by operator of the original", StringComparison.Ordinal));
        await page.Locator("#table-choice").SelectOptionAsync(new SelectOptionValue { Label = work });
        Assert.Equal(report.Rewrite.Work.Count, await page.Locator("#table tbody tr").CountAsync());
        Assert.Equal(1, await page.Locator("#table tbody tr.peak").CountAsync());
        await page.Locator("#table-choice").SelectOptionAsync(new SelectOptionValue { Label = "loops and bands" });
        Assert.Equal(report.Rewrite.Regions.Count, await page.Locator("#table tbody tr").CountAsync());

        SubgraphReport body = report.Subgraphs.First(subgraph => subgraph.Loop is { IsBody: true });
        StepRow itself = body.Chosen.Steps.First(step => step.Original.Length > 0 && char.IsDigit(step.Original[0]));
        await page.Locator($"[data-subgraph='{body.Index}'] [data-order=chosen] [data-step='{itself.Step}']").First.HoverAsync();
        Assert.Contains($"in the original: loop 1, operator {itself.OriginalOperator}", await page.Locator("#tip").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [SkippableFact]
    public async Task Tables_sort_both_ways_and_filter()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));
        ILocator heading = opened.Page.Locator("#table th", new() { HasTextRegex = new("^bytes$") });
        await heading.Locator("button").ClickAsync();
        Assert.Equal("descending", await heading.GetAttributeAsync("aria-sort"));
        long[] descending = await Column(opened.Page, 8);
        Assert.Equal(Keyword.Subgraphs[0].Chosen.Steps.Select(step => step.TotalBytes).OrderDescending(), descending);
        await heading.Locator("button").ClickAsync();
        Assert.Equal(descending.Order(), await Column(opened.Page, 8));
        await opened.Page.Locator("#filter").FillAsync("depthwise");
        Assert.Equal(Keyword.Subgraphs[0].Chosen.Steps.Count(step => step.Kind.Contains("DEPTHWISE", StringComparison.Ordinal)),
            (await Column(opened.Page, 8)).Length);
    }

    [SkippableFact]
    public async Task Nothing_in_it_keeps_people_out()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword));

        AxeResult result = await opened.Page.RunAxe(OnlyViolations);

        Assert.True(result.Passes.Length > 10, "axe did not look");
        AssertNoViolation(result);
    }

    /// <summary>On a dark page nothing but the colours is another.</summary>
    [SkippableFact]
    public async Task Nothing_in_its_dark_colours_keeps_people_out()
    {
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Keyword), ColorScheme.Dark);

        AxeResult result = await opened.Page.RunAxe(new AxeRunOptions
        {
            ResultTypes = OnlyViolations.ResultTypes,
            RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] }
        });

        Assert.True(result.Passes.Length > 0, "axe did not look");
        AssertNoViolation(result);
    }

    [SkippableFact]
    public async Task Labels_never_touch()
    {
        await CheckLabels(MapHtml.Of(Keyword));
        await CheckLabels(MapHtml.Of(Report(KeywordModel.Build().Build(), "keyword.tflite", "stm32f103")));
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task Labels_of_large_models_never_touch()
    {
        Skip.IfNot(File.Exists(LargeModel), "the shared models are not there");
        foreach (string model in Directory.GetFiles(Models, "*.tflite")
            .Where(file => new FileInfo(file).Length > 250_000 || file.Contains("while", StringComparison.Ordinal)))
            await CheckLabels(MapHtml.Of(Report(await File.ReadAllBytesAsync(model), Path.GetFileName(model), null)));
    }

    private const double MostMilliseconds = 20_000;

    private const string PointAndSort = """
        () => { const began = performance.now(), all = document.querySelectorAll('[data-order=chosen] .tr-step');
          all[400].querySelector('rect').dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: 600, clientY: 300 }));
          document.querySelector('#table th button').click();
          document.body.getBoundingClientRect();
          return performance.now() - began; }
        """;

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task A_model_of_712_operators_is_there_and_answers()
    {
        Skip.IfNot(File.Exists(LargeModel), "the shared models are not there");
        await using OpenedPage opened = await browser.OpenAsync(MapHtml.Of(Report(await File.ReadAllBytesAsync(LargeModel), "face.tflite", null)));
        Assert.Equal(2 * 713, await opened.Page.Locator(".tr-step").CountAsync());

        double loaded = await opened.Page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd");
        double answered = await opened.Page.EvaluateAsync<double>(PointAndSort);

        Assert.Contains("step 400", await opened.Page.Locator("#tip").TextContentAsync(), StringComparison.Ordinal);
        output.WriteLine($"loaded after {loaded:F0} ms, answered in {answered:F0} ms");
        // Both take less than a second on an idle machine; far more means work that grows with the square of the operators, however busy it is.
        Assert.InRange(loaded, 1, MostMilliseconds);
        Assert.InRange(answered, 0, MostMilliseconds);
        Assert.Empty(opened.Complaints);
    }

    private static void AssertNoViolation(AxeResult result) =>
        Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} {violation.Nodes[0].Html}"));

    private async Task CheckLabels(string html)
    {
        await using OpenedPage opened = await browser.OpenAsync(html);
        await opened.Page.EvaluateAsync("for (const arena of document.querySelectorAll('.arena')) arena.hidden = false");
        string[] clashes = await opened.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('svg')].flatMap(svg => {
              const within = svg.getBoundingClientRect();
              const all = [...svg.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBoundingClientRect() })).sort((a, b) => a.box.left - b.box.left);
              const bad = all.filter(({ box }) => box.left < within.left || box.right > within.right || box.top < within.top || box.bottom > within.bottom).map(({ text }) => 'sticks out: ' + text);
              all.forEach((a, i) => {
                for (let j = i + 1; j < all.length && all[j].box.left < a.box.right - 0.5; j++)
                  if (a.box.top < all[j].box.bottom - 3 && all[j].box.top < a.box.bottom - 3) bad.push(a.text + ' | ' + all[j].text);
              });
              return bad;
            })
            """);
        Assert.Empty(clashes);
    }

    private static async Task<long[]> Column(IPage page, int index) =>
        (await page.EvaluateAsync<string[]>("index => [...document.querySelectorAll('#table tbody tr')].map(row => row.cells[index].textContent)", index))
        .Select(text => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
        .ToArray();

    private static string Shown(JsonElement element, string name) => element.GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static MemoryReport Streamed() => MemoryReport.Of(ModelOptimizer.Optimize(
        TfliteModel.Load(BuiltModels.Streamable().Build(), "streamed.tflite"), StreamRequests.Generous));

    private static MemoryReport Report(byte[] model, string name, string? board) =>
        MemoryReport.Of(ModelOptimizer.Optimize(TfliteModel.Load(model, name), new OptimizationRequest { Board = board, SearchSeconds = "1" }));
}
