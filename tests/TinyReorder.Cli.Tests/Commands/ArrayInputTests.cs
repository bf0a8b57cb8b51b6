using System.Globalization;
using System.Text;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>C arrays in the place of a model.</summary>
public sealed class ArrayInputTests : IDisposable
{
    private static readonly byte[] Model = BuiltModels.Small().Build();

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Every_command_takes_an_array_and_answers_as_for_the_model()
    {
        string array = directory.Write("kws.cc", Source(Model)), model = directory.Write("kws.tflite", Model);
        foreach (string[] command in new[] { new[] { "analyze", "@" }, ["map", "@"], ["compare", "@"], ["compare", "@", "@"] })
        {
            CommandRun of(string path) => CommandRun.InProcess([.. command.Select(word => word == "@" ? path : word), "--format", "json"]);
            CommandRun fromArray = of(array), fromModel = of(model);
            Assert.Equal((0, ""), (fromArray.ExitCode, fromArray.Error));
            Assert.Equal(WithoutTimes(fromModel.Output), WithoutTimes(fromArray.Output.Replace("kws.cc", "kws.tflite", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Outputs_are_named_after_the_file_and_what_is_generated_is_an_input_again()
    {
        string array = directory.Write("key word.cc", Source(Model)), output = directory.File("out");
        Assert.Equal(0, CommandRun.InProcess("optimize", array, "--header", output, "-o", directory.File("kws.tflite")).ExitCode);
        CommandRun again = CommandRun.InProcess("analyze", Path.Combine(output, "key_word.c"), "--format", "json");
        Assert.Equal(CommandRun.InProcess("analyze", directory.File("kws.tflite"), "--format", "json").Json.GetProperty("sha256").GetString(),
            again.Json.GetProperty("sha256").GetString());
        CommandRun clash = CommandRun.InProcess("optimize", Path.Combine(output, "key_word.c"), "--header", output);
        Assert.Equal(ExitCode.BadUsage, clash.ExitCode);
        Assert.Contains("TINY5003", clash.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_no_byte_has_line_and_column_in_either_form()
    {
        string path = directory.Write("kws.cc", "const char m[] = {\n 0, 0, 0, 0, 84, 70, 76, 51,\n 400 };"u8.ToArray());
        Assert.StartsWith($"{path}(3,2): error TINY2014: ", CommandRun.InProcess("analyze", path).Error, StringComparison.Ordinal);
        Assert.StartsWith($"{path}:3:2: error: ", CommandRun.InProcess("analyze", path, "--diagnostics", "gcc").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_an_end_is_not_read_for_ever()
    {
        string path = directory.File("huge.txt");
        using (FileStream text = File.Create(path))
        {
            text.Write(Encoding.ASCII.GetBytes(new string('y', 1 << 16)));
            text.SetLength(300L << 20);
        }
        CommandRun run = CommandRun.InProcess("analyze", path);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("it has more than 268,435,456 B", run.Error, StringComparison.Ordinal);
    }

    private static byte[] Source(byte[] model) => Encoding.ASCII.GetBytes("// model\nalignas(16) const unsigned char g_model[] = {"
        + string.Join(",", model.Select(value => value.ToString(CultureInfo.InvariantCulture))) + "};\n");

    private static string WithoutTimes(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"searchMilliseconds\": [0-9.]+", "");
}
