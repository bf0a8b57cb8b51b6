using System.Text.Json;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class ProjectKindTests
{
    [Fact]
    public void Inner_builds_of_several_target_frameworks_generate_each_into_their_own_directory()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("Firmware.cs", "namespace Firmware;\npublic static class Empty;");
        scenario.Write("shared.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" Board="nano33ble" /><TinyModel Include="shared.tflite" OutputDir="gen/" />""", sdk: Sdk.Net, framework: $"<TargetFrameworks>netstandard2.0;{Sdk.Framework}</TargetFrameworks><LangVersion>latest</LangVersion>");
        // Both write into the one directory that the project names, at the same time and the same bytes.
        Assert.Equal(["kws.tflite", "kws.tflite", "shared.tflite", "shared.tflite"], scenario.Build("-m:2").Succeeds().OptimizedModels.Order());
        Assert.Equal([".shared.tinyreorder", "shared.c", "shared.h", "shared_ops.h"],
            Directory.GetFiles(scenario.PathOf("gen")).Select(Path.GetFileName).Order());
        Assert.True(File.Exists(scenario.PathOf("obj", "Debug", "netstandard2.0", "tinyreorder", "kws.h")));
        Assert.True(File.Exists(scenario.PathOf("obj", "Debug", Sdk.Framework, "tinyreorder", "kws.h")));
        Assert.Equal(0, scenario.Build("-m:2", "-graph").Succeeds().TaskRuns);
        // Asked for by itself, the outer build passes it on.
        File.Delete(scenario.PathOf("obj", "Debug", "netstandard2.0", "tinyreorder", "kws.h"));
        Assert.Equal(["kws.tflite"], scenario.Build("-t:OptimizeTinyModels").Succeeds().OptimizedModels);
    }

    [Fact]
    public void A_project_without_an_SDK_imports_the_files_by_path()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        string imported = Path.Combine(new PackageContent(PackedPackage.Shared, scenario.PathOf("package")).Directory, "build", "TinyReorder.Build.");
        scenario.Write("project.csproj", $"""
            <Project DefaultTargets="Build">
              <Import Project="{imported}props" />
              <ItemGroup><TinyModel Include="kws.tflite" Board="nano33ble" /></ItemGroup>
              <Target Name="Restore" />
              <Target Name="Build"><Message Importance="high" Text="compiling @(TinyModelGenerated)" /></Target>
              <Target Name="Clean" />
              <Import Project="{imported}targets" />
            </Project>
            """);
        BuildRun run = scenario.Build().Succeeds();
        Assert.Contains("compiling obj/tinyreorder/kws.h;obj/tinyreorder/kws.c", run.Output);
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);
        scenario.Clean().Succeeds();
        Assert.Empty(Directory.GetFiles(scenario.PathOf("obj", "tinyreorder")));
    }

    [Fact]
    public void Projects_of_a_vcxproj_compile_the_source_and_find_the_header()
    {
        // Evaluated with stand-ins for the targets of Visual C++, which are not to be had here.
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        string imported = Path.Combine(new PackageContent(PackedPackage.Shared, scenario.PathOf("package")).Directory, "build", "native",
            "TinyReorder.Build.");
        scenario.Write("project.vcxproj", $"""
            <Project DefaultTargets="Build">
              <Import Project="{imported}props" />
              <ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>include</AdditionalIncludeDirectories></ClCompile></ItemDefinitionGroup>
              <ItemGroup><TinyModel Include="kws.tflite" /><ClCompile Include="main.cpp" /></ItemGroup>
              <Target Name="PrepareForBuild" />
              <Target Name="SelectClCompile" />
              <Target Name="ClCompile" DependsOnTargets="SelectClCompile"><Message Importance="high" Text="cl %(ClCompile.Identity) /I%(ClCompile.AdditionalIncludeDirectories) as '%(ClCompile.CompileAs)'" /></Target>
              <Target Name="Build" DependsOnTargets="PrepareForBuild;ClCompile" />
              <Import Project="{imported}targets" />
            </Project>
            """);
        BuildRun run = scenario.RunCommand("msbuild", [], "project.vcxproj").Succeeds();
        string output = run.Output;
        string directory = scenario.PathOf("obj", "tinyreorder") + "/";
        Assert.Contains($"cl main.cpp /I{directory};include as ''", output);
        Assert.Contains($"cl {directory}kws.c /I{directory};include as 'CompileAsC'", output);
        Assert.Equal(2, output.Split('\n').Count(line => line.TrimStart().StartsWith("cl ", StringComparison.Ordinal)));
        // The next build compiles the same without running the task.
        run = scenario.RunCommand("msbuild", [], "project.vcxproj").Succeeds();
        Assert.Equal((0, 2), (run.TaskRuns, run.Output.Split('\n').Count(line => line.TrimStart().StartsWith("cl ", StringComparison.Ordinal))));
        // Visual Studio reads the list before anything was built.
        JsonElement items = JsonDocument.Parse(scenario.RunCommand("msbuild",
            ["-t:ClCompile", "-getItem:ClCompile,TinyModelGenerated,FileWrites", "-p:DesignTimeBuild=true"], "project.vcxproj")
            .Succeeds().Output).RootElement.GetProperty("Items");
        Assert.Equal(["main.cpp", directory + "kws.c"], Identities(items, "ClCompile"));
        Assert.Equal(["obj/tinyreorder/kws.h", "obj/tinyreorder/kws.c", "obj/tinyreorder/kws_ops.h"], Identities(items, "TinyModelGenerated"));
    }

    private static string[] Identities(JsonElement items, string name) =>
        items.GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToArray();

    [Fact]
    public void The_fast_up_to_date_check_of_Visual_Studio_gets_inputs_and_outputs_of_a_set_of_their_own()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" />""", targets: """
            <Target Name="CollectUpToDateCheckInputDesignTime">
              <Message Importance="high" Text="in: @(UpToDateCheckInput->'%(Identity) %(Set)'); out: @(UpToDateCheckOutput->'%(Filename)%(Extension) %(Set)')" />
            </Target>
            """);
        Assert.Contains("in: kws.tflite TinyReorder; out: models.record TinyReorder",
            scenario.Build("-t:CollectUpToDateCheckInputDesignTime", "-p:DesignTimeBuild=true").Succeeds().Output);
    }
}
