using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class IncrementalTests
{
    [Fact]
    public void An_untouched_project_runs_nothing_and_each_change_runs_the_task_once()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" />""", """<TinyModelBoard Condition="'$(TinyModelBoard)' == ''">nano33ble</TinyModelBoard>""");
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        Assert.Equal(["kws.tflite"], scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);
        Assert.Empty(scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);

        File.Delete(scenario.GeneratedFile("kws.h"));
        Assert.Equal(["kws.tflite"], scenario.Build("-p:TinyModelBoard=esp32").Succeeds().OptimizedModels);
        Assert.True(File.Exists(scenario.GeneratedFile("kws.h")));
    }

    [Fact]
    public void A_model_that_is_touched_but_the_same_does_not_run_and_outputs_that_stay_keep_their_time_stamps()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" Board="nano33ble" />""");
        DateTime[] before = StampsOf(scenario);
        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        File.AppendAllText(scenario.GeneratedFile("kws_ops.h"), "// edited\n");
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(before, StampsOf(scenario));

        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.NotEqual(before, StampsOf(scenario));
    }

    [Fact]
    public void Clean_removes_what_was_generated_wherever_it_is()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" OutputDir="sketch/src" EmitModel="true" />""");
        scenario.Write("sketch/src/kws_user.c", "// the user's own");
        Assert.True(File.Exists(scenario.PathOf("sketch", "src", "kws.tflite")));
        scenario.Clean().Succeeds();
        Assert.Equal(["kws_user.c"], Directory.GetFiles(scenario.PathOf("sketch", "src")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(scenario.Generated));
        Assert.True(File.Exists(scenario.PathOf("kws.tflite")));

        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void A_failed_build_leaves_the_outputs_of_the_last_good_one_and_fails_again()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" />""", """<TinyModelBoard Condition="'$(TinyModelBoard)' == ''">nano33ble</TinyModelBoard>""");
        string header = File.ReadAllText(scenario.GeneratedFile("kws.h"));
        scenario.Build("-p:TinyModelBoard=nowhere").Fails();
        scenario.Build("-p:TinyModelBoard=nowhere").Fails();
        Assert.Equal(header, File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
    }

    [Fact]
    public void What_changes_runs_exactly_the_models_that_depend_on_it()
    {
        const string profile = """{"schema":1,"id":"mine-1","extends":"tflm-reference-90b983c","kernels":"mine","version":"VERSION","operators":{}}""";
        const string items = """<TinyModel Include="kws.tflite" Template="templates" /><TinyModel Include="vad.tflite" Profile="mine.json" />""";
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 8));
        scenario.Write("templates/header.sbn", "// {{symbol}}\n");
        scenario.Write("mine.json", profile.Replace("VERSION", "first"));
        scenario.Write("boards.json", """{"boards":[]}""");
        scenario.Project(items, "<TinyModelBoardFile>boards.json</TinyModelBoardFile>");
        Runs([], "kws.tflite", "vad.tflite");

        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
        scenario.Write("kws.tflite", Models.Branched(channels: 12));
        Runs([], "kws.tflite");
        scenario.Write("templates/header.sbn", "// {{symbol}}, again\n");
        Runs([], "kws.tflite");
        scenario.Write("templates/source.sbn", "// {{symbol}}\n{{model_bytes}}\n");
        Runs([], "kws.tflite");
        scenario.Write("mine.json", profile.Replace("VERSION", "the second"));
        Runs([], "vad.tflite");
        scenario.Project(items.Replace("kws.tflite\"", "kws.tflite\" SearchSeconds=\"$(Seconds)\""), "<TinyModelBoardFile>boards.json</TinyModelBoardFile>");
        Runs([]);
        Runs(["-p:Seconds=5"], "kws.tflite");
        Assert.Equal(0, scenario.Build("-p:Seconds=5").Succeeds().TaskRuns);
        scenario.Write("boards.json", """{ "boards": [] }""");
        Runs(["-p:Seconds=5"], "kws.tflite", "vad.tflite");

        // A new version of the package is another module at another place.
        string tasks = Path.Combine(new PackageContent(PackedPackage.Shared, scenario.PathOf("package")).Directory, "tasks", "net8.0");
        AnotherVersion(Path.Combine(tasks, "TinyReorder.Build.dll"));
        Runs(["-p:Seconds=5", $"-p:TinyReorderTasksDirectory={tasks}/"], "kws.tflite", "vad.tflite");

        void Runs(string[] arguments, params string[] models)
        {
            BuildRun run = scenario.Build(arguments).Succeeds();
            Assert.Equal((1, string.Join(" ", models)), (run.TaskRuns, string.Join(" ", run.OptimizedModels)));
        }
    }

    [Fact]
    public void A_model_that_is_dated_ahead_does_not_wake_every_build()
    {
        Scenario scenario = Built("""<TinyModel Include="kws.tflite" />""");
        File.SetLastWriteTimeUtc(scenario.PathOf("kws.tflite"), DateTime.UtcNow.AddYears(1));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);
    }

    [Fact]
    public void A_design_time_build_lists_files_and_brings_headers_back_but_searches_nothing()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" OutputDir="gen/" />""");
        BuildRun run = DesignTime();
        Assert.Contains("gen/kws.h", run.Output);
        Assert.False(Directory.Exists(scenario.PathOf("gen")) || Directory.Exists(scenario.Generated));

        scenario.Build().Succeeds();
        string header = scenario.PathOf("gen", "kws.h"), text = File.ReadAllText(header);
        Directory.Delete(scenario.PathOf("gen"), recursive: true);
        DesignTime();
        Assert.Equal(text, File.ReadAllText(header));
        Assert.False(File.Exists(scenario.PathOf("gen", "kws.c")));

        // Not when the model is another one since.
        scenario.Write("kws.tflite", Models.Branched(channels: 12));
        File.Delete(header);
        DesignTime();
        Assert.False(File.Exists(header));
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);

        BuildRun DesignTime()
        {
            BuildRun designTime = scenario.Build("-p:DesignTimeBuild=true", "-getItem:TinyModelGenerated", "-t:OptimizeTinyModels").Succeeds();
            Assert.Empty(designTime.OptimizedModels);
            return designTime;
        }
    }

    /// <summary>Gives the assembly another module version, as any other build of it has.</summary>
    private static void AnotherVersion(string assembly)
    {
        byte[] bytes = File.ReadAllBytes(assembly);
        using var reader = new System.Reflection.PortableExecutable.PEReader([.. bytes]);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
        byte[] version = metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToByteArray();
        int at = bytes.AsSpan().IndexOf(version);
        bytes[at] ^= 1;
        File.WriteAllBytes(assembly, bytes);
    }

    private static Scenario Built(string items, string properties = "")
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        Assert.Equal(["kws.tflite"], scenario.Project(items, properties).Build().Succeeds().OptimizedModels);
        return scenario;
    }

    private static DateTime[] StampsOf(Scenario scenario) =>
        [File.GetLastWriteTimeUtc(scenario.GeneratedFile("kws.h")), File.GetLastWriteTimeUtc(scenario.GeneratedFile("kws.c"))];
}
