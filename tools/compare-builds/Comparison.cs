using System.Collections.Concurrent;
using System.Diagnostics;
using TinyReorder.CompareBuilds.Differences;
using TinyReorder.CompareBuilds.Running;

namespace TinyReorder.CompareBuilds;

/// <summary>Runs two builds with every model and option set, and prints how they differ.</summary>
internal sealed class Comparison(ToolBuild before, ToolBuild after)
{
    private readonly ConcurrentBag<ToolPair> idle = [];

    /// <summary>The paths of the models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>How the tool is called with each.</summary>
    public required IReadOnlyList<OptionSet> OptionSets { get; init; }

    /// <summary>What may differ.</summary>
    public required IgnoredText Ignored { get; init; }

    /// <summary>How many pairs of runs go on at once.</summary>
    public required int Jobs { get; init; }

    /// <summary>Whether each run is a process of its own.</summary>
    public bool AlwaysStarts { get; init; }

    /// <summary>
    /// Prints all differences to <paramref name="output"/>, in the order of models and option sets, and how far it is to <paramref name="errors"/>.
    /// </summary>
    /// <returns>Whether there is any.</returns>
    public async Task<bool> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var progress = new Progress(errors, Models.Count * OptionSets.Count);
        var report = new ComparisonReport(output, progress.Of);
        string root = Directory.CreateTempSubdirectory("compare-builds-").FullName;
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(0, Models.Count * OptionSets.Count), parallel, async (index, token) =>
                report.Add(index, await CompareAsync(index, Path.Combine(root, index.ToString("D6", null)), token)));
        }
        finally
        {
            foreach (ToolPair pair in idle)
                pair.Dispose();
            Directory.Delete(root, recursive: true);
        }
        report.WriteSummary(Models.Count, OptionSets.Count);
        return report.HasDifferences;
    }

    private async Task<ComparedRuns> CompareAsync(int index, string folder, CancellationToken cancellation)
    {
        string model = Models[index / OptionSets.Count], name = Path.GetFileName(model);
        OptionSet options = OptionSets[index % OptionSets.Count];
        var finder = new RunDifferences(Ignored, name);
        if (!idle.TryTake(out ToolPair? tools))
            tools = new ToolPair(before.Start(AlwaysStarts), after.Start(AlwaysStarts));
        try
        {
            // They take turns in who is first, so that neither has the warmer files more often.
            (ToolRun old, ToolRun recent) = await tools.RunAsync(model, options, folder, isOldFirst: index % 2 == 0, cancellation);
            Difference[] found = [.. finder.Of(old, recent)], again = found;
            if (found.Length > 0)
            {
                // What a search finds in its time may hang on how busy the machine is: only what differs twice is a difference.
                (ToolRun oldAgain, ToolRun recentAgain) = await tools.RunAsync(model, options, folder + "-again", isOldFirst: index % 2 != 0, cancellation);
                again = [.. finder.Of(oldAgain, recentAgain)];
            }
            return new ComparedRuns(name, options.Line, [.. found.Intersect(again)], old.ExitCode, old.Time, recent.Time) { Once = [.. found.Except(again)] };
        }
        finally
        {
            idle.Add(tools);
        }
    }

    private sealed record ToolPair(RunningTool Before, RunningTool After) : IDisposable
    {
        /// <summary>Runs both, one after the other, each in a folder of its own below <paramref name="folder"/>, which is gone afterwards.</summary>
        public async Task<(ToolRun Before, ToolRun After)> RunAsync(
            string model, OptionSet options, string folder, bool isOldFirst, CancellationToken cancellation)
        {
            Task<ToolRun> RunOld() => Before.RunAsync(model, options, Path.Combine(folder, "before"), cancellation);
            Task<ToolRun> RunRecent() => After.RunAsync(model, options, Path.Combine(folder, "after"), cancellation);
            try
            {
                if (isOldFirst)
                    return (await RunOld(), await RunRecent());
                ToolRun recent = await RunRecent();
                return (await RunOld(), recent);
            }
            finally
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
        }

        public void Dispose()
        {
            Before.Dispose();
            After.Dispose();
        }
    }

    /// <summary>Says how far it is, about ten times.</summary>
    private sealed class Progress(TextWriter errors, int all)
    {
        private readonly Stopwatch time = Stopwatch.StartNew();

        public void Of(int done)
        {
            if (done < all && done * 10L / all > (done - 1) * 10L / all)
                errors.WriteLine(FormattableString.Invariant($"compare-builds: {done} of {all} pairs of runs in {time.Elapsed.TotalSeconds:F0} s"));
        }
    }
}
