using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Scenarios;

public class SampleTests
{
    [Fact]
    public void The_Arduino_sample_builds_and_breaks_on_a_board_that_is_too_small()
    {
        string generated = Repository.PathOf("samples", "arduino-nano33", "keyword_spotting", "src", "keyword.h");
        (int exitCode, string output) = Build("arduino-nano33");
        Assert.True(exitCode == 0, output);
        Assert.Contains("constexpr unsigned long kKeywordTensorArenaSize", File.ReadAllText(generated));

        (exitCode, output) = Build("arduino-nano33", "-p:TinyModelBoard=stm32f103");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("keyword.tflite : error TINY1001: ", output);
    }

    [Fact]
    public void The_ESP32_sample_builds()
    {
        (int exitCode, string output) = Build("esp32");
        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(Repository.PathOf("samples", "esp32", "main", "generated", "keyword.c")));
    }

    private static (int ExitCode, string Output) Build(string sample, params string[] arguments) =>
        Command.Run(Repository.Root, "dotnet", ["build", Path.Combine("samples", sample), "-v:m", .. arguments], PackedPackage.Steady);
}
