using System.Globalization;
using TinyReorder.Fuzz.Mutations;
using TinyReorder.Fuzz.Running;
using Xunit.Abstractions;

namespace TinyReorder.Fuzz;

/// <summary>A fixed number of mutants, the same ones in every run; <see cref="Program"/> runs as many as one likes.</summary>
public class HostileFileTests(ITestOutputHelper output)
{
    private const ulong Seed = 2026;
    private const int Few = 700, Many = 700;

    [Fact]
    public void Every_mutant_ends_as_a_valid_result_or_as_one_diagnostic_in_time_and_memory() => Run(0, Few);

    [Fact]
    [Trait("Category", "Slow")]
    public void Many_more_mutants_do_so() => Run(Few, Many);

    [Fact]
    public void The_largest_bombs_go_off_without_harm()
    {
        for (int which = 0; which < Bombs.Names.Count; which++)
        {
            var bomb = LargestBomb.Run(which);
            output.WriteLine(bomb.ToString());
            Assert.True(bomb.Time <= Fuzzer.MostTime, bomb.ToString());
            Assert.True(bomb.AllocatedBytes <= Fuzzer.MostBytes || SmallHeap.Suffices(Program.Once, which.ToString(CultureInfo.InvariantCulture)), bomb.ToString());
        }
    }

    [Fact]
    public void The_same_number_makes_the_same_mutant()
    {
        Assert.All(Enumerable.Range(0, 200), number => Assert.Equal(new Mutants(Seed).Make(number).Make(), new Mutants(Seed).Make(number).Make()));
        Assert.All(Mutants.Kinds, kind => Assert.Contains(Enumerable.Range(0, 40_000), number => new Mutants(Seed).Make(number).Kind == kind));
    }

    private void Run(long first, int count)
    {
        Tally tally = new Fuzzer(Seed).Run(first, count, workers: 2);

        output.WriteLine(tally.ToString());
        Assert.True(tally.Faults.Count == 0, string.Join("\n", tally.Faults.Take(5)));
        Assert.Equal(count, tally.Count);
        // Mutants that are all refused, or all harmless, would show nothing.
        Assert.True(tally.CountOf(Targets.Streamed) > 0, tally.ToString());
        Assert.True(tally.CountOf("valid") > count / 20 && tally.CountOf("TINY2002") > count / 4, tally.ToString());
        Assert.True(tally.Codes.Count > 10, string.Join(" ", tally.Codes));
    }
}
