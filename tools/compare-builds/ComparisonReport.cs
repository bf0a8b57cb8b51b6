using System.Globalization;
using TinyReorder.CompareBuilds.Differences;
using TinyReorder.CompareBuilds.Running;

namespace TinyReorder.CompareBuilds;

/// <summary>Prints what is compared, in the order of the runs, however they end.</summary>
/// <param name="output">Where it is printed to.</param>
/// <param name="progress">Is told how many runs are compared.</param>
internal sealed class ComparisonReport(TextWriter output, Action<int> progress)
{
    private const int MostChanged = 5;

    private readonly object gate = new();
    private readonly Dictionary<int, ComparedRuns> waiting = [];
    private readonly SortedDictionary<string, DifferenceCount> counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (RunTime Before, RunTime After)> times = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> exitCodes = [];
    private int done, printed, differing, changing;

    /// <summary>Whether any run differs.</summary>
    public bool HasDifferences => differing > 0;

    /// <summary>Takes the result of one pair of runs and prints all that is complete up to there.</summary>
    public void Add(int index, ComparedRuns runs)
    {
        lock (gate)
        {
            waiting.Add(index, runs);
            progress(++done);
            for (; waiting.Remove(printed, out ComparedRuns? next); printed++)
                Print(next);
        }
    }

    /// <summary>Prints how often each kind of difference occurs, and the time.</summary>
    public void WriteSummary(int models, int optionSets)
    {
        int pairs = models * optionSets;
        string found = HasDifferences ? string.Create(CultureInfo.InvariantCulture, $"{differing} pairs differ of") : "no difference in";
        Write($"{found} {pairs} pairs of runs ({models} models, {optionSets} option sets)");
        foreach ((string kind, DifferenceCount count) in counts)
            Write($"  {kind}: {count}");
        if (changing > 0)
            Write($"{changing} pairs differed in something in one of two tries only, which is not counted");
        // Runs that fail alike are no difference, but should be seen.
        Write($"exit codes of BEFORE: {string.Join(", ", exitCodes.Select(code => FormattableString.Invariant($"{code.Key} in {code.Value}")))}");
        RunTime before = RunTime.Sum(times.Values.Select(time => time.Before)), after = RunTime.Sum(times.Values.Select(time => time.After));
        Write($"time: {RunTime.Compare(before, after)}");
        var changed = times.OrderByDescending(time => Changed(time.Value.Before, time.Value.After));
        foreach ((string model, (RunTime old, RunTime recent)) in changed.Take(MostChanged))
            Write($"  {model}: {RunTime.Compare(old, recent)}");
    }

    private static TimeSpan Changed(RunTime before, RunTime after) => (after.Processor - before.Processor).Duration();

    private void Print(ComparedRuns runs)
    {
        (RunTime before, RunTime after) = times.GetValueOrDefault(runs.Model, (RunTime.None, RunTime.None));
        times[runs.Model] = (before + runs.Before, after + runs.After);
        exitCodes[runs.ExitCode] = exitCodes.GetValueOrDefault(runs.ExitCode) + 1;
        differing += runs.Differences.Count > 0 ? 1 : 0;
        changing += runs.Once.Count > 0 ? 1 : 0;
        if (runs.Differences.Count + runs.Once.Count == 0)
            return;
        Write($"{runs.Model}: {runs.Options}");
        foreach (Difference difference in runs.Once)
            Write($"  once of two tries: {difference.What}: {difference.Text}");
        foreach (Difference difference in runs.Differences)
        {
            Write($"  {difference.What}: {difference.Text}");
            counts[difference.Kind] = counts.GetValueOrDefault(difference.Kind, new DifferenceCount()).And(difference);
        }
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
