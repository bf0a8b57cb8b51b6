using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Rewrites.Mutations;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Rewrites;

/// <summary>
/// Good rewritten models and plans with one thing changed: wherever the direct evaluation then gives another answer, the verifier must have refused. It may
/// refuse more: what it cannot prove.
/// </summary>
public class RewriteVerifierTests(ITestOutputHelper output)
{
    private const long Alignment = 16;
    private const int OfEachKind = 3, MostTurns = 400, LeastWrong = 5;

    private static readonly OverlapChoice[] Overlaps = [OverlapChoice.Diagonal, OverlapChoice.None, OverlapChoice.InPlace];

    [Fact]
    public void No_mutant_that_answers_otherwise_is_accepted() => Refuse(1, 6, loopsOfNetwork: 4);

    [Fact]
    [Trait("Category", "Slow")]
    public void No_mutant_of_many_that_answers_otherwise_is_accepted() => Refuse(201, 5, loopsOfNetwork: 4);

    [Fact]
    public void No_mutant_of_bands_that_answers_otherwise_is_accepted() => Refuse(1, 6, loopsOfNetwork: 5, inBands: true);

    private void Refuse(int firstSeed, int networks, int loopsOfNetwork, bool inBands = false)
    {
        var counts = new SortedDictionary<string, (int Made, int Wrong, int RefusedAlike)>(StringComparer.Ordinal);
        var accepted = new List<string>();
        IEnumerable<TfliteModel> models = Enumerable.Range(firstSeed, networks)
            .Select(seed => TfliteModel.Load(RandomNetworks.Create((ulong)seed, seed % 3 == 0 ? TensorType.Float32 : TensorType.Int8), $"random {seed}"))
            .Concat(HandMadeNetworks.All.Where((_, i) => i % networks == firstSeed % networks || networks > 6)
                .Select(pair => TfliteModel.Load(pair.Value.Build().Build(), pair.Key)));
        foreach (TfliteModel model in models)
        {
            var random = new Pcg32((ulong)firstSeed + (ulong)model.Bytes.Length);
            var answers = new StreamedAnswers(model);
            List<(Region Region, RowSchedule Schedule)> regions = inBands ? StreamableRegions.InBands(model, Alignment) : StreamableRegions.Of(model);
            random.Shuffle(regions);
            // Long regions have more to get wrong.
            foreach ((Region, RowSchedule) pair in regions.Take(loopsOfNetwork * 3)
                .OrderByDescending(pair => pair.Region.Last - pair.Region.First).Take(loopsOfNetwork))
            {
                if (PlannedStream.Find(Rewriter.Stream(model, [pair]), random.Pick(Overlaps)) is not { } good)
                    continue;
                Assert.Null(good.FaultOf(good.Plan));
                foreach (StreamMutant mutant in new StreamMutants(good, random).All(OfEachKind))
                    Count(good, mutant, answers);
            }
        }
        foreach ((string kind, (int made, int wrong, int refusedAlike)) in counts)
            output.WriteLine($"{kind,-32} {made,5} made, {wrong,5} answer otherwise, {refusedAlike,5} refused though they answer alike");
        Assert.True(accepted.Count == 0, $"{accepted.Count} accepted:\n" + string.Join("\n", accepted.Take(20)));
        // Bands of padding are PAD's own, so that no byte of it stands in the file.
        Assert.Equal(inBands ? 5 : 6, counts.Count);
        Assert.All(counts, pair => Assert.True(pair.Value.Wrong >= LeastWrong, $"{pair.Key} shows too little"));

        void Count(PlannedStream good, StreamMutant mutant, StreamedAnswers answers)
        {
            bool isWrong = AnswersOtherwise(mutant, answers);
            string? fault = good.FaultOf(mutant.Plan);
            (int made, int wrong, int refusedAlike) = counts.GetValueOrDefault(mutant.Kind);
            counts[mutant.Kind] = (made + 1, wrong + (isWrong ? 1 : 0), refusedAlike + (!isWrong && fault is not null ? 1 : 0));
            if (isWrong && fault is null)
                accepted.Add($"{good.Model.Name}, region {good.Rewritten.Regions[0]}: {mutant.Kind}, {mutant.What}");
        }
    }

    /// <summary>A loop without an end, a row that is not there and a copy over a part of itself are no answers.</summary>
    private static bool AnswersOtherwise(StreamMutant mutant, StreamedAnswers answers)
    {
        try
        {
            return !answers.AreSame(mutant.Plan.Model, PlannedStream.PlacementOf(mutant.Plan), MostTurns);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return true;
        }
    }
}
