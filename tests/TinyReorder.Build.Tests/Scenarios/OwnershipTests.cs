using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Whose the files in a folder are, and what a build and a clean do with those of others.</summary>
public class OwnershipTests
{
    private const string ByConfiguration = """
        <TinyModelKernels Condition="'$(Configuration)' == 'Release'">reference</TinyModelKernels><TinyModelKernels Condition="'$(Configuration)' != 'Release'">cmsis-nn</TinyModelKernels>
        """;

    [Fact]
    public void Configurations_that_share_a_directory_each_find_what_they_would_write()
    {
        Scenario scenario = With("""<TinyModel Include="kws.tflite" OutputDir="out/" />""", ByConfiguration);
        scenario.Build("-c", "Release").Succeeds();
        string release = File.ReadAllText(scenario.PathOf("out", "kws.h"));
        scenario.Build("-c", "Debug").Succeeds();
        Assert.NotEqual(release, File.ReadAllText(scenario.PathOf("out", "kws.h")));
        Assert.Equal(["kws.tflite"], scenario.Build("-c", "Release").Succeeds().OptimizedModels);
        Assert.Equal(release, File.ReadAllText(scenario.PathOf("out", "kws.h")));
        Assert.Equal(0, scenario.Build("-c", "Release").Succeeds().TaskRuns);
    }

