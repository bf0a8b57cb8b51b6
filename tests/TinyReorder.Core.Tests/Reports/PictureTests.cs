using System.Globalization;
using System.Xml.Linq;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Reports;

/// <summary>The pictures, read back from the coordinates that are drawn.</summary>
public sealed class PictureTests
{
    public static TheoryData<string> Models => ReportModels.Shared();

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Bars_and_rectangles_of_a_real_model_are_its_bytes(string model)
    {
        Skip.If(model == ReportModels.None, "the shared models are not there");
        MemoryReport? report = ReportModels.TryReport(model);
        Skip.If(report is null, "the model is refused");

        Check(report!);
    }

    [Fact]
    public void Bars_and_rectangles_of_built_models_are_their_bytes()
    {
        Check(ReportModels.Report(ReportModels.StudentExample().Build(), "student.tflite"));
        Check(ReportModels.Report(KeywordModel.Build().Build(), "keyword.tflite", new OptimizationRequest { Board = "nano33ble" }));
        Check(ReportModels.Report(KeywordModel.Build().Build(), "keyword.tflite", new OptimizationRequest { Runtime = "none" }));
        Check(ReportModels.Report(KeywordModel.Build().Build(), "keyword.tflite", new OptimizationRequest { Board = "stm32f103" }));
    }

