using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

/// <summary>Targets of the user's own before and after ours.</summary>
public class HookTests
{
    [Theory]
    [InlineData("""<TinyModel Include="made/kws.tflite" />""", "")]
    [InlineData("", """<ItemGroup><TinyModel Include="made/*.tflite" /></ItemGroup>""")]
    public void A_target_hooked_before_the_work_may_make_the_model(string item, string later)
    {
        var scenario = new Scenario();
        scenario.Write("source/kws.tflite", Models.Branched());
        scenario.Project(item, targets: $"""
            <Target Name="MakeModel" BeforeTargets="OptimizeTinyModels">
              <Copy SourceFiles="source/kws.tflite" DestinationFolder="made" />
              {later}
            </Target>
            <Target Name="Tell" AfterTargets="OptimizeTinyModels"><Message Importance="high" Text="generated: @(TinyModelGenerated->'%(Filename)%(Extension)')" /></Target>
            """);
        BuildRun run = scenario.Build().Succeeds();
        Assert.Equal(["made/kws.tflite"], run.OptimizedModels);
        Assert.Contains("generated: kws.h;kws.c;kws_ops.h", run.Output);
        run = scenario.Build().Succeeds();
        Assert.Equal(0, run.TaskRuns);
        Assert.Contains("generated: kws.h;kws.c;kws_ops.h", run.Output);
    }
}
