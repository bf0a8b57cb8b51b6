using TinyReorder.Arenas;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class PlaceTests : IDisposable
{
    private const string Three = "id,lower,upper,size\na,0,2,40\nb,1,3,30\nc,2,4,50\n";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Without_a_capacity_the_lowest_placement_goes_to_standard_output()
    {
        CommandRun run = CommandRun.InProcess("place", Csv(Three));
        Assert.Equal((ExitCode.Fine, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("id,lower,upper,size,offset\na,0,2,40,", run.Output, StringComparison.Ordinal);
        AssertPlaced(Three, run.Output, alignment: 1, capacity: 80);
    }

    [Theory]
    [InlineData(1, 80, ExitCode.Fine)]
    [InlineData(1, 79, ExitCode.DoesNotFit)]
    [InlineData(16, 96, ExitCode.Fine)]
    [InlineData(16, 95, ExitCode.DoesNotFit)]
    public void A_capacity_is_kept_or_nothing_is_written(long alignment, long capacity, int exitCode)
    {
        string placed = directory.File("placed.csv");
        CommandRun run = CommandRun.InProcess("place", Csv(Three), "--capacity", capacity.ToString(), "--align", alignment.ToString(), "-o", placed);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == ExitCode.Fine, File.Exists(placed));
        if (exitCode == ExitCode.Fine)
            AssertPlaced(Three, File.ReadAllText(placed), alignment, capacity);
        else
            Assert.Matches(@"buffers\.csv : error TINY1006: the buffers do not fit into \d+ B", run.Error);
    }

    [Theory]
    [InlineData(1, 60, 0)]
    [InlineData(2, 120, 9)]
    [InlineData(3, 120, 0)]
    public void Instances_that_were_cut_from_their_capacity_fit_it(int seed, int count, int leaveOut)
    {
        List<PlacementItem> items = PlacementInstances.Cut(seed, count, steps: 200, capacity: 4096, leaveOut);
        string csv = MinimallocCsv.Write(items.ConvertAll(item => new MinimallocBuffer($"b{item.Id}", item, null)));
        CommandRun run = CommandRun.InProcess("place", Csv(csv), "--capacity", "4096");
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        AssertPlaced(csv, run.Output, alignment: 1, capacity: 4096);
    }

    [Fact]
    public void What_was_neither_found_nor_ruled_out_is_told_so()
    {
        List<PlacementItem> items = PlacementInstances.Cut(seed: 5, count: 200, steps: 400, capacity: 1 << 20);
        string csv = MinimallocCsv.Write(items.ConvertAll(item => new MinimallocBuffer($"b{item.Id}", item, null)));
        CommandRun run = CommandRun.InProcess("place", Csv(csv), "--capacity", "1048576", "--search-seconds", "0");
        Assert.Equal((ExitCode.DoesNotFit, ""), (run.ExitCode, run.Output));
        Assert.Contains("error TINY4002", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_of_the_file_are_kept_on_request()
    {
        string file = Csv("id,lower,upper,size,offset\na,0,2,40,100\nb,1,3,30,\n");
        Assert.Contains("\na,0,2,40,100\n", CommandRun.InProcess("place", file, "--keep-offsets").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(",100\n", CommandRun.InProcess("place", file).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,lower,upper\n", ExitCode.BadInput, "TINY2012")]
    [InlineData("id,lower,upper,size\na,3,3,1\n", ExitCode.BadInput, "line 2")]
    [InlineData("id,lower,upper,size\na,0,1,9223372036854775807\nb,0,1,9223372036854775807\n", ExitCode.BadInput, "TINY2009")]
    [InlineData(Three, ExitCode.BadUsage, "--align", "--align", "0")]
    [InlineData(Three, ExitCode.BadUsage, "--capacity", "--capacity", "1k")]
    [InlineData(Three, ExitCode.BadUsage, "--capacity", "--capacity", "-1")]
    [InlineData(Three, ExitCode.BadUsage, "--search-seconds", "--search-seconds", "soon")]
    [InlineData(Three, ExitCode.BadUsage, "--nodes", "--nodes", "1")]
    public void Bad_files_and_bad_usage_are_told_apart(string csv, int exitCode, string named, params string[] options)
    {
        CommandRun run = CommandRun.InProcess(["place", Csv(csv), .. options]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_missing_file_is_bad_input()
    {
        CommandRun run = CommandRun.InProcess("place", directory.File("none.csv"));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("none.csv : error TINY2012", run.Error, StringComparison.Ordinal);
    }

    private string Csv(string text) => directory.Write("buffers.csv", System.Text.Encoding.UTF8.GetBytes(text));

    private static void AssertPlaced(string before, string after, long alignment, long capacity)
    {
        IReadOnlyList<MinimallocBuffer> given = MinimallocCsv.Read(before), placed = MinimallocCsv.Read(after);
        Assert.Equal(given.Select(buffer => (buffer.Id, buffer.Item)), placed.Select(buffer => (buffer.Id, buffer.Item)));
        PlacementItem[] items = placed.Select(buffer => buffer.Item).ToArray();
        long[] offsets = placed.Select(buffer => buffer.OffsetBytes!.Value).ToArray();
        long height = items.Select((item, i) => offsets[i] + PlacementChecker.Rounded(item, alignment)).Max();
        Assert.Null(PlacementChecker.Fault(items, alignment, new Placement(offsets, height, 0, false, 0)));
        Assert.InRange(height, 1, capacity);
    }
}