    [Fact]
    public void Projects_that_share_a_directory_do_not_take_each_others_files()
    {
        Scenario first = With("""<TinyModel Include="kws.tflite" OutputDir="out/" Kernels="reference" />""");
        first.Build().Succeeds();
        string header = File.ReadAllText(first.PathOf("out", "kws.h"));

        Scenario second = With($"""<TinyModel Include="kws.tflite" OutputDir="{first.PathOf("out")}" Kernels="cmsis-nn" />""");
        string line = Assert.Single(second.Build().Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5009: ", line);
        Assert.Contains(first.PathOf("project.csproj"), line);
        Assert.Contains(second.PathOf("project.csproj"), line);
        Assert.Equal(header, File.ReadAllText(first.PathOf("out", "kws.h")));
        Assert.Equal(0, first.Build().Succeeds().TaskRuns);

        // The same content is nobody's loss, and stays the first one's.
        second.Project($"""<TinyModel Include="kws.tflite" OutputDir="{first.PathOf("out")}" Kernels="reference" />""").Build().Succeeds();
        second.Clean().Succeeds();
        Assert.True(File.Exists(first.PathOf("out", "kws.h")));
        first.Clean().Succeeds();
        Assert.Empty(Directory.GetFiles(first.PathOf("out")));
    }

    [Fact]
    public void What_was_edited_by_hand_is_written_again_and_each_output_is_looked_at()
    {
        Scenario scenario = With("""<TinyModel Include="kws.tflite" OutputDir="out/" EmitModel="true" Report="csv" />""");
        scenario.Build().Succeeds();
        string header = scenario.PathOf("out", "kws.h"), text = File.ReadAllText(header);
        DateTime time = File.GetLastWriteTimeUtc(header);

        // As long as it was, and as old: nothing but its content tells.
        File.WriteAllText(header,
            System.Text.RegularExpressions.Regex.Replace(text, "(_TENSOR_ARENA_SIZE )([0-9]+)",
            match => match.Groups[1].Value + new string('1', match.Groups[2].Length)));
        File.SetLastWriteTimeUtc(header, time);
        Assert.NotEqual(text, File.ReadAllText(header));
        BuildRun run = scenario.Build().Succeeds();
        Assert.Equal(["out/kws.h is not what was written"], run.Reasons);
        Assert.Equal(text, File.ReadAllText(header));

        File.AppendAllText(scenario.PathOf("out", "kws.c"), "\n");
        Assert.Equal(["out/kws.c is not what was written"], scenario.Build().Succeeds().Reasons);
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        // What carries no words of ours is somebody's as soon as it is another one.
        File.AppendAllText(scenario.PathOf("out", "kws.steps.csv"), "my own row\n");
        string line = Assert.Single(scenario.Build().Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5010: ", line);
        Assert.Contains("kws.steps.csv' was changed since", line);
    }

    [Fact]
    public void A_file_that_we_did_not_write_is_neither_replaced_nor_deleted()
    {
        Scenario scenario = new();
        scenario.Write("models/main.tflite", Models.Branched());
        string source = scenario.Write("src/main.c", "int main(void) { return 0; }\n");
        scenario.Project("""<TinyModel Include="models/main.tflite" OutputDir="src" />""");
        string line = Assert.Single(scenario.Build().Fails().Diagnostics);
        Assert.StartsWith("models/main.tflite : error TINY5010: ", line);
        Assert.Contains(source, line);
        Assert.Equal(["main.c"], FilesIn(scenario.PathOf("src")));
        scenario.Clean().Succeeds();
        Assert.Equal("int main(void) { return 0; }\n", File.ReadAllText(source));

        scenario.Project("""<TinyModel Include="models/main.tflite" OutputDir="src" Symbol="net" />""").Build().Succeeds();
        File.WriteAllText(scenario.PathOf("src", "net.c"), "// the user's own by now\n");
        scenario.Project("""<TinyModel Include="models/main.tflite" OutputDir="src" Symbol="other" />""").Build().Succeeds();
        Assert.Equal([".other.tinyreorder", "main.c", "net.c", "other.c", "other.h", "other_ops.h"], FilesIn(scenario.PathOf("src")));
        File.WriteAllText(scenario.PathOf("src", "other.h"), "// this one too\n");
        Assert.Contains("other.h stays", scenario.Clean().Succeeds().Output);
        Assert.Equal(["main.c", "net.c", "other.h"], FilesIn(scenario.PathOf("src")));
    }

    [Fact]
    public void What_an_older_version_wrote_is_taken_over()
    {
        Scenario scenario = With("""<TinyModel Include="kws.tflite" OutputDir="out/" EmitModel="true" />""");
        scenario.Build().Succeeds();
        string[] outputs = FilesIn(scenario.PathOf("out"));
        Assert.Contains(".kws.tinyreorder", outputs);
        foreach (string file in new[] { scenario.PathOf("out", ".kws.tinyreorder"), scenario.GeneratedFile("kws.state"),
            scenario.GeneratedFile("models.record") })
            File.Delete(file);
        File.AppendAllText(scenario.PathOf("out", "kws.h"), "// older\n");
        scenario.Build().Succeeds();
        Assert.Equal(outputs, FilesIn(scenario.PathOf("out")));
        scenario.Clean().Succeeds();
        Assert.Empty(FilesIn(scenario.PathOf("out")));
    }

    [Theory]
    [InlineData("""<TinyModel Include="kws.tflite" OutputDir="." Template="kws.h" />""", "kws.h")]
    [InlineData("""<TinyModel Include="kws.tflite" OutputDir="linked" Template="kws_ops.h" />""", "kws_ops.h")]
    [InlineData("""<TinyModel Include="kws.tflite" OutputDir="." Report="json" />""", "kws.memory.json")]
    public void No_output_replaces_what_the_same_build_reads(string item, string input)
    {
        Scenario scenario = With(item, $"<TinyModelBoardFile Condition=\"'{Path.GetExtension(input)}' == '.json'\">{input}</TinyModelBoardFile>");
        scenario.Write(input, input.EndsWith(".json", StringComparison.Ordinal) ? """{"boards":[]}""" : "// Generated by TinyReorder? No: a template for {{symbol}}\n");
        byte[] before = File.ReadAllBytes(scenario.PathOf(input));
        Directory.CreateSymbolicLink(scenario.PathOf("linked"), scenario.Directory);
        string line = Assert.Single(scenario.Build().Fails().Diagnostics);
        Assert.StartsWith("kws.tflite : error TINY5004: would write over ", line);
        Assert.Equal(before, File.ReadAllBytes(scenario.PathOf(input)));
    }

    [Theory]
    [InlineData("EmitModel=\"true\"")]
    [InlineData("Format=\"incbin\"")]
    public void A_wildcard_may_find_our_own_outputs(string metadata)
    {
        Scenario scenario = new();
        scenario.Write("models/kws.tflite", Models.Branched());
        scenario.Project($"""<TinyModel Include="**/*.tflite" OutputDir="out" {metadata} />""");
        Assert.Equal(["models/kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        scenario.Write("models/kws.tflite", Models.Branched(channels: 24));
        Assert.Equal(["models/kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
    }

    [Fact]
    public void Temporary_files_of_a_build_that_was_killed_go_with_the_next_one_and_with_a_clean()
    {
        Scenario scenario = With("""<TinyModel Include="kws.tflite" OutputDir="out/" />""");
        scenario.Build().Succeeds();
        string[] outputs = FilesIn(scenario.PathOf("out"));
        Leave();
        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        scenario.Build().Succeeds();
        Assert.Equal([.. outputs.Append("mine.h.1a2b3c4d.tmp").Order(StringComparer.Ordinal)], FilesIn(scenario.PathOf("out")));
        Assert.DoesNotContain(FilesIn(scenario.Generated), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Leave();
        scenario.Clean().Succeeds();
        Assert.Equal(["mine.h.1a2b3c4d.tmp"], FilesIn(scenario.PathOf("out")));
        Assert.Empty(FilesIn(scenario.Generated));

        void Leave()
        {
            foreach (string file in new[] { "out/kws.h.1a2b3c4d.tmp", "out/kws.c.00000000.tmp", "out/.kws.tinyreorder.1a2b3c4d.tmp",
                "out/.kws.tinyreorder.lock", "out/mine.h.1a2b3c4d.tmp" })
                scenario.Write(file, "left");
            File.WriteAllText(scenario.GeneratedFile("kws.state.1a2b3c4d.tmp"), "left");
        }
    }

    private static Scenario With(string items, string properties = "")
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        return scenario.Project(items, properties);
    }

    private static string[] FilesIn(string directory) =>
        [.. Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
