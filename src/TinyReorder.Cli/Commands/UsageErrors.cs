using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Commands;

/// <summary>Finds what is wrong with a command line before anything runs.</summary>
internal static class UsageErrors
{
    /// <summary>The errors of <paramref name="line"/>, each with a way on; none when it can run.</summary>
    public static IReadOnlyList<Diagnostic> Of(ParseResult line)
    {
        // Help, version and completion run whatever else stands on the line.
        if (line.Action is not (null or ParseErrorAction) && line.Action != line.CommandResult.Command.Action)
            return [];
        string[] unknown = UnknownOptions(line);
        if (unknown.Length > 0)
            return [.. unknown.Select(option => Error(line, $"there is no option '{option}'; nearest: {string.Join(", ", NearestOptions(line, option))}"))];
        if (line is { CommandResult.Command: RootCommand root, UnmatchedTokens: [var command, ..] })
            return [Error(line, $"there is no command '{command}'; nearest: "
                + $"{string.Join(", ", NearestNames.Find(command, root.Subcommands.Select(known => known.Name), most: 2))}")];
        return [.. line.Errors.Select(error => error.Message.TrimEnd('.')).Distinct().Select(message => Error(line, message))];
    }

    /// <summary>Options that nobody knows, which the parser would else take for the model's path.</summary>
    private static string[] UnknownOptions(ParseResult line)
    {
        if (line.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return [];
        return line.CommandResult.Command.Arguments
            .SelectMany(argument => line.GetResult(argument)?.Tokens ?? [])
            .Select(token => token.Value)
            .Concat(line.UnmatchedTokens)
            .Where(value => value.Length > 1 && value[0] == '-')
            .Distinct()
            .ToArray();
    }

    private static IEnumerable<string> NearestOptions(ParseResult line, string option) =>
        NearestNames.Find(option.Split('=', ':')[0], line.CommandResult.Command.Options.Select(known => known.Name), most: 3);

    private static Diagnostic Error(ParseResult line, string message)
    {
        Command command = line.CommandResult.Command;
        string names = string.Concat(command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name + " "));
        string help = command is RootCommand ? "tinyreorder --help" : $"tinyreorder {names}{command.Name} --help";
        return Diagnostic.Error(DiagnosticCodes.BadOption, $"{message}; see '{help}'");
    }
}
