using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Output;
using TinyReorder.Runtimes;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder profile</c>: the profiles that a project keeps.</summary>
internal static class ProfileCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context) => new ToolCommand(
        "profile",
        "Keep runtime profiles beside a project, where --profile and Profile find them by their id.",
        "tinyreorder profile add board.json",
        "tinyreorder analyze kws.tflite --profile ID")
    {
        CreateAdd(context),
    };

    private static ToolCommand CreateAdd(CommandContext context)
    {
        var command = new ToolCommand(
            "add",
            $"Check a profile and keep it as {ProfileFolder.DefaultName}/ID.json.",
            "tinyreorder profile add board.json",
            "tinyreorder profile add board.json --project firmware --force");
        var file = new Argument<string>("FILE") { Description = "The JSON file with the profile." };
        var project = new Option<string>("--project")
        {
            Description = $"The directory of the project or of the models; {ProfileFolder.DefaultName} is made "
            + "in it.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "."
        };
        var force = new Option<bool>("--force") { Description = "Replaces another profile of the same id." };
        command.Arguments.Add(file);
        command.Options.Add(project);
        command.Options.Add(force);
        command.SetAction(line =>
        {
            string path = line.GetRequiredValue(file), directory = line.GetRequiredValue(project);
            string folder = directory == "." ? ProfileFolder.DefaultName : Path.Combine(directory, ProfileFolder.DefaultName);
            (string target, string id, bool changed) = ProfileFolder.Add(InputFile.Read(path, path, DiagnosticCodes.BadProfileFile,
                RuntimeProfile.MaxFileBytes), path, folder, line.GetValue(force));
            context.WriteLine((changed ? "written    " : "unchanged  ") + target);
            context.WriteLine($"name it by --profile {id}, or Profile=\"{id}\" of a TinyModel");
            return ExitCode.Fine;
        });
        return command;
    }
}
