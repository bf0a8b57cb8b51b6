using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using TinyReorder.Arenas;
using TinyReorder.CodeGeneration;
using TinyReorder.Csv;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Diagnostics;

/// <summary>Names from files stay names in everything that we put out.</summary>
public class ForeignTextTests
{
    public static TheoryData<string> Names => [.. EvilNames.All.Select((_, i) => i.ToString("D2", null))];

    [Theory]
    [InlineData("", "")]
    [InlineData("Conv1/Relu;größe 😀 a:b #1", "Conv1/Relu;größe 😀 a:b #1")]
    [InlineData("tflite::MicroAllocator", "tflite::MicroAllocator")]
    [InlineData("##vso[x]", "#?vso[x]")]
    [InlineData("a::error::b", "a:?error::b")]
    [InlineData("a\u202Eb\nc", "a?b?c")]
    public void A_line_stays_one(string text, string line) => Assert.Equal(line, ForeignText.Line(text));

    [Theory]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+7", "+7")]
    [InlineData("-", "'-")]
    [InlineData("=A1", "'=A1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public void A_field_of_CSV_is_no_formula(string text, string field) => Assert.Equal(field, ForeignText.Csv(text));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_output_lets_a_name_be_more_than_a_name(string index)
    {
        string name = EvilNames.All[int.Parse(index, null)];
        TfliteModel model = TfliteModel.Load(EvilNames.Model(name), name + ".tflite");
        string read = model.Subgraphs[0].Name;
        OptimizationResult result = ModelOptimizer.Optimize(model, new OptimizationRequest());
        var report = MemoryReport.Of(result);

        foreach (Diagnostic diagnostic in result.Diagnostics)
            AssertHarmless(diagnostic.ToString(), lines: 1);
        foreach (string line in MapText.Lines(report))
            AssertHarmless(line, lines: 1);
        foreach (ReportFile file in ReportFiles.Of(report, "html;svg;csv;json", "evil"))
            AssertHarmless(file.Content, lines: null);
        Assert.NotNull(XDocument.Parse(MapSvg.Of(report)).Root);
        Assert.DoesNotContain("<script>alert", MapHtml.Of(report), StringComparison.Ordinal);
        using (var json = JsonDocument.Parse(MapJson.Of(report)))
            Assert.Contains(read, Texts(json.RootElement));
        foreach (string cell in Cells(MapCsv.Tensors(report)).Concat(Cells(MapCsv.Steps(report))))
            Assert.False(cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' && !double.TryParse(cell, out _), cell);
        foreach (string file in Generated(result))
        {
            AssertHarmless(file, lines: null);
            Assert.DoesNotContain("int x; /*", file.Replace("\\", "", StringComparison.Ordinal).Replace("\"*/ int x; /*\"", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
            Assert.DoesNotContain("??/", file, StringComparison.Ordinal);
        }
        AssertHarmless(MinimallocCsv.Write([new MinimallocBuffer(name, new PlacementItem(0, 16, 0, 1), 0)]), lines: null);
    }

    private static IEnumerable<string> Generated(OptimizationResult result)
    {
        GeneratedModel model = GeneratedOutput.Describe(result, "evil");
        var generator = new CodeGenerator();
        foreach (Action<Stream> write in new Action<Stream>[] { stream => generator.WriteHeader(model, stream), stream =>
            generator.WriteSource(model, stream), stream => generator.WriteOpResolver("evil", model.OpResolver!, stream) })
        {
            using var stream = new MemoryStream();
            write(stream);
            yield return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static IEnumerable<string> Cells(string csv)
    {
        var rows = new CsvRows(csv, message => new InvalidDataException(message));
        while (rows.Next(out List<string> fields))
        {
            foreach (string field in fields)
                yield return field;
        }
    }

    private static void AssertHarmless(string text, int? lines)
    {
        Assert.True(EvilNames.FaultOf(text) is null, $"{EvilNames.FaultOf(text)} in {text}");
        if (lines is { } most)
            Assert.Equal(most, text.Split('\n').Length);
    }
}
