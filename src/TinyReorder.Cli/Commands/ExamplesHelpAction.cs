using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TinyReorder.Cli.Commands;

/// <summary>The usual help, and then the command's examples and the exit codes.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] Root =
    [
        "tinyreorder analyze kws.tflite --board nano33ble           what it needs, and whether the board holds it",
        "tinyreorder optimize kws.tflite --header src               kws.c and kws.h for the firmware",
        "tinyreorder integration cmake -o cmake                     the same as part of a CMake build",
        "tinyreorder optimize --help                                every option, with examples",
    ];

    private const string ExitCodes = "Exit codes: 0 fine, 1 does not fit, 2 bad input, 3 bad usage, 70 a defect of the tool, 130 interrupted.";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is ToolCommand command ? command.Examples : Root;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }
        output.WriteLine(ExitCodes);
        return code;
    }
}
