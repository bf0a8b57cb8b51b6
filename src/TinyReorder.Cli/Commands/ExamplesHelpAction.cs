using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TinyReorder.Cli.Commands;

/// <summary>The usual help, and then the command's examples and the exit codes.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes = "Exit codes: 0 fine, 1 does not fit, 2 bad input, 3 bad usage, 130 interrupted.";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ToolCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }
        output.WriteLine(ExitCodes);
        return code;
    }
}
