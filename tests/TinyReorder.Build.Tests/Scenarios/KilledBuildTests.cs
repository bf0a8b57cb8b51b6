using System.Diagnostics;
using System.Globalization;
using TinyReorder.Tests.Harness;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Scenarios;

/// <summary>A build that is killed leaves every output as it was or as it should be, and the next build makes them all new and leaves nothing else.</summary>
public class KilledBuildTests(ITestOutputHelper log)
{
    private const int UsualKills = 4;
    private const string Items = """
        <TinyModel Include="kws.tflite" OutputDir="out/" ArenaGroup="audio" EmitModel="true" Report="html;csv;svg;json" />
        <TinyModel Include="vad.tflite" OutputDir="out/" ArenaGroup="audio" />
        <TinyModel Include="net.tflite" Format="incbin" Report="csv" />
        """;

    /// <summary>TINYREORDER_KILLS runs more: 100 take half an hour.</summary>
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("TINYREORDER_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : UsualKills;

    [Fact]
    [Trait("Category", "Slow")]
    public void Each_output_is_an_old_or_a_new_one_and_the_next_build_mends()
    {
        SortedDictionary<string, byte[]>[] whole = [WholeBuild(0), WholeBuild(1)];
        Scenario scenario = Project(0);
        var clock = Stopwatch.StartNew();
        scenario.Build().Succeeds();
        var random = new Random(8);
        int longest = (int)clock.ElapsedMilliseconds, killed = 0, changed = 0, mixed = 0, temporary = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            int version = (kill + 1) % 2;
            WriteModels(scenario, version);
            SortedDictionary<string, byte[]> before = Outputs(scenario);
            // Every second build is killed at any moment, the others when the first of its outputs changes or some time after.
            killed += KillBuild(scenario, random.Next(longest), atChange: kill % 2 == 1, random.Next(30)) ? 1 : 0;

            SortedDictionary<string, byte[]> found = Outputs(scenario);
            Assert.All(found, file => Assert.True(whole.Any(one => Same(one[file.Key], file.Value)), $"kill {kill}: {file.Key} is neither old nor new"));
            changed += Same(before, found) ? 0 : 1;
            mixed += found.Count < whole[0].Count || !whole.Any(one => Same(one, found)) ? 1 : 0;
            temporary += LeftOver(scenario).Count;

            // Every third build after a kill is one of the old models: as if what was begun had never been.
            int next = kill % 3 == 2 ? 1 - version : version;
            WriteModels(scenario, next);
            scenario.Build().Succeeds();
            Assert.True(Same(whole[next], Outputs(scenario)), $"the build after kill {kill} does not mend");
            Assert.Empty(LeftOver(scenario));
            WriteModels(scenario, version);
            if (next != version)
                scenario.Build().Succeeds();
        }
        log.WriteLine($"{killed} of {Kills} builds killed before their end: every output whole; {changed} had replaced some, {mixed} left old and new ones side by side, {temporary} temporary files were left; each next build made all new and left none");
    }

    private static SortedDictionary<string, byte[]> WholeBuild(int version)
    {
        Scenario scenario = Project(version);
        scenario.Build().Succeeds();
        SortedDictionary<string, byte[]> outputs = Outputs(scenario);
        Assert.Equal(20, outputs.Count);
        return outputs;
    }

    /// <summary>Without an SDK, so that most of a build is ours.</summary>
    private static Scenario Project(int version)
    {
        var scenario = new Scenario();
        WriteModels(scenario, version);
        string imported = Path.Combine(new PackageContent(PackedPackage.Shared, scenario.PathOf("package")).Directory, "build", "TinyReorder.Build.");
        scenario.Write("project.csproj", $"""
            <Project DefaultTargets="Build">
              <Import Project="{imported}props" />
              <ItemGroup>{Items}</ItemGroup>
              <Target Name="Restore" />
              <Target Name="Build" />
              <Import Project="{imported}targets" />
            </Project>
            """);
        return scenario;
    }

    private static void WriteModels(Scenario scenario, int version)
    {
        int channels = version == 0 ? 16 : 24;
        scenario.Write("kws.tflite", Models.Branched(channels));
        scenario.Write("vad.tflite", Models.Branched(channels + 4));
        scenario.Write("net.tflite", Models.Branched(channels - 4));
    }

    /// <returns>Whether the build still ran.</returns>
    private static bool KillBuild(Scenario scenario, int milliseconds, bool atChange, int later)
    {
        ProcessStartInfo start = Command.StartInfo(scenario.Directory, "dotnet", ["build", "project.csproj", "--no-restore", "-nodeReuse:false", "-v:q"],
            PackedPackage.Shared.Environment);
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
            build.WaitForExit(later);
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

    private static IEnumerable<string> FilesOf(Scenario scenario) =>
        new[] { scenario.PathOf("out"), scenario.PathOf("obj", "tinyreorder") }.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder));

    private static List<string> LeftOver(Scenario scenario) => [.. FilesOf(scenario).Where(file => Path.GetExtension(file) is ".tmp" or ".lock")];

    private static bool IsOutput(string file) =>
        !Path.GetFileName(file).StartsWith('.') && Path.GetExtension(file) is not (".tmp" or ".lock" or ".state" or ".generated" or ".groups" or ".record");

    private static string[] Listing(Scenario scenario) =>
        [.. FilesOf(scenario).Where(IsOutput).Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks}").Order(StringComparer.Ordinal)];

    private static SortedDictionary<string, byte[]> Outputs(Scenario scenario) =>
        new(FilesOf(scenario).Where(IsOutput).ToDictionary(file => Path.GetRelativePath(scenario.Directory, file), File.ReadAllBytes), StringComparer.Ordinal);

    private static bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    private static bool Same(SortedDictionary<string, byte[]> a, SortedDictionary<string, byte[]> b) =>
        a.Count == b.Count && a.All(file => b.TryGetValue(file.Key, out byte[]? other) && Same(file.Value, other));
}
