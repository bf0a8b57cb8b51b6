using System.Diagnostics;
using System.Globalization;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Graphs;
using TinyReorder.Scheduling;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>The first search of a process, compilation of the code included.</summary>
internal static class ColdRun
{
    /// <summary>Milliseconds of the search of <paramref name="searched"/> in a new process of this program, or null when that failed.</summary>
    public static double? Ask(string group, SearchCase searched, Arguments arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ColdRun).Assembly.Location);
        string[] given = ["search-once", "--only", group, "--case", searched.Name, "--seconds",
            arguments.Number("--seconds", 10).ToString(CultureInfo.InvariantCulture)];
        foreach (string argument in given)
            start.ArgumentList.Add(argument);
        if (arguments.Text("--models") is { } folder)
        {
            start.ArgumentList.Add("--models");
            start.ArgumentList.Add(folder);
        }
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) ? milliseconds : null;
    }

    /// <summary>Prints what <see cref="Ask"/> reads.</summary>
    public static int Answer(Arguments arguments)
    {
        SearchCase searched = SearchCases.Of(arguments.Text("--only") ?? "", arguments).First(candidate => candidate.Name == arguments.Text("--case"));
        Graph graph = searched.Create();
        var clock = Stopwatch.StartNew();
        OrderSearch.Search(graph, new SearchLimits { Time = TimeSpan.FromSeconds(arguments.Number("--seconds", 10)) });
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture));
        return 0;
    }
}
