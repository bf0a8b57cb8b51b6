using System.Globalization;
using System.Text.RegularExpressions;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class ArenaGroupTests
{
    private const string Items = """<TinyModel Include="kws.tflite" ArenaGroup="audio" /><TinyModel Include="vad.tflite" ArenaGroup="audio" OutputDir="gen/" />""";

    [Fact]
    public void A_group_has_one_constant_which_follows_its_largest_model()
    {
        Scenario scenario = Written();
        string[] headers = [scenario.GeneratedFile("audio_arena.h"), scenario.PathOf("gen", "audio_arena.h")];
        scenario.Project(Items).Build().Succeeds();
        long kws = Size(scenario.GeneratedFile("kws.h"), "KWS"), vad = Size(scenario.PathOf("gen", "vad.h"), "VAD");
        Assert.True(kws > vad);
        Assert.All(headers, header => Assert.Equal(kws, Size(header, "AUDIO")));
        Compiles(scenario);
        // One resolver for both, which may need different operators.
        Assert.Contains("AudioOpResolver", File.ReadAllText(scenario.GeneratedFile("audio_ops.h")));
        Assert.True(File.Exists(scenario.PathOf("gen", "audio_ops.h")));

        // The smaller one changes: it alone runs, and the group's header keeps its time stamp.
        DateTime before = File.GetLastWriteTimeUtc(headers[0]);
        scenario.Write("vad.tflite", Models.Branched(channels: 4));
        Assert.Equal(["vad.tflite"], scenario.Build().Succeeds().OptimizedModels);
        Assert.Equal(before, File.GetLastWriteTimeUtc(headers[0]));

        // It becomes the larger one: the constant follows, and the other model still does not run.
        scenario.Write("vad.tflite", Models.Branched(channels: 32));
        Assert.Equal(["vad.tflite"], scenario.Build().Succeeds().OptimizedModels);
        vad = Size(scenario.PathOf("gen", "vad.h"), "VAD");
        Assert.True(vad > kws);
        Assert.All(headers, header => Assert.Equal(vad, Size(header, "AUDIO")));

        // A header that is gone comes back without a search.
        File.Delete(headers[1]);
        BuildRun run = scenario.Build().Succeeds();
        Assert.Equal((1, 0), (run.TaskRuns, run.OptimizedModels.Count));
        Assert.Equal(vad, Size(headers[1], "AUDIO"));
        Assert.Equal(0, scenario.Build().Succeeds().TaskRuns);

        scenario.Project(Items.Replace("audio", "voice")).Build().Succeeds();
        Assert.All(headers, header => Assert.False(File.Exists(header)));
        Assert.True(File.Exists(scenario.GeneratedFile("voice_arena.h")));
        scenario.Clean().Succeeds();
        Assert.False(File.Exists(scenario.GeneratedFile("voice_arena.h")) || File.Exists(scenario.PathOf("gen", "voice_arena.h")));
    }

    [Fact]
    public void Interpreters_that_stay_need_more_and_what_is_wrong_with_a_group_is_told_before_any_search()
    {
        Scenario scenario = Written();
        scenario.Project(Items.Replace("<TinyModel ", """<TinyModel ArenaSharing="resident" """)).Build().Succeeds();
        string header = scenario.GeneratedFile("audio_arena.h");
        Assert.True(Size(header, "AUDIO") > Size(scenario.GeneratedFile("kws.h"), "KWS"));
        Assert.Contains("All interpreters stay", File.ReadAllText(header));
        Compiles(scenario);

        BuildRun run = scenario.Project(Items.Replace("audio\" O", "audio\" ArenaSharing=\"resident\" O")).Build().Fails();
        Assert.StartsWith("vad.tflite : error TINY5003: ArenaSharing differs from that of kws.tflite", Assert.Single(run.Diagnostics));
        Assert.Empty(run.OptimizedModels);
        Assert.StartsWith("kws.tflite : error TINY5004: ArenaGroup \"vad\" would generate the same identifiers as the model vad.tflite",
            Assert.Single(scenario.Project(Items.Replace("audio", "vad")).Build().Fails().Diagnostics));
        Assert.StartsWith("kws.tflite : error TINY5003: EmitArena defines an arena for this model alone", scenario.Project(Items.Replace("<TinyModel ", """<TinyModel EmitArena="true" """)).Build().Fails().Diagnostics[0]);
        Assert.StartsWith("kws.tflite : error TINY5003: ArenaGroup: ",
            Assert.Single(scenario.Project(Items.Replace("audio", "my group")).Build().Fails().Diagnostics));
        Assert.Equal(2, scenario.Project(Items.Replace("<TinyModel ", """<TinyModel ArenaSharing="sometimes" """)).Build().Fails().Diagnostics.Count(line => line.Contains("error TINY5003: ArenaSharing is 'sometimes'")));
    }

    private static Scenario Written()
    {
        var scenario = new Scenario();
        scenario.Write("kws.tflite", Models.Branched());
        scenario.Write("vad.tflite", Models.Branched(channels: 8));
        return scenario;
    }

    private static void Compiles(Scenario scenario)
    {
        scenario.Write("main.c", """
            #include "kws.h"
            #include "vad.h"
            #include "audio_arena.h"
            #include "audio_arena.h"
            static unsigned char arena[kAudioTensorArenaSize];
            AUDIO_CHECK_ARENA(arena);
            int main(void) { return arena[0] + (AUDIO_TENSOR_ARENA_SIZE >= KWS_TENSOR_ARENA_SIZE && AUDIO_TENSOR_ARENA_SIZE >= VAD_TENSOR_ARENA_SIZE ? 0 : 1); }
            """);
        foreach (string standard in new[] { "-xc -std=c99", "-xc -std=c11", "-xc++ -std=c++03", "-xc++ -std=c++17" })
        {
            string[] language = standard.Split(' ');
            (int exitCode, string output) = Command.Run(
                scenario.Directory, "gcc",
                    [.. language, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", scenario.Generated, "-I", "gen", "-c", "main.c", "-o", "main.o"]);
            Assert.True(exitCode == 0, standard + "\n" + output);
        }
        // An array that is too small, and headers of different builds, do not compile.
        scenario.Write("small.c", """
            #include "audio_arena.h"
            static unsigned char arena[kAudioTensorArenaSize - 1];
            AUDIO_CHECK_ARENA(arena);
            int main(void) { return arena[0]; }
            """);
        Assert.Contains("is smaller than AUDIO_TENSOR_ARENA_SIZE", Command.Run(scenario.Directory, "gcc", ["-I", scenario.Generated, "-c", "small.c"]).Output);
        scenario.Write("stale.c", "#define KWS_TENSOR_ARENA_SIZE 99999999\n#include \"audio_arena.h\"\n");
        Assert.Contains("audio_arena.h is older than kws.h", Command.Run(scenario.Directory, "gcc", ["-I", scenario.Generated, "-c", "stale.c"]).Output);
    }

    private static long Size(string header, string macro) => long.Parse(
        Regex.Match(File.ReadAllText(header), $"#define {macro}_TENSOR_ARENA_SIZE ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
}
