using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Evaluation;

/// <summary>What a project's lines come to before anything is built.</summary>
public class ItemTests
{
    [Fact]
    public void Every_default_is_empty_or_a_property_that_is_set_anywhere()
    {
        using var bare = new EvaluatedProject("""<ItemGroup><TinyModel Include="kws.tflite" /></ItemGroup>""");
        Assert.Equal("obj/tinyreorder/", bare.Metadata("OutputDir"));
        Assert.All(MetadataLists.OfProps().Where(name => name != "OutputDir"), name => Assert.Equal("", bare.Metadata(name)));

        // After the item, which sees it all the same.
        using var set = new EvaluatedProject(
            """
            <ItemGroup><TinyModel Include="kws.tflite" Kernels="reference" /></ItemGroup>
            <PropertyGroup>
              <TinyModelBoard>esp32</TinyModelBoard><TinyModelKernels>esp-nn</TinyModelKernels><TinyModelRuntime>none</TinyModelRuntime><TinyModelProfile>p.json</TinyModelProfile>
              <TinyModelReservedSram>1</TinyModelReservedSram><TinyModelReservedFlash>2</TinyModelReservedFlash><TinyModelReport>html</TinyModelReport>
            </PropertyGroup>
            """,
            globals: ("TinyModelOutputDir", "gen/"));
        string[] names = ["Board", "Kernels", "Runtime", "Profile", "ReservedSram", "ReservedFlash", "Report", "OutputDir"];
        Assert.Equal(["esp32", "reference", "none", "p.json", "1", "2", "html", "gen/"], names.Select(set.Metadata));
    }

    [Fact]
    public void The_command_line_wins_over_the_project()
    {
        using var project = new EvaluatedProject(
            """<PropertyGroup><TinyModelBoard>esp32</TinyModelBoard></PropertyGroup><ItemGroup><TinyModel Include="kws.tflite" /></ItemGroup>""", globals: ("TinyModelBoard", "nano33ble"));
        Assert.Equal("nano33ble", project.Metadata("Board"));
    }

    [Fact]
    public void Wildcards_Exclude_Remove_and_Update_work_as_on_any_item()
    {
        using EvaluatedProject project = new EvaluatedProject("""
            <ItemGroup>
              <TinyModel Include="models/**/*.tflite" Exclude="models/old/**" Board="esp32" />
              <TinyModel Remove="models/b/kws.tflite" />
              <TinyModel Update="models/a/kws.tflite" Symbol="kws_a" ArenaGroup="audio" />
              <TinyModel Update="@(TinyModel)" Report="%(TinyModel.Filename)" />
            </ItemGroup>
            """).With("models/a/kws.tflite", "models/b/kws.tflite", "models/c/kws.tflite", "models/old/kws.tflite", "models/vad.tflite");
        Assert.Equal(
            ["models/a/kws.tflite kws_a audio esp32 kws", "models/c/kws.tflite   esp32 kws", "models/vad.tflite   esp32 vad"],
            project.Models.Select(model =>
                string.Join(" ", model.EvaluatedInclude, model.GetMetadataValue("Symbol"), model.GetMetadataValue("ArenaGroup"),
                model.GetMetadataValue("Board"), model.GetMetadataValue("Report"))).Order());
    }

    [Theory]
    [InlineData("", "obj/tinyreorder/")]
    [InlineData("<IntermediateOutputPath>obj/Debug/net8.0/</IntermediateOutputPath>", "obj/Debug/net8.0/tinyreorder/")]
    [InlineData("<IntDir>x64/Debug/</IntDir>", "x64/Debug/tinyreorder/")]
    [InlineData("<IntDir>x64/Debug/</IntDir><IntermediateOutputPath>obj/</IntermediateOutputPath>", "obj/tinyreorder/")]
    public void Files_go_to_the_intermediate_directory_of_each_kind_of_project(string properties, string directory)
    {
        using var project = new EvaluatedProject($"""<PropertyGroup>{properties}</PropertyGroup><ItemGroup><TinyModel Include="kws.tflite" /></ItemGroup>""");
        Assert.Equal(directory, project.Metadata("OutputDir"));
    }

    [Fact]
    public void Warnings_are_errors_when_the_project_treats_them_so()
    {
        using var lenient = new EvaluatedProject("");
        Assert.DoesNotContain("TINY", lenient["MSBuildWarningsAsErrors"]);
        using var strict = new EvaluatedProject("<PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors><MSBuildWarningsAsErrors>XY1</MSBuildWarningsAsErrors></PropertyGroup>");
        Assert.Contains("XY1;", strict["MSBuildWarningsAsErrors"]);
        Assert.Contains("TINY3001;", strict["MSBuildWarningsAsErrors"]);
        using var partly = new EvaluatedProject("<PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors> NU1901;tiny3001,\n TINY4001 </WarningsNotAsErrors></PropertyGroup>");
        Assert.DoesNotContain("TINY3001", partly["MSBuildWarningsAsErrors"]);
        Assert.DoesNotContain("TINY4001", partly["MSBuildWarningsAsErrors"]);
        Assert.Contains("TINY3002;", partly["MSBuildWarningsAsErrors"]);
    }

    [Fact]
    public void Targets_of_the_users_own_can_come_before()
    {
        using var project = new EvaluatedProject("<PropertyGroup><OptimizeTinyModelsDependsOn>Mine</OptimizeTinyModelsDependsOn></PropertyGroup>");
        string[] targets = project["OptimizeTinyModelsDependsOn"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Mine"], targets);
        Assert.Equal(["CleanTinyModels", "OptimizeTinyModels"], project.Project.Targets.Keys.Where(target => !target.StartsWith('_')).Order());
    }

    [Fact]
    public void Visual_Studio_offers_the_item_and_finds_the_pages_of_its_properties()
    {
        using var project = new EvaluatedProject("");
        Assert.Equal("TinyModel", Assert.Single(project.Project.GetItems("AvailableItemName")).EvaluatedInclude);
        Assert.True(File.Exists(Assert.Single(project.Project.GetItems("PropertyPageSchema")).EvaluatedInclude));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("transitive")]
    public void Other_ways_into_a_project_lead_to_the_same_files(string folder)
    {
        // In the package both lie beside build/ or below it, so the imports are read, not followed.
        foreach (string file in new[] { "TinyReorder.Build.props", "TinyReorder.Build.targets" })
        {
            string import = Assert.Single(Microsoft.Build.Construction.ProjectRootElement.Open(Repository.PathOf("build", folder, file)).Imports).Project;
            Assert.Equal(folder == "native" ? "../" + file : "../build/" + file, import);
        }
    }

    [Fact]
    public void The_outer_build_of_several_target_frameworks_has_no_items_tasks_or_hooks_of_ours()
    {
        var props = Microsoft.Build.Construction.ProjectRootElement.Open(Repository.PathOf("build", "multitargeting", "TinyReorder.Build.props"));
        var targets = Microsoft.Build.Construction.ProjectRootElement.Open(Repository.PathOf("build", "multitargeting", "TinyReorder.Build.targets"));
        Assert.Empty(props.Children);
        var target = Assert.Single(targets.Targets);
        Assert.Equal(("OptimizeTinyModels", "", ""), (target.Name, target.BeforeTargets, target.AfterTargets));
        Assert.Empty(targets.UsingTasks);
    }
}
