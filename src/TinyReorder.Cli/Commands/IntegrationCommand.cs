using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder integration</c>: writes the files with which another build tool calls this one.</summary>
internal static class IntegrationCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "integration",
            "Write the files with which another build tool calls this one: a CMake module (Zephyr takes it too), a make fragment, an ESP-IDF component, a "
                + "PlatformIO script.",
            "tinyreorder integration cmake -o cmake                   writes cmake/TinyReorder.cmake",
            "tinyreorder integration make                             writes tinyreorder.mk",
            "tinyreorder integration esp-idf -o components            writes components/tinyreorder/",
            "tinyreorder integration platformio                       writes tinyreorder.py");
        Argument<string> name = CommonOptions.ChoiceArgument("build tool", [.. ShippedFile.Integrations.Keys]);
        var output = new Option<string>("--output", "-o") { Description = "The directory to write to.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        command.Arguments.Add(name);
        command.Options.Add(output);
        command.SetAction(line =>
        {
            foreach ((string path, string resource) in ShippedFile.Integrations[line.GetRequiredValue(name).ToLowerInvariant()])
            {
                string target = Path.Combine(line.GetRequiredValue(output), path);
                context.WriteLine(OutputReport.Write(target, ShippedFile.Text(resource)).Changed ? "written    " + target : "unchanged  " + target);
            }
            return ExitCode.Fine;
        });
        return command;
    }
}
