using System.Text.RegularExpressions;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>
/// The natively compiled tool says and writes what the managed one does, byte for byte. Each path that the compiler cannot follow (the template engine's
/// functions, tables on a terminal, embedded files) is run here.
/// </summary>
[Collection(SharedRelease.Name)]
[Trait("Category", "Slow")]
public sealed class NativeOutputTests(ReleaseFiles release) : IDisposable
{
    // The names of all functions that a template has, by group.
    private const string Names = """
        {{ for name in (array | object.keys) }}array.{{ name }} {{ end }}{{ for name in (html | object.keys) }}html.{{ name }} {{ end }}
        {{ for name in (math | object.keys) }}math.{{ name }} {{ end }}{{ for name in (object | object.keys) }}object.{{ name }} {{ end }}
        {{ for name in (regex | object.keys) }}regex.{{ name }} {{ end }}{{ for name in (string | object.keys) }}string.{{ name }} {{ end }}
        """;

    // Calls each of them.
    private static readonly string Functions =
        File.ReadAllText(RepositoryFiles.PathOf("tests", "TinyReorder.Native.Tests", "Packaging", "functions.sbn")).ReplaceLineEndings("\n");

    private static readonly string[] Lines =
    [
        "--version", "--help", "optimize --help", "analyze kws.tflite", "analyze kws.tflite --board nano33ble --format json",
        "analyze kws.tflite --board stm32f103", "analyze no.tflite --format json", "analyze kws.tflite --bord uno",
        "analyze kws.tflite --board nano33", "analyze kws.tflite --runtime none --overlap diagonal",
        "optimize kws.tflite --header out --board nano33ble --depfile out/kws.d --stamp out/kws.stamp",
        "optimize kws.tflite --header out -o out/kws.tflite --source incbin",
        "optimize kws.tflite --header out --rewrite stream --max-flash 65536 --format json",
        "optimize kws.tflite --header out --rewrite simplify --emit-arena --arena-section .ccmram",
        "optimize kws.tflite --header out --template functions.sbn", "optimize kws.tflite --header names --template names.sbn",
        "optimize kws.tflite --header out --template bad.sbn",
        "optimize kws.tflite --header out --template old.hbs", "map kws.tflite --csv map.csv --svg map.svg --html map.html --format json",
        "map kws.tflite --macs --sizes", "compare kws.tflite --svg both.svg", "compare kws.tflite small.tflite --format json", "boards esp32",
        "boards --format json", "selftest kws.tflite -o test --board nano33ble", "place buffers.csv --capacity 64 -o placed.csv",
        "profile add profile.json", "integration cmake", "integration esp-idf -o components", "integration platformio", "integration make",
        "completion bash", "completion pwsh", "analyze kws.tflite --profile profile.json --board-file boards.json --board ours --format json",
        "analyze kws.tflite --board-file functions.sbn --board ours",
    ];

    private readonly Workspace managed = new(), native = new();

    public void Dispose()
    {
        managed.Dispose();
        native.Dispose();
    }

    [SkippableFact]
    public void Every_command_says_and_writes_the_same()
    {
        _ = release.Folder;
        foreach (Workspace folder in new[] { managed, native })
        {
            folder.Write("kws.tflite", NativeModels.Keyword);
            folder.Write("small.tflite", NativeModels.Branched());
            folder.Write("functions.sbn", Functions);
            folder.Write("names.sbn", Names);
            folder.Write("bad.sbn", "{{ 1 | math.no_such }}\n");
            folder.Write("old.hbs", "{{#if board}}{{board}}{{/if}}\n");
            folder.Write("buffers.csv", "id,lower,upper,size\na,0,2,32\nb,1,3,16\nc,2,4,32\n");
            folder.Write("profile.json", File.ReadAllBytes(RepositoryFiles.PathOf("src", "TinyReorder.Core", "Runtimes", "tflm-reference-90b983c.json")));
            folder.Write("boards.json",
                """
                {"boards":[{"id":"ours","name":"Ours","mcu":"m","core":"cortex-m4f","sramTotalBytes":65536,"staticRegionBytes":65536,
                "flashBytes":1048576,"kernels":"reference","source":"a test"}]}
                """);
        }
        string assembly = Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll");
        foreach (string line in Lines)
        {
            string[] words = line.Split(' ');
            ProgramRun expected = Program.Run(managed.Folder, "dotnet", [assembly, .. words]);
            ProgramRun run = Program.Run(native.Folder, ReleaseFiles.Executable, words, release.WithoutDotnet);
            Assert.Equal((line, expected.ExitCode, Timeless(expected.Output)), (line, run.ExitCode, Timeless(run.Output)));
            Assert.Equal(Files(managed), Files(native));
        }
        Assert.True(Files(native).Length > 25, "the runs wrote too little");
        string[] functions = native.Read("names/kws.h").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.True(functions.Length > 90, $"{functions.Length} functions");
        Assert.DoesNotContain(functions, name => !Regex.IsMatch(Functions, Regex.Escape(name) + "[ }]"));
        Assert.Contains(ReleaseFiles.Executable, native.Read("out/kws.d"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void On_a_terminal_it_draws_tables_and_progress()
    {
        _ = release.Folder;
        Program.Need("script");
        native.Write("kws.tflite", NativeModels.Keyword);
        string assembly = Path.Combine(AppContext.BaseDirectory, "tinyreorder.dll");
        string drawn = OnTerminal(ReleaseFiles.Executable);
        Assert.Equal(OnTerminal("dotnet", assembly), drawn);
        Assert.Contains('╭', drawn);
    }

    // The cursor's moves depend on how often the bar was drawn; what stays on the screen is the table.
    private string OnTerminal(params string[] tool)
    {
        string line = string.Join(' ', tool.Select(word => $"'{word}'")) + " analyze kws.tflite --board nano33ble";
        ProgramRun run = Program.Run(native.Folder, "script", ["-qec", "stty cols 150; " + line, "/dev/null"], ("TERM", "xterm"));
        return run.Fine[run.Output.IndexOf('╭', StringComparison.Ordinal)..];
    }

    private static string Timeless(string text) => Regex.Replace(text, "\"searchMilliseconds\": [0-9.]+", "\"searchMilliseconds\": 0");

    /// <summary>Each file with its content, as text of Latin-1; a depfile names the tool itself, which differs.</summary>
    private static string[] Files(Workspace folder) =>
    [
        .. Directory.GetFiles(folder.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path =>
            Path.GetRelativePath(folder.Folder, path) + "\n"
                + (path.EndsWith(".d", StringComparison.Ordinal) ? "" : File.ReadAllText(path, System.Text.Encoding.Latin1))),
    ];
}
