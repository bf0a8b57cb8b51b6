using System.Globalization;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Building;

/// <summary>
/// What the item adds to <c>dotnet build</c>: the same project without the package, with the package and no model, and with the keyword model of the samples,
/// untouched and for the first
/// time. The builds take turns, so that what else the machine does meets all of them.
/// </summary>
internal static class BuildVerb
{
    private const int DefaultRuns = 15;
    private const string Item = """<TinyModel Include="keyword.tflite" Board="nano33ble" />""";

    public static int Run(Arguments arguments)
    {
        int runs = (int)arguments.Number("--count", DefaultRuns);
        string repository = RepositoryFiles.Root;
        if (!File.Exists(Path.Combine(repository, "src/TinyReorder.Build/bin/Release/net8.0/TinyReorder.Build.dll")))
            throw new FormatException("the task is not built: dotnet build -c Release src/TinyReorder.Build");
        string parent = Directory.CreateTempSubdirectory("tinyreorder-benchmark-").FullName;
        try
        {
            var without = new TimedProject(parent, "without the package", null, "");
            var empty = new TimedProject(parent, "package no model", repository, "");
            var untouched = new TimedProject(parent, "untouched model", repository, Item);
            var first = new TimedProject(parent, "first build of the model", repository, Item);
            TimedProject[] all = [without, empty, untouched, first];
            foreach (TimedProject project in all)
            {
                File.Copy(Path.Combine(repository, "samples/models/keyword.tflite"), project.PathOf("keyword.tflite"));
                project.Build();
                project.Build("--no-restore");
            }
            for (int run = 0; run < runs; run++)
            {
                first.ForgetModels();
                // Turned round each time: who comes second finds the disk's cache warmer.
                foreach (TimedProject project in run % 2 == 0 ? all : Enumerable.Reverse(all))
                    project.BuildTimed();
            }
            Print(all, without, runs);
            PrintTargets(untouched);
            return 0;
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private static void Print(TimedProject[] all, TimedProject without, int runs)
    {
        Console.WriteLine($"{runs} builds of each, in turns; the load of the machine was {Load()}.\n");
        var table = new MarkdownTable(Console.Out, "Build", "Median, ms", "Least, ms", "Added, median, ms", "Added, least, ms", "Ratio of medians",
            "Ratio of least");
        foreach (TimedProject project in all)
        {
            table.Row(
                project.Name, MarkdownTable.Milliseconds(project.Median), MarkdownTable.Milliseconds(project.Least),
                MarkdownTable.Milliseconds(MedianDifference(project, without)), MarkdownTable.Milliseconds(project.Least - without.Least),
                Ratio(project.Median, without.Median), Ratio(project.Least, without.Least));
        }
    }

    /// <summary>Of the differences within each turn, so that a slow turn does not count for one project alone.</summary>
    private static double MedianDifference(TimedProject project, TimedProject without) =>
        project.Milliseconds.Zip(without.Milliseconds, (a, b) => a - b).Order().ElementAt(project.Milliseconds.Count / 2);

    /// <summary>What MSBuild itself measures of our targets in an untouched build.</summary>
    private static void PrintTargets(TimedProject untouched)
    {
        Console.WriteLine("\nMSBuild's own measure of our targets in an untouched build:\n");
        foreach (string line in untouched.Build("--no-restore", "-clp:PerformanceSummary").Split('\n')
            .Where(line => line.Contains("TinyModel") && line.Contains(" ms ")))
            Console.WriteLine("    " + line.Trim());
    }

    private static string Load()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? File.ReadAllText(file).Split(' ')[0] : "not measured";
    }

    private static string Ratio(double a, double b) => (a / b).ToString("N3", CultureInfo.InvariantCulture);
}