    [Fact]
    public void Names_cannot_break_out_of_the_picture()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("</title><script>alert(1)</script>&\u0001\ud800\"", [1, 4000])));

        string svg = MapSvg.Of(ReportModels.Report(b.Build(), "<m>&.tflite"));

        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.NotNull(XDocument.Parse(svg));
    }

    [Fact]
    public void The_same_model_gives_the_same_picture()
    {
        byte[] model = KeywordModel.Build().Build();

        Assert.Equal(MapSvg.Of(ReportModels.Report(model, "/a/keyword.tflite")), MapSvg.Of(ReportModels.Report(model, @"C:\b\keyword.tflite")));
    }

    private static void Check(MemoryReport report)
    {
        XElement svg = XDocument.Parse(MapSvg.Of(report)).Root!;
        foreach (XElement ofSubgraph in Groups(svg, "data-subgraph"))
        {
            SubgraphReport subgraph = report.Subgraphs[(int)Number(ofSubgraph, "data-subgraph")];
            XElement[] charts = [.. Groups(ofSubgraph, "data-order")];
            Assert.Equal(2, charts.Length);
            Assert.Equal(Plot(charts[0]).Bytes, Plot(charts[1]).Bytes);
            CheckBars(charts[0], subgraph.Default);
            CheckBars(charts[1], subgraph.Chosen);
        }
        CheckArena(Assert.Single(Groups(svg, "data-arena")), report);
    }

    private static void CheckBars(XElement chart, OrderReport order)
    {
        (decimal bytes, decimal bottom, decimal perPixel, _, _) = Plot(chart);
        XElement[] bars = [.. Groups(chart, "data-step")];
        Assert.Equal(order.Steps.Count, bars.Length);
        long highest = 0;
        foreach ((XElement bar, StepRow step) in bars.Zip(order.Steps))
        {
            XElement[] parts = [.. Rects(bar).Where(rect => Style(rect) != "tr-hit")];
            var drawn = parts.ToDictionary(Style, rect => Bytes(Number(rect, "height"), perPixel));
            // What an output shares with an input is drawn once.
            Assert.Equal(step.InputBytes + step.OutputBytes - step.SharedBytes, drawn.GetValueOrDefault("tr-in") + drawn.GetValueOrDefault("tr-out"));
            Assert.True(drawn.GetValueOrDefault("tr-in") == step.InputBytes || step.SharedBytes > step.OutputBytes);
            Assert.Equal(step.OtherBytes, drawn.GetValueOrDefault("tr-other"));
            Assert.Equal(step.ReservedBytes, drawn.GetValueOrDefault("tr-reserved"));
            Assert.Equal(step.TotalBytes, drawn.Values.Sum());
            // Parts stand on each other without gap.
            decimal at = bottom;
            foreach (XElement part in parts)
            {
                Assert.Equal(at, Number(part, "y") + Number(part, "height"));
                at = Number(part, "y");
            }
            highest = Math.Max(highest, Bytes(bottom - at, perPixel));
        }
        Assert.Equal(order.PeakBytes, highest);
        XElement line = chart.Elements().Single(element => element.Name.LocalName == "line" && Style(element) == "tr-peak");
        Assert.Equal(order.PeakBytes, Bytes(bottom - Number(line, "y1"), perPixel));
        Assert.True(bytes > highest);
    }

    private static void CheckArena(XElement picture, MemoryReport report)
    {
        (_, decimal bottom, decimal perPixel, decimal left, decimal pitch) = Plot(picture);
        int first = (int)Number(Rects(picture).First(rect => Style(rect) == "tr-plot"), "data-first");
        ArenaReport arena = report.Chosen;
        XElement[] rects = [.. Rects(picture).Where(rect => rect.Attribute("data-block") is not null)];
        // What nothing ever runs for takes memory only where the device places it.
        TflmBuffer[] expected = [.. arena.Plan.Buffers.Where(buffer => buffer.Last >= buffer.First && buffer.Bytes > 0
            && (buffer.Last >= 0 || arena.Plan.Plan == PlanChoice.Device))];
        Assert.Equal(expected.Length, rects.Length);
        XElement? persistent = Rects(picture).SingleOrDefault(rect => Style(rect) == "tr-persistent");
        long persistentFrom = persistent is null ? arena.Plan.ArenaBytes : Bytes(bottom - Number(persistent, "y") - Number(persistent, "height"), perPixel);
        Assert.Equal(arena.Plan.ArenaBytes - arena.Plan.PersistentBytes, persistentFrom);
        var drawn = rects
            .Select(rect => (
                First: first + (int)Math.Round((Number(rect, "x") - left) / pitch),
                End: first + (int)Math.Round((Number(rect, "x") + Number(rect, "width") - left) / pitch),
                From: Bytes(bottom - Number(rect, "y") - Number(rect, "height"), perPixel),
                To: Bytes(bottom - Number(rect, "y"), perPixel)))
            .OrderBy(rect => rect.First)
            .ToArray();
        // Written down as the picture has it, compared with the plan's buffers, which the picture's code does not draw from.
        Assert.Equal(
            expected.Select(buffer => (buffer.First, End: buffer.Last + 1, From: buffer.Offset, To: buffer.Offset + buffer.Bytes)).Order(),
            drawn.Order());
        Assert.All(drawn, rect => Assert.True(rect.From >= 0 && rect.To <= persistentFrom && rect.First < rect.End));
        // A plan that a vendor's compiler made shares memory by its own rules, and there is no other plan beside it.
        if (arena.Plan.Overlap != OverlapChoice.None || report.Arenas.Count == 1)
            return;
        for (int i = 0; i < drawn.Length; i++)
        {
            for (int j = i + 1; j < drawn.Length && drawn[j].First < drawn[i].End; j++)
            {
                // Said only where it is so: words for every pair take longer than all else here.
                if (drawn[i].From < drawn[j].To && drawn[j].From < drawn[i].To)
                    Assert.Fail($"{drawn[i]} overlaps {drawn[j]}");
            }
        }
    }

    private static (decimal Bytes, decimal Bottom, decimal PerPixel, decimal Left, decimal Pitch) Plot(XElement chart)
    {
        XElement plot = Rects(chart).First(rect => Style(rect) == "tr-plot");
        decimal bytes = Number(plot, "data-bytes"), height = Number(plot, "height");
        return (bytes, Number(plot, "y") + height, bytes / height, Number(plot, "x"), Number(plot, "width") / Number(plot, "data-columns"));
    }

    private static long Bytes(decimal pixels, decimal perPixel) => (long)Math.Round(pixels * perPixel);

    private static IEnumerable<XElement> Groups(XElement within, string attribute) =>
        within.Descendants().Where(element => element.Attribute(attribute) is not null && element.Name.LocalName == "g");

    private static IEnumerable<XElement> Rects(XElement within) => within.Descendants().Where(element => element.Name.LocalName == "rect");

    private static string Style(XElement element) => element.Attribute("class")!.Value;

    private static decimal Number(XElement element, string attribute) => decimal.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
