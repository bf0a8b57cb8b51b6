using System.Text;
using System.Text.RegularExpressions;
using TinyReorder.Cli;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Fuzz.Repeatable;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Disk;

/// <summary>Outputs stay where the user wants them, whatever names say.</summary>
public sealed partial class PathTests : IDisposable
{
    private const int Rounds = 20_000;

    private static readonly string[] Pieces = ["..", "/", "\\", ".", ":", "~", "$HOME", "%00", "\0", "\n", " ", "é", "ı", "İ", "ſ", "\u212A", "😀", "\ud800",
        "٣", "_", "a", "Z", "9", "-", "con", "NUL", "*", "?", "|", "\u202e", "\u200d", "ﬀ"];

    private static readonly string[] Outputs = ["kws.h", "kws.c", "out.tflite", "map.html"];

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../escaped")]
    [InlineData("a/b")]
    [InlineData("/tmp/escaped")]
    [InlineData("..")]
    [InlineData("kws\0x")]
    public void A_symbol_is_no_path(string symbol)
    {
        string inside = folder.Sub("inside"), model = folder.Write("inside/kws.tflite", Tool.Model(1));
        int exitCode = CommandLineTool.Run(["optimize", model, "-o", Path.Combine(inside, "out.tflite"), "--header", inside, "--symbol", symbol],
            new Cli.Consoles.CommandContext(TextWriter.Null, TextWriter.Null, null, default));
        Assert.Equal(ExitCode.BadUsage, exitCode);
        Assert.Equal([model], Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
    }

    [SkippableTheory]
    [InlineData("..tflite", false)]
    [InlineData("...tflite", false)]
    [InlineData("a;b,c $(x) %2e%2e.tflite", true)]
    [InlineData("..\\..\\up.tflite", true)]
    [InlineData("~.tflite", false)]
    [InlineData("-o.tflite", true)]
    [InlineData("наушники 😀.tflite", false)]
    public void The_name_of_a_model_leads_nowhere_else(string name, bool givesSymbol)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such names");
        string inside = folder.Sub("inside"), headers = folder.Sub("inside/headers"), model = folder.Write("inside/" + name, Tool.Model(1));
        int exitCode = CommandLineTool.Run(["optimize", model, "-o", Path.Combine(inside, "out.tflite"), "--header", headers],
            new Cli.Consoles.CommandContext(TextWriter.Null, TextWriter.Null, null, default));
        Assert.Equal(givesSymbol ? ExitCode.Fine : ExitCode.BadUsage, exitCode);
        if (!givesSymbol)
        {
            Assert.Equal([model], Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
            return;
        }
        // Header, source and the operators' header; besides them the model before and after.
        string[] files = [.. Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".tinyreorder", StringComparison.Ordinal))];
        string[] code = [.. files.Where(path => path.StartsWith(headers, StringComparison.Ordinal))];
        Assert.Equal((3, 5), (code.Length, files.Length));
        Assert.All(code, path => Assert.Matches(FileName(), Path.GetFileName(path)));
    }

    [SkippableFact]
    public void A_link_in_place_of_an_output_is_left_alone_with_what_it_names()
    {
        Skip.If(OperatingSystem.IsWindows(), "links take rights on Windows");
        string inside = folder.Sub("inside"), model = folder.Write("kws.tflite", Tool.Model(1));
        string[] outside = [.. Outputs.Select(name => folder.Write("outside/" + name, [1, 2, 3]))];
        foreach (string target in outside)
            File.CreateSymbolicLink(Path.Combine(inside, Path.GetFileName(target)), target);
        string[] links = Directory.GetFiles(inside);
        using var error = new StringWriter();

        Assert.Equal(ExitCode.BadInput, Tool.WriteAll(model, inside, error));

        Assert.Contains("error TINY5010: ", error.ToString(), StringComparison.Ordinal);
        Assert.All(outside, target => Assert.Equal([1, 2, 3], File.ReadAllBytes(target)));
        Assert.Equal(outside.Length, Directory.GetFiles(Path.Combine(folder.Root, "outside")).Length);
        Assert.Equal(links.Order(StringComparer.Ordinal), Directory.GetFiles(inside).Order(StringComparer.Ordinal));
        Assert.All(links, path => Assert.NotNull(new FileInfo(path).LinkTarget));
    }

    [Fact]
    public void Every_name_gives_valid_identifiers_and_every_symbol_is_one_or_an_error()
    {
        var random = new Pcg32(5);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string text = AnyText(random);
            Try(() => SymbolName.FromFileName(text));
            accepted += Try(() => SymbolName.Validate(text));
        }
        Assert.InRange(accepted, Rounds / 100, Rounds / 2);
    }

    private static int Try(Func<string> symbol)
    {
        try
        {
            CheckNames(symbol());
            return 1;
        }
        catch (TinyReorderException e)
        {
            Assert.Equal(DiagnosticCodes.BadOption, e.Diagnostic.Code);
            Assert.DoesNotContain(e.Message, char.IsControl);
            return 0;
        }
    }

    private static void CheckNames(string symbol)
    {
        var names = new GeneratedNames(symbol);
        Assert.All(
            new[] { symbol, names.ModelArray, names.ModelLength, names.ArenaConstant, names.IncludeGuard, names.Macro + "_X" },
            identifier => Assert.Matches(Identifier(), identifier));
        Assert.Equal(symbol + ".h", Path.GetFileName(names.HeaderFile));
        Assert.Equal(symbol + ".c", Path.GetFileName(names.SourceFile));
    }

    private static string AnyText(Pcg32 random)
    {
        var text = new StringBuilder();
        bool isPlain = random.OneIn(4);
        for (int pieces = random.Between(0, random.OneIn(50) ? 300 : 8); pieces > 0; pieces--)
            text.Append(isPlain ? random.Pick(["a", "Z", "_", "9", "kws"]) : random.OneIn(3)
                ? ((char)random.Below(char.MaxValue + 1)).ToString() : random.Pick(Pieces));
        return text.ToString();
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex Identifier();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\.[hc]\\z")]
    private static partial Regex FileName();
}
