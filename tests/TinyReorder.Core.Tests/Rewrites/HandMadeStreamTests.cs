using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Every loop of small networks that each have one thing to get wrong.</summary>
public class HandMadeStreamTests(ITestOutputHelper output)
{
    private const int MostPairs = 12, MostOfNetwork = 24;
    private const long Alignment = 16;

    private static readonly OverlapChoice[] Overlaps = [OverlapChoice.None, OverlapChoice.InPlace, OverlapChoice.Diagonal];

    public static TheoryData<string> Names => [.. HandMadeNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_loop_answers_as_before(string name)
    {
        (string kind, Func<ModelBuilder> build) = HandMadeNetworks.All[name];
        var model = TfliteModel.Load(build().Build(), name);
        var answers = new StreamedAnswers(model);
        List<(Region Region, RowSchedule Schedule)> regions = StreamableRegions.Of(model);

        for (int i = 0; i < regions.Count; i++)
            answers.Check([regions[i]], Overlaps[i % Overlaps.Length]);
        List<(Region, RowSchedule)[]> pairs = StreamableRegions.PairsOf(regions);
        for (int i = 0; i < Math.Min(MostPairs, pairs.Count); i++)
            answers.Check(pairs[i * pairs.Count / Math.Min(MostPairs, pairs.Count)], Overlaps[i % Overlaps.Length]);

        output.WriteLine($"{regions.Count} loops, {pairs.Count} pairs");
        Assert.Contains(regions, pair => pair.Region.Last > pair.Region.First && Enumerable.Range(pair.Region.First, pair.Region.Last - pair.Region.First + 1)
            .Any(op => model.Subgraphs[0].Operators[op].Kind == kind));
    }

    /// <summary>In memory of their own, and where bands may begin at offsets of a plan, in the arena too.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void All_bands_answer_as_before(string name)
    {
        (string kind, Func<ModelBuilder> build) = HandMadeNetworks.All[name];
        var model = TfliteModel.Load(build().Build(), name);
        var answers = new StreamedAnswers(model);
        List<(Region Region, RowSchedule Schedule)> anywhere = StreamableRegions.InBands(model, 1), aligned = StreamableRegions.InBands(model, Alignment);

        for (int i = 0; i < anywhere.Count; i += 1 + (anywhere.Count / MostOfNetwork))
            answers.Check([anywhere[i]]);
        for (int i = 0; i < aligned.Count; i += 1 + (aligned.Count / MostOfNetwork))
            answers.Check([aligned[i]], Overlaps[i % Overlaps.Length]);

        output.WriteLine($"{anywhere.Count} in bands, {aligned.Count} of them planned, {answers.Unproven} not proven");
        Assert.Equal(0, answers.Unproven);
        Assert.Contains(anywhere, pair => pair.Region.Last > pair.Region.First && Enumerable.Range(pair.Region.First, pair.Region.Last - pair.Region.First + 1)
            .Any(op => model.Subgraphs[0].Operators[op].Kind == kind));
    }

    /// <summary>Rows come in blocks: one of two rows that are made of the same one cannot be made alone.</summary>
    [Fact]
    public void Enlarged_rows_are_made_in_whole_blocks()
    {
        var model = TfliteModel.Load(HandMadeNetworks.All["enlarged input"].Build().Build(), "enlarged");

        Assert.All(StreamableRegions.Of(model).Where(pair => pair.Region.First == 0),
            pair => Assert.Equal(0, Assert.IsType<TurnSchedule>(pair.Schedule).RowsATurn(model.Subgraphs[0].Operators[0].Outputs[0]) % 2));
    }

    /// <summary>A factor that is made of all rows is not there when the first row is multiplied with it.</summary>
    [Fact]
    public void What_is_made_of_all_rows_is_not_read_whole_in_the_same_region()
    {
        var model = TfliteModel.Load(HandMadeNetworks.All["factors that are made of all rows"].Build().Build(), "factors");
        IReadOnlyList<TfliteOperator> operators = model.Subgraphs[0].Operators;
        int pool = operators.First(op => op.Kind == "AVERAGE_POOL_2D").Index, mul = operators.First(op => op.Kind == "MUL").Index;

        Assert.DoesNotContain(StreamableRegions.Of(model), pair => pair.Region.First < mul && pair.Region.First <= pool + 2 && pair.Region.Last >= mul);
        Assert.Contains(StreamableRegions.Of(model), pair => pair.Region.First == mul);
    }
}
