using System.Diagnostics;
using System.Globalization;
using TinyReorder.Tests.Harness;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Scenarios;

/// <summary>A build that is killed leaves every output as it was or as it should be, and the next build makes them all new.</summary>
public class KilledBuildTests(ITestOutputHelper log)
{
    private const int UsualKills = 4, WholeBuildEvery = 4;

    /// <summary>TINYREORDER_KILLS runs more: 200 take a quarter of an hour.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TINYREORDER_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : UsualKills;

    [Fact]
    public void Each_output_is_an_old_or_a_new_one_and_the_next_build_mends()
    {
        byte[][] models = [Models.Branched(), Models.Branched(channels: 24)];
        Dictionary<string, byte[]>[] whole = [.. models.Select(WholeBuild)];
        Scenario scenario = EveryOutput.Project(models[0]);
        var clock = Stopwatch.StartNew();
        scenario.Build().Succeeds();
        var random = new Random(8);
        int longest = (int)clock.ElapsedMilliseconds, killed = 0, changed = 0, mixed = 0, mended = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            scenario.Write("kws.tflite", models[(kill + 1) % 2]);
            Dictionary<string, byte[]> before = Outputs(scenario);
            // Every second build is killed at any moment, the others when the first file of its outputs changes.
            killed += KillBuild(scenario, random.Next(longest), atChange: kill % 2 == 1) ? 1 : 0;

            Dictionary<string, byte[]> found = Outputs(scenario);
            Assert.All(found, file => Assert.True(whole.Any(version => Same(version[file.Key], file.Value)), $"kill {kill}: {file.Key} is neither old nor new"));
            changed += Same(before, found) ? 0 : 1;
            mixed += found.Count < whole[0].Count || !whole.Any(version => Same(version, found)) ? 1 : 0;
            if (kill % WholeBuildEvery == WholeBuildEvery - 1)
            {
                scenario.Build().Succeeds();
                Assert.True(Same(whole[(kill + 1) % 2], Outputs(scenario)), $"the build after kill {kill} does not mend");
                mended++;
            }
        }
        log.WriteLine($"{killed} of {Kills} builds killed before their end: every output whole; {changed} had replaced some, {mixed} left old and new ones side by side; {mended} builds after a kill made all new");
    }

    private static Dictionary<string, byte[]> WholeBuild(byte[] model)
    {
        Scenario scenario = EveryOutput.Project(model);
        scenario.Build().Succeeds();
        Dictionary<string, byte[]> outputs = Outputs(scenario);
        Assert.Equal(EveryOutput.Count, outputs.Count);
        return outputs;
    }

    /// <returns>Whether the build still ran.</returns>
    private static bool KillBuild(Scenario scenario, int milliseconds, bool atChange)
    {
        ProcessStartInfo start = Command.StartInfo(scenario.Directory, "dotnet", ["build", "project.csproj", "--no-restore", "-nodeReuse:false", "-v:q"], PackedPackage.Shared.Environment);
        string[] before = Listing(scenario);
        using Process build = Process.Start(start)!;
        build.OutputDataReceived += (_, _) => { };
        build.ErrorDataReceived += (_, _) => { };
        build.BeginOutputReadLine();
        build.BeginErrorReadLine();
        if (atChange)
        {
            while (!build.WaitForExit(1) && Listing(scenario).SequenceEqual(before))
            {
            }
        }
        else
        {
            build.WaitForExit(milliseconds);
        }
        bool runs = !build.HasExited;
        build.Kill(entireProcessTree: true);
        build.WaitForExit();
        return runs;
    }

    private static string[] Listing(Scenario scenario) => [.. new DirectoryInfo(scenario.Generated).GetFiles().Select(file => $"{file.Name} {file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal)];

    private static Dictionary<string, byte[]> Outputs(Scenario scenario) => EveryOutput.FilesOf(scenario).ToDictionary(name => name, name => File.ReadAllBytes(scenario.GeneratedFile(name)));

    private static bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    private static bool Same(Dictionary<string, byte[]> a, Dictionary<string, byte[]> b) => a.Count == b.Count && a.All(file => b.TryGetValue(file.Key, out byte[]? other) && Same(file.Value, other));
}
