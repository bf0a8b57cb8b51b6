using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Rewrites;

/// <summary>Random networks in which each region that can be a loop is one: the answers stay, byte for byte, in own memory and in the planned arena.</summary>
public class RandomStreamTests(ITestOutputHelper output)
{
    private const long Alignment = 16;
    private const int Networks = 10, BandedNetworks = 8, ShortNetworks = 4, FirstSlow = 101, SlowNetworks = 5, PairsOfNetwork = 6;

    private static readonly OverlapChoice[] Overlaps = [OverlapChoice.None, OverlapChoice.InPlace, OverlapChoice.Diagonal];

    [Fact]
    public void Every_region_of_an_int8_network_answers_as_before() => AnswerAsBefore(TensorType.Int8, 1, Networks, plansOfRegion: 1, mostRegions: 24);

    [Fact]
    public void Every_region_of_a_float_network_answers_as_before() => AnswerAsBefore(TensorType.Float32, 51, Networks, plansOfRegion: 1, mostRegions: 24);

    [Fact]
    [Trait("Category", "Slow")]
    public void More_int8_networks_do_so_with_every_overlap() => AnswerAsBefore(TensorType.Int8, FirstSlow, SlowNetworks, Overlaps.Length, int.MaxValue);

    [Fact]
    [Trait("Category", "Slow")]
    public void More_float_networks_do_so_with_every_overlap() => AnswerAsBefore(TensorType.Float32, FirstSlow, SlowNetworks, Overlaps.Length, int.MaxValue);

    [Fact]
    public void Bands_of_an_int8_network_answer_as_before() => AnswerAsBeforeInBands(TensorType.Int8, 1, BandedNetworks, mostRegions: 14);

    [Fact]
    public void Bands_of_a_float_network_answer_as_before() => AnswerAsBeforeInBands(TensorType.Float32, 51, BandedNetworks, mostRegions: 14);

    [Fact]
    [Trait("Category", "Slow")]
    public void Bands_of_more_networks_do_so() => AnswerAsBeforeInBands(TensorType.Int8, FirstSlow, SlowNetworks, mostRegions: 60);

    [Fact]
    public void Bands_of_an_int16_network_answer_as_before() => AnswerAsBeforeInBands(TensorType.Int16, 1, ShortNetworks, mostRegions: 14);

    /// <summary>GATHER, which a loop reads its rows with, takes no 16 bits.</summary>
    [Fact]
    public void No_region_of_an_int16_network_is_a_loop()
    {
        for (ulong seed = 1; seed <= 40; seed++)
            Assert.Empty(StreamableRegions.Of(TfliteModel.Load(RandomNetworks.Create(seed, TensorType.Int16), $"int16 {seed}")));
    }

    private void AnswerAsBeforeInBands(TensorType type, int firstSeed, int networks, int mostRegions)
    {
        int anywhere = 0, planned = 0, unproven = 0, most = 0, pairs = 0;
        for (int seed = firstSeed; seed < firstSeed + networks; seed++)
        {
            var model = TfliteModel.Load(RandomNetworks.Create((ulong)seed, type), $"{type} {seed}");
            var random = new Pcg32((ulong)seed);
            var answers = new StreamedAnswers(model);
            List<(Region Region, RowSchedule Schedule)> regions = StreamableRegions.InBands(model, 1), aligned = StreamableRegions.InBands(model, Alignment);
            random.Shuffle(regions);
            random.Shuffle(aligned);
            foreach ((Region, RowSchedule) pair in regions.Take(mostRegions))
                answers.Check([pair]);
            for (int i = 0; i < Math.Min(mostRegions, aligned.Count); i++)
                answers.Check([aligned[i]], Overlaps[i % Overlaps.Length]);
            // A loop behind bands, or bands behind a loop.
            List<(Region Region, RowSchedule Schedule)> loops = StreamableRegions.Of(model);
            random.Shuffle(loops);
            foreach ((Region Region, RowSchedule Schedule) band in aligned.Take(PairsOfNetwork))
            {
                (Region Region, RowSchedule Schedule) beside = loops.Find(loop => loop.Region.Axis == band.Region.Axis
                    && (loop.Region.First > band.Region.Last || loop.Region.Last < band.Region.First));
                if (beside.Region is not null)
                    answers.Check([band, beside], Overlaps[pairs++ % Overlaps.Length]);
            }
            planned += answers.Planned;
            unproven += answers.Unproven;
            anywhere += regions.Count;
            most = Math.Max(most, regions.Select(pair => pair.Schedule.Turns).Append(0).Max());
        }
        output.WriteLine($"{networks} networks, {anywhere} regions in up to {most} bands, {pairs} with a loop beside them");
        output.WriteLine($"{unproven} of {planned} plans are not proven");
        Assert.Equal(0, unproven);
        Assert.True(anywhere > networks * 5 && planned > networks && most > 6 && (pairs > 0 || type == TensorType.Int16), "there is little to see");
    }

    private void AnswerAsBefore(TensorType type, int firstSeed, int networks, int plansOfRegion, int mostRegions)
    {
        int streamed = 0, pairs = 0, longest = 0, onWidth = 0, planned = 0, unproven = 0;
        for (int seed = firstSeed; seed < firstSeed + networks; seed++)
        {
            var model = TfliteModel.Load(RandomNetworks.Create((ulong)seed, type), $"{type} {seed}");
            var random = new Pcg32((ulong)seed);
            var answers = new StreamedAnswers(model);
            List<(Region Region, RowSchedule Schedule)> regions = StreamableRegions.Of(model);
            List<(Region, RowSchedule)[]> twice = StreamableRegions.PairsOf(regions);
            random.Shuffle(twice);
            random.Shuffle(regions);
            // Which regions are planned is drawn; every one is evaluated.
            for (int i = 0; i < regions.Count; i++)
                answers.Check([regions[i]], i < mostRegions ? Drawn(i) : []);
            foreach ((Region, RowSchedule)[] pair in twice.Take(PairsOfNetwork))
                answers.Check(pair, Drawn(pairs++));
            planned += answers.Planned;
            unproven += answers.Unproven;
            streamed += regions.Count;
            longest = Math.Max(longest, regions.Select(pair => pair.Region.Last - pair.Region.First + 1).Append(0).Max());
            onWidth += regions.Count(pair => pair.Region.Axis == RowOperators.Width);
        }
        output.WriteLine($"{networks} networks, {streamed} loops of up to {longest} operators, {onWidth} of them along the width, {pairs} pairs of loops; {unproven} of {planned} plans are not proven");
        Assert.Equal(0, unproven);
        Assert.True(streamed > networks * 5 && longest >= 4 && pairs > networks, "there is little to see");

        OverlapChoice[] Drawn(int number) => plansOfRegion == Overlaps.Length ? Overlaps : [Overlaps[number % Overlaps.Length]];
    }
}
