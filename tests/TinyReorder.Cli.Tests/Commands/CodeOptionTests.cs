using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class CodeOptionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_operators_header_comes_with_the_C_files_unless_it_is_not_wanted_or_there_is_no_runtime()
    {
        Succeeds("--header", directory.File("a"));
        Succeeds("--header", directory.File("b"), "--op-resolver", "false");
        Succeeds("--header", directory.File("c"), "--runtime", "none");

        Assert.Equal(["a/kws.c", "a/kws.h", "a/kws_ops.h", "b/kws.c", "b/kws.h", "c/kws.c", "c/kws.h", "kws.tflite", "out.tflite"], Files());
        string header = File.ReadAllText(directory.File("a/kws_ops.h"));
        Assert.Contains("resolver.AddConv2D()", header, StringComparison.Ordinal);
        Assert.Contains("kKwsOperatorCount = 2;", header, StringComparison.Ordinal);
    }

    [Fact]
    public void The_assembler_source_comes_with_the_model_that_it_includes()
    {
        CommandRun run = Succeeds("--header", directory.File("a"), "--source", "incbin", "--emit-arena", "--arena-section", ".bss.ccm");

        Assert.Equal(["a/kws.S", "a/kws.h", "a/kws.tflite", "a/kws_ops.h", "kws.tflite", "out.tflite"], Files());
        Assert.Contains("written    " + directory.File("a/kws.tflite").Replace('\\', Path.DirectorySeparatorChar), run.Output, StringComparison.Ordinal);
        byte[] model = File.ReadAllBytes(directory.File("out.tflite"));
        Assert.Equal(model, File.ReadAllBytes(directory.File("a/kws.tflite")));
        string source = File.ReadAllText(directory.File("a/kws.S"));
        Assert.Contains($".incbin \"kws.tflite\", 0, {model.Length}\n", source, StringComparison.Ordinal);
        Assert.Contains("#define TINYREORDER_ARENA_SECTION \".bss.ccm\"", source, StringComparison.Ordinal);
        Assert.Contains("g_kws_tensor_arena", File.ReadAllText(directory.File("a/kws.h")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_included_model_may_be_the_output_but_not_the_input()
    {
        string model = WriteModel(), beside = directory.File(Path.Combine("a", "kws.tflite"));
        CommandRun same = CommandRun.InProcess("optimize", model, "-o", beside, "--header", directory.File("a"), "--source", "incbin");
        Assert.True(same.ExitCode == ExitCode.Fine, same.Error);
        Assert.Equal(["a/kws.S", "a/kws.h", "a/kws.tflite", "a/kws_ops.h", "kws.tflite"], Files());

        byte[] before = File.ReadAllBytes(model);
        CommandRun input = CommandRun.InProcess("optimize", model, "-o", directory.File("out.tflite"), "--header", directory.Root, "--source", "incbin");
        Assert.Equal(ExitCode.BadUsage, input.ExitCode);
        Assert.Contains("error TINY5003: ", input.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.False(File.Exists(directory.File("out.tflite")));
    }

    [Theory]
    [InlineData("--model-section is about the C files", "--model-section", ".x")]
    [InlineData("--emit-arena is about the C files", "--emit-arena")]
    [InlineData("--op-resolver is about the C files", "--op-resolver", "true")]
    [InlineData("--model-section is ", "--header", "a", "--model-section", ".x\")) int evil;")]
    [InlineData("--arena-section is about the arena that --emit-arena defines", "--header", "a", "--arena-section", ".x")]
    [InlineData("--source is 'hex', but must be one of: c, incbin", "--header", "a", "--source", "hex")]
    public void What_cannot_be_meant_is_one_error_and_nothing_is_written(string message, params string[] arguments)
    {
        CommandRun run = CommandRun.InProcess(["optimize", WriteModel(), "-o", directory.File("out.tflite"),
            .. arguments.Select(word => word == "a" ? directory.File("a") : word)]);

        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["kws.tflite"], Files());
    }

    private CommandRun Succeeds(params string[] arguments)
    {
        CommandRun run = CommandRun.InProcess(["optimize", WriteModel(), "-o", directory.File("out.tflite"), .. arguments]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.Error);
        return run;
    }

    private string[] Files() => [.. directory.Files().Select(name => name.Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private string WriteModel()
    {
        var model = new ModelBuilder();
        ModelTensor input = model.Input("audio", [1, 8, 8, 4]);
        model.Output(model.Add(model.Conv2D(input, filters: 4, kernel: 1), model.Conv2D(input, filters: 4, kernel: 1)));
        string path = directory.File("kws.tflite");
        File.WriteAllBytes(path, model.Build());
        return path;
    }
}
