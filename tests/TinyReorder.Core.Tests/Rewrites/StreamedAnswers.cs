using TinyReorder.Rewrites;
using TinyReorder.Rewrites.Regions;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Rewrites;

/// <summary>The answers of a model, and whether the same with loops gives them byte for byte.</summary>
internal sealed class StreamedAnswers
{
    private readonly TfliteModel model;
    private readonly byte[][][] inputs;
    private readonly byte[][][] expected;

    public StreamedAnswers(TfliteModel model)
    {
        this.model = model;
        inputs = [RandomNetworks.InputsOf(model, 11), RandomNetworks.InputsOf(model, 12)];
        expected = [.. inputs.Select(input => ArenaInterpreter.Run(model, input))];
    }

    /// <summary>How many plans were made.</summary>
    public int Planned { get; private set; }

    /// <summary>How many of them could not be proven; none of these is ever written.</summary>
    public int Unproven { get; private set; }

    /// <summary>Rewrites the model, and evaluates it with memory of its own for every tensor and in the arena of each plan.</summary>
    /// <param name="regions">What becomes loops or bands.</param>
    /// <param name="overlaps">How far tensors may overlap: one plan for each.</param>
    public void Check(IReadOnlyList<(Region Region, RowSchedule Schedule)> regions, params OverlapChoice[] overlaps)
    {
        string what = $"{model.Name} " + string.Join(" ", regions.Select(pair => $"{pair.Region.First}-{pair.Region.Last} axis {pair.Region.Axis} "
            + $"{(pair.Schedule is BandSchedule ? "bands of " : "")}{pair.Schedule.RowsOfTurn} rows {pair.Schedule.Form.Key}"));
        try
        {
            RewrittenModel rewritten = Rewriter.Stream(model, regions, style: new LoopStyle(IsSmall: Planned % 2 == 1, IsFast: Planned % 4 > 1));
            Assert.True(AreSame(rewritten.Model, null), $"{what}: other answers");
            foreach (OverlapChoice overlap in overlaps)
            {
                Planned++;
                if (PlannedStream.Find(rewritten, overlap) is not { } planned)
                {
                    Unproven++;
                    continue;
                }
                Assert.True(AreSame(planned.Model, planned.PlacementOfFile()), $"{what}, {overlap}: other answers in the arena");
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }
    }

    /// <summary>Whether a file gives the same answers, whatever its memory holds before, also when it is run again.</summary>
    public bool AreSame(TfliteModel streamed, Func<int, int, long?>? placement, int mostTurns = 10_000)
    {
        foreach (byte fill in new byte[] { 0xA5, 0x3C })
        {
            var interpreter = new ArenaInterpreter(streamed, placement, fill) { MostTurns = mostTurns };
            foreach ((byte[][] input, byte[][] answers) in inputs.Zip(expected))
            {
                if (!interpreter.Invoke(input).Zip(answers).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
                    return false;
            }
        }
        return true;
    }
}
