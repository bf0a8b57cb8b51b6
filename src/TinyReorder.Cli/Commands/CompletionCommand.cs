using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder completion</c>: the script with which a shell completes command lines of the tool.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "completion",
            "Print the script with which a shell completes commands, options, boards and other words.",
            "source <(tinyreorder completion bash)                    in ~/.bashrc",
            "source <(tinyreorder completion zsh)                     in ~/.zshrc, after compinit",
            "tinyreorder completion fish > ~/.config/fish/completions/tinyreorder.fish",
            "tinyreorder completion pwsh | Out-String | Invoke-Expression    in $PROFILE");
        Argument<string> shell = CommonOptions.ChoiceArgument("shell", Shells);
        command.Arguments.Add(shell);
        command.SetAction(line =>
        {
            context.Output.Write(ShippedFile.Text("completion." + line.GetRequiredValue(shell).ToLowerInvariant()));
            return ExitCode.Fine;
        });
        return command;
    }
}
