using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Page;

/// <summary>Real models in the page, against the library in this process.</summary>
[Trait("Category", "Long")]
public sealed class WebPageModelTests(PublishedPage published) : IClassFixture<PublishedPage>
{
    private const string Uncommon = "litert_no_subgraphs.tflite";

    /// <summary>All models that are there, those that cannot be loaded among them.</summary>
    public static TheoryData<string> All => [.. SharedModels.Expected.Select(row => row.Model).Append(Uncommon).Distinct()];

    [SkippableTheory]
    [InlineData("mlperf_kws.tflite")]
    [InlineData("dtln_while.tflite")]
    [InlineData("wakeword_vad.tflite")]
    [InlineData(Uncommon)]
    public Task Some_get_the_answer_of_the_library(string name) => Compare(name);

    [SkippableTheory]
    [MemberData(nameof(All))]
    public Task Each_gets_the_answer_of_the_library(string name) => Compare(name);

    private async Task Compare(string name)
    {
        byte[] model = await File.ReadAllBytesAsync(SharedModels.Find(name));
        OpenedSite opened = await published.SharedAsync();
        await opened.ChooseAsync(name, model);
        try
        {
            ReorderedModel expected = Reorder.Plan(model, new ReorderOptions { ModelName = name });
            Assert.Equal(expected.FileArena.TotalBytes, await opened.FigureAsync("arena", isNow: false));
            Assert.Equal(expected.Arena.TotalBytes, await opened.FigureAsync("arena", isNow: true));
            Assert.Equal(expected.PeakBytes, await opened.FigureAsync("peak", isNow: true));
            Assert.Equal(expected.Diagnostics.Select(diagnostic => diagnostic.Code), await opened.Page.Locator(".diagnostics > li > p strong").AllInnerTextsAsync());
        }
        catch (TinyReorderException e)
        {
            Assert.Equal(e.Diagnostic.Message, await opened.Page.Locator(".diagnostics > li > p:nth-of-type(2)").InnerTextAsync());
        }
        Assert.Empty(opened.Complaints);
    }
}
