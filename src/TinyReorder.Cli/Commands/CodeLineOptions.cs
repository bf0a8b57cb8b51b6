using System.CommandLine;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Commands;

/// <summary>What <c>optimize</c> is asked about the C files.</summary>
internal sealed class CodeLineOptions
{
    private readonly Option<string> source = CommonOptions.Choice(
        "--source", ["c", "incbin"], "The form of the source: a C array, or an assembler file that includes the model, which is then also written to the "
            + "directory. [default: c]");

    private readonly Option<string> opResolver = CommonOptions.Choice(
        "--op-resolver", ["true", "false"], "Whether a C++ header that registers the model's operators is written too. [default: true for tflm]");

    private readonly Option<bool> emitArena = new("--emit-arena") { Description = "Defines the arena in the source." };

    private readonly Option<string?> modelSection = CommonOptions.Value("--model-section", "SECTION", "The section that the model lies in, such as .qspi.");

    private readonly Option<string?> arenaSection = CommonOptions.Value("--arena-section", "SECTION",
        "The section that the arena of --emit-arena lies in, such as .ccmram, or a macro such as EXT_RAM_BSS_ATTR.");

    /// <summary>Adds all of them to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    /// <summary>The first of them that <paramref name="line"/> names, or null.</summary>
    public string? Given(ParseResult line) => All.FirstOrDefault(option => line.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>What the user asks for.</summary>
    public CodeRequest ToRequest(ParseResult line, string? runtime) => new()
    {
        Style = OptionStyle.CommandLine,
        Format = line.GetValue(source),
        OpResolver = line.GetValue(opResolver),
        EmitArena = line.GetValue(emitArena) ? "true" : "false",
        ModelSection = line.GetValue(modelSection),
        ArenaSection = line.GetValue(arenaSection),
        Runtime = runtime,
    };

    private Option[] All => [source, opResolver, emitArena, modelSection, arenaSection];
}
