using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>What the tool writes over, and what it does not.</summary>
public sealed class OwnershipTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_file_that_the_tool_did_not_write_is_left_alone()
    {
        string model = Model("main.tflite");
        string source = directory.Write("main.c", "int main(void) { return 0; }"u8.ToArray()), other = directory.Write("other.tflite", [1, 2, 3]);
        foreach (string[] outputs in new string[][] { ["--header", directory.Root], ["-o", other] })
        {
            CommandRun run = CommandRun.InProcess(["optimize", model, .. outputs]);
            Assert.Equal(ExitCode.BadInput, run.ExitCode);
            Assert.Contains("error TINY5010: ", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(["main.c", "main.tflite", "other.tflite"], directory.Files());
        Assert.Equal("int main(void) { return 0; }", File.ReadAllText(source));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(other));
    }

    [Fact]
    public void Outputs_belong_to_their_model_whatever_it_becomes()
    {
        string model = Model("a.tflite"), other = Model("b.tflite", channels: 3), output = directory.File("out.tflite"), generated = directory.File("gen");
        string[] outputs = ["-o", output, "--header", generated, "--symbol", "kws"];
        Succeeds(["optimize", model, .. outputs]);
        Assert.Equal(["../a.tflite"], File.ReadAllLines(Path.Combine(generated, ".kws.tinyreorder")).Skip(1).Select(line => line.Split('\t')[2]).Distinct());
        byte[] before = File.ReadAllBytes(output);

        CommandRun run = CommandRun.InProcess(["optimize", other, .. outputs]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("error TINY5009: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(model, run.Error, StringComparison.Ordinal);
        Assert.Contains(other, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(output));

        File.Copy(other, model, overwrite: true);
        Succeeds(["optimize", model, .. outputs]);
        Assert.NotEqual(before, File.ReadAllBytes(output));
        // A model that was renamed is no more, and leaves its outputs to the next.
        File.Delete(model);
        Succeeds(["optimize", other, .. outputs, "--plan", "device", "--order", "file"]);
    }

    [Fact]
    public void No_output_replaces_an_input_of_the_same_run()
    {
        string model = Model("kws.tflite"), boards = directory.Write("b.json", """{"boards":[]}"""u8.ToArray()), template = directory.Write("kws.h", "// {{symbol}}"u8.ToArray());
        string placed = directory.Write("p.csv", "id,lower,upper,size\na,0,1,4\n"u8.ToArray());
        string[][] lines =
        [
            ["optimize", model, "--template", template, "--header", directory.Root],
            ["optimize", model, "-o", boards, "--board-file", boards],
            ["map", model, "--csv", boards, "--board-file", boards],
            ["compare", model, "--svg", boards, "--board-file", boards],
            ["place", placed, "-o", placed],
        ];
        foreach (string[] line in lines)
        {
            byte[][] before = [.. directory.Files().Select(file => File.ReadAllBytes(directory.File(file)))];
            CommandRun run = CommandRun.InProcess(line);
            Assert.True(run.ExitCode == ExitCode.BadUsage, line[0] + run.Error);
            Assert.Contains("error TINY5003: ", run.Error, StringComparison.Ordinal);
            Assert.Equal(["b.json", "kws.h", "kws.tflite", "p.csv"], directory.Files());
            Assert.Equal(before, directory.Files().Select(file => File.ReadAllBytes(directory.File(file))));
        }
    }

    private static void Succeeds(string[] line)
    {
        CommandRun run = CommandRun.InProcess(line);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
    }

    private string Model(string name, int channels = 8)
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("audio", [1, 8, 8, 4]);
        model.Output(model.Conv2D(model.Conv2D(input, filters: channels, kernel: 1), filters: 2, kernel: 1));
        return directory.Write(name, model.Build());
    }
}
