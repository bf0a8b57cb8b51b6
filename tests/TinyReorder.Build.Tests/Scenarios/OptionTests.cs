using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class OptionTests
{
    private const string Boards = """{"boards":[{"id":"mine","name":"My board","staticRegionBytes":BYTES,"flashBytes":1048576,"kernels":"reference"}]}""";

    [Fact]
    public void A_board_file_adds_boards_and_changing_it_runs_the_models_again()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("boards.json", Boards.Replace("BYTES", "65536"));
        scenario.Project("""<TinyModel Include="kws.tflite" Board="mine" />""", "<TinyModelBoardFile>boards.json</TinyModelBoardFile>");
        Assert.Contains("65,536 B", scenario.Build().Succeeds().Output);
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        scenario.Write("boards.json", Boards.Replace("BYTES", "4096"));
        BuildRun run = scenario.Build().Fails();
        Assert.Contains("4,096 B", Assert.Single(run.Diagnostics));

        scenario.Write("boards.json", "{");
        Assert.StartsWith("boards.json(1,2): error TINY1004: ", Assert.Single(scenario.Build().Fails().Diagnostics));
    }

    [Fact]
    public void Misspelt_metadata_are_told_of_and_those_of_the_project_are_not()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        const string item = """<TinyModel Include="kws.tflite" Bord="nano33ble" Kernals="reference" Reserved="5" Owner="me" Link="x" Strict="STRICT" />""";
        BuildRun run = scenario.Project(item.Replace("STRICT", "false")).Build().Succeeds();
        Assert.Equal(
            ["Bord", "Kernals", "Reserved"],
            run.Diagnostics.Where(line => line.Contains(": warning TINY5013: ")).Select(line => line.Split('\'')[1]));
        Assert.Contains(run.Diagnostics, line => line.Contains("did you mean ReservedSram?"));

        Assert.Equal(3, scenario.Project(item.Replace("STRICT", "true")).Build().Fails().Diagnostics.Count(line => line.Contains(": error TINY5013: ")));
        Assert.Empty(scenario.Project(item.Replace("STRICT", "true"), "<TinyModelIgnoredMetadata>bord;Kernals; Reserved</TinyModelIgnoredMetadata>").Build()
            .Succeeds().Diagnostics);
    }

    [Fact]
    public void A_name_of_which_nothing_is_left_needs_a_symbol()
    {
        var scenario = new Scenario();
        scenario.Write("模型.tflite", Models.Branched());
        Assert.Contains("error TINY5003: ", Assert.Single(scenario.Project("""<TinyModel Include="模型.tflite" />""").Build().Fails().Diagnostics));
        scenario.Project("""<TinyModel Include="模型.tflite" Symbol="kws" />""").Build().Succeeds();
    }

    [Fact]
    public void A_report_that_would_be_too_large_fails_only_the_build_that_asks_for_it()
    {
        var scenario = new Scenario();
        scenario.Write("chain.tflite", Models.Chain(10_500));
        scenario.Project("""<TinyModel Include="chain.tflite" SearchSeconds="1" />""").Build().Succeeds();
        Assert.Contains("error TINY2009: ", Assert.Single(scenario.Project("""<TinyModel Include="chain.tflite" SearchSeconds="1" Report="html" />""").Build().Fails().Diagnostics));
    }

    [Fact]
    public void Defaults_see_what_the_project_and_the_command_line_set()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" />""", """
            <TinyModelBoard Condition="'$(TinyModelBoard)' == ''">nano33ble</TinyModelBoard>
            <TinyModelOutputDir>firmware/</TinyModelOutputDir>
            """);
        Assert.Contains("nano33ble", scenario.Build().Succeeds().Output);
        Assert.True(File.Exists(scenario.PathOf("firmware", "kws.h")));
        Assert.Contains("esp32", scenario.Build("-p:TinyModelBoard=esp32").Succeeds().Output);
    }

    [Fact]
    public void A_profile_and_a_margin_of_the_users_own_reach_the_header_and_changing_the_profile_runs_the_models_again()
    {
        const string profile = """{"schema":1,"id":"mine-1","extends":"tflm-reference-90b983c","kernels":"mine","version":"VERSION","operators":{}}""";
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("mine.json", profile.Replace("VERSION", "first"));
        scenario.Project("""<TinyModel Include="kws.tflite" Profile="mine.json" ArenaMargin="5%" ResourceVariables="shared" Strict="true" />""").Build().Succeeds();
        Assert.Contains("mine kernels (mine-1: first)", File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Contains(" are a margin.", File.ReadAllText(scenario.GeneratedFile("kws.h")));
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);

        scenario.Write("mine.json", profile.Replace("VERSION", "second one"));
        scenario.Build().Succeeds();
        Assert.Contains("(mine-1: second one)", File.ReadAllText(scenario.GeneratedFile("kws.h")));

        scenario.Write("mine.json", "{");
        Assert.StartsWith("mine.json(1,2): error TINY3005: ", Assert.Single(scenario.Build().Fails().Diagnostics));
    }

    [Fact]
    public void The_emitted_model_has_the_bytes_of_the_array()
    {
        var scenario = new Scenario();
        byte[] original = Models.Branched();
        scenario.Write("kws.tflite", original);
        scenario.Project("""<TinyModel Include="kws.tflite" EmitModel="true" Plan="device" />""").Build().Succeeds();
        byte[] emitted = File.ReadAllBytes(scenario.GeneratedFile("kws.tflite"));
        Assert.NotEqual(original, emitted);
        Assert.Equal(original.Length, emitted.Length);
        string source = File.ReadAllText(scenario.GeneratedFile("kws.c"));
        byte[] array = System.Text.RegularExpressions.Regex.Matches(source, "0x([0-9a-fA-F]{2})\\b")
            .Select(match => Convert.ToByte(match.Groups[1].Value, 16)).ToArray();
        Assert.Equal(emitted, array);
    }

    [Fact]
    public void Warnings_can_be_silenced_and_promoted_by_their_code()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.WithCustomOperator);
        scenario.Project("""<TinyModel Include="kws.tflite" />""");
        BuildRun told = scenario.Build().Succeeds();
        Assert.Contains("1 Warning(s)", told.Output);
        string warning = Assert.Single(told.Diagnostics);
        Assert.StartsWith("kws.tflite : warning TINY3001: ", warning);
        Assert.Contains("MyFilter", warning);

        foreach (string silencing in new[] { "-p:NoWarn=TINY3001", "-p:MSBuildWarningsAsMessages=TINY3001" })
        {
            File.Delete(scenario.GeneratedFile("kws.h"));
            BuildRun silenced = scenario.Build(silencing).Succeeds();
            Assert.Equal(["kws.tflite"], silenced.OptimizedModels);
            Assert.Empty(silenced.Diagnostics);
        }
        scenario.Write("kws.tflite", Models.WithCustomOperator);
        foreach (string promoting in new[] { "-p:WarningsAsErrors=TINY3001", "-p:MSBuildWarningsAsErrors=TINY3001", "-p:TreatWarningsAsErrors=true" })
        {
            File.Delete(scenario.GeneratedFile("kws.h"));
            Assert.StartsWith("kws.tflite : error TINY3001: ", Assert.Single(scenario.Build(promoting).Fails().Diagnostics));
            Assert.False(File.Exists(scenario.GeneratedFile("kws.h")));
        }
        Assert.StartsWith("kws.tflite : warning TINY3001: ",
            Assert.Single(scenario.Build("-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=TINY3001").Succeeds().Diagnostics));
    }

    [Fact]
    public void A_template_of_the_user_replaces_the_header()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("mine.sbn", "// {{symbol}}: {{arena_bytes}}\n");
        scenario.Project("""<TinyModel Include="kws.tflite" Template="mine.sbn" Runtime="none" />""").Build().Succeeds();
        Assert.Equal("// kws: 5632\n", File.ReadAllText(scenario.GeneratedFile("kws.h")));

        scenario.Write("mine.sbn", "// {{symbol}} needs {{arena_bytes}}\n");
        Assert.Equal(["kws.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal("// kws needs 5632\n", File.ReadAllText(scenario.GeneratedFile("kws.h")));

        scenario.Write("mine.sbn", "// {{symbol}}\n// {{sybmol}}\n");
        Assert.StartsWith("mine.sbn(2,6): error TINY5005: ", Assert.Single(scenario.Build().Fails().Diagnostics));

        File.Delete(scenario.PathOf("mine.sbn"));
        Assert.Contains("error TINY5005: ", Assert.Single(scenario.Build().Fails().Diagnostics));
    }

    [Fact]
    public void A_template_of_Handlebars_is_an_error_that_shows_the_new_syntax_until_one_of_Scriban_lies_in_its_place()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("templates/header.hbs", "// {{symbol}}\n{{#if board}}{{board}}{{/if}}\n");
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" Template="templates" />""").Build().Fails();
        string error = Assert.Single(run.Diagnostics);
        Assert.StartsWith("templates/header.hbs(2,1): error TINY5014: ", error);
        Assert.Contains("{{ if board }} {{ else }} {{ end }} for {{#if board}} {{else}} {{/if}}", error);

        scenario.Write("templates/header.sbn", "// {{symbol}}\n");
        scenario.Build().Succeeds();
        Assert.Equal("// kws\n", File.ReadAllText(scenario.GeneratedFile("kws.h")));
        scenario.Write("templates/source.hbs", "{{model_bytes}}");
        Assert.StartsWith("templates/source.hbs(1,1): error TINY5014: ", Assert.Single(scenario.Build().Fails().Diagnostics));
    }

    [Fact]
    public void Reports_lie_beside_the_header_and_come_even_when_the_board_cannot_hold_the_model()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.TooWideForBluePill);
        BuildRun run = scenario.Project("""<TinyModel Include="kws.tflite" Report="html;csv" />""").Build().Succeeds();
        string[] reports = Directory.GetFiles(scenario.Generated, "kws*.*")
            .Where(file => file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".csv", StringComparison.Ordinal)).ToArray();
        Assert.True(reports.Length >= 2);
        Assert.All(reports, report => Assert.Contains(report, run.Output));
        Assert.Empty(scenario.Build().Succeeds().OptimizedModels);
        scenario.Clean().Succeeds();
        Assert.All(reports, report => Assert.False(File.Exists(report)));

        scenario.Build("-p:TinyModelBoard=stm32f103").Fails();
        Assert.All(reports, report => Assert.True(File.Exists(report)));
        Assert.False(File.Exists(scenario.GeneratedFile("kws.h")));
        scenario.Clean().Succeeds();
        Assert.All(reports, report => Assert.False(File.Exists(report)));

        BuildRun bad = scenario.Project("""<TinyModel Include="kws.tflite" Report="pdf" />""").Build().Fails();
        Assert.StartsWith("kws.tflite : error TINY5003: ", Assert.Single(bad.Diagnostics));
    }

    [Fact]
    public void A_template_that_fails_leaves_all_files_as_they_were()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Project("""<TinyModel Include="kws.tflite" Template="templates" Report="csv" />""");
        scenario.Write("templates/source.sbn", "{{model_bytes}}");
        scenario.Build().Succeeds();
        string[] names = ["kws.h", "kws.c", "kws_ops.h"];
        byte[][] before = [.. names.Select(name => File.ReadAllBytes(scenario.GeneratedFile(name)))];

        scenario.Write("kws.tflite", Models.Branched(channels: 24));
        scenario.Write("templates/source.sbn", "{{model_bytes}} {{sybmol}}");
        BuildRun run = scenario.Build().Fails();

        Assert.Contains("TINY5005", Assert.Single(run.Diagnostics), StringComparison.Ordinal);
        Assert.Equal(before, names.Select(name => File.ReadAllBytes(scenario.GeneratedFile(name))));
        Assert.DoesNotContain(Directory.GetFiles(scenario.Generated), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }
}
