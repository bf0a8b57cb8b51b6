using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Repeatable;

/// <summary>The same model gives the same bytes wherever, whenever and by whomever it is built.</summary>
public sealed class SameBytesTests : IDisposable
{
    /// <summary>The one that this test is not compiled for.</summary>
    private const string OtherConfiguration =
#if DEBUG
        "Release";
#else
        "Debug";
#endif

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("tr-TR", "Asia/Tokyo", "tr-TR 1.234,5 İ 540")]
    [InlineData("de-DE", "America/St_Johns", "de-DE 1.234,5 I -210")]
    [InlineData("fa-IR", "Pacific/Kiritimati", "fa-IR ")]
    public void In_another_culture_another_time_zone_and_another_folder(string culture, string zone, string sign)
    {
        byte[] model = Tool.Model(0);
        string here = folder.Sub("here"), there = folder.Sub("başka yer/ünlü 'path'");
        Assert.Equal(0, Tool.WriteAll(folder.Write("kws.tflite", model), here, Console.Error));

        // The programs of this repository are free of cultures; this switch brings them back where ICU is installed.
        (int exitCode, string output, string error) = Tool.Run(
            ["under", culture, folder.Write("other folder/kws.tflite", model), there],
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"), ("TZ", zone), ("LANG", culture.Replace('-', '_') + ".UTF-8"));

        Skip.If(error.Contains("ICU", StringComparison.Ordinal), "ICU is not installed (apt-get install libicu72)");
        Assert.True(exitCode == 0, output + error);
        Assert.StartsWith(sign, output, StringComparison.Ordinal);
        Same(Tool.Read(here), Tool.Read(there));
        Assert.Equal(8, Tool.Read(here).Count);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void With_our_code_compiled_for_debugging_and_for_release()
    {
        string model = folder.Write("kws.tflite", Tool.Model(0)), ours = folder.Sub("ours"), other = folder.Sub("other");
        Assert.Equal(0, Tool.WriteAll(model, ours, Console.Error));
        // Apart from the build that runs the tests, in a folder of its own.
        string tool = folder.Sub("tool");
        Command("dotnet", "build", RepositoryFiles.PathOf("src", "TinyReorder.Cli"), "-c", OtherConfiguration, "--artifacts-path", tool, "-nodeReuse:false",
            "-v:q", "-p:RunAnalyzers=false");
        string program = Directory.GetFiles(tool, "tinyreorder.dll", SearchOption.AllDirectories)
            .First(path => path.Contains("bin", StringComparison.Ordinal));
        Command("dotnet", program, "optimize", model, "-o", Path.Combine(other, "out.tflite"), "--header", other, "--symbol", "kws", "--board", "nano33ble");
        Command("dotnet", program, "map", model, "--html", Path.Combine(other, "map.html"), "--csv", Path.Combine(other, "map.csv"), "--svg",
            Path.Combine(other, "map.svg"));
        Same(Tool.Read(ours), Tool.Read(other));
    }

    private static void Same(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(actual[file.Key]), file.Key + " differs"));
    }

    private static void Command(string program, params string[] arguments)
    {
        (int exitCode, string output, string errors) = ProgramRunner.Run(Environment.CurrentDirectory, program, arguments);
        Assert.True(exitCode == 0, output + errors);
    }
}
