using System.CommandLine;
using TinyReorder.Boards;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder fit</c>: which boards hold one model or several together, and what would make them fit.</summary>
internal static class FitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "fit",
            "Tell which boards hold a model, or several models together, by how much the others are too small, the cheapest settings with which they "
                + "would do, and which operators hold the peak. Writes no file.",
            "tinyreorder fit kws.tflite",
            "tinyreorder fit kws.tflite vad.tflite --filter stm32 --reserved-sram 8192",
            "tinyreorder fit person.tflite --filter nucleo_l432kc --filter esp32dev --format json");
        var options = new OptimizationOptions(hasMarkdown: true);
        var models = new Argument<string[]>(CommonOptions.ModelName)
        {
            Description = "The .tflite files, or C source that holds their bytes in an array; several are to lie on one board together.",
            Arity = ArgumentArity.OneOrMore,
        };
        var filter = new Option<string[]>("--filter")
        {
            Description = "Asks only boards with this text in their id, alias, name, MCU, core or kernel library; several are added up.",
            HelpName = "TEXT",
        };
        filter.CompletionSources.Add(_ => BoardCatalog.BuiltIn.Boards.Select(known => known.Id));
        var fitting = new Option<bool>("--fitting") { Description = "Lists only boards that hold the models, as they are or with other settings." };
        var quick = new Option<bool>("--no-advice") { Description = "Looks for no other settings, which is faster." };
        command.Arguments.Add(models);
        foreach (Option option in new Option[] { filter, fitting, quick })
            command.Options.Add(option);
        options.AddWithoutBoardTo(command);
        command.SetAction(line =>
        {
            string[] paths = line.GetRequiredValue(models), wanted = line.GetValue(filter) ?? [];
            OptimizationRequest request = options.ToRequest(line, paths[0], context.Cancellation);
            Board[] boards = [.. request.Boards!.Boards.Where(board => wanted.Length == 0 || wanted.Any(text => BoardFile.Matches(board, text)))];
            if (boards.Length == 0)
                throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.UnknownBoard,
                    $"no board has {string.Join(" or ", wanted.Select(text => $"'{Quote.Text(text)}'"))} in its id, alias, name, MCU, core or kernel library; "
                        + "'tinyreorder boards' lists all"));
            TfliteModel[] loaded = [.. paths.Select(ModelFile.Load)];
            FitReport report = SearchProgress.Show(context, string.Join(", ", paths.Select(Path.GetFileName)), progress =>
                FitSurvey.Run(loaded, request with { Progress = progress }, boards, advises: !line.GetValue(quick)));
            context.Cancellation.ThrowIfCancellationRequested();
            if (line.GetValue(fitting))
                report = report with { Boards = [.. report.Boards.Where(board => board.Fits || board.MayFit || board.Change is not null)] };
            DiagnosticWriter.Write(context, report.Diagnostics, paths[0]);
            if (OutputFormat.IsJson(line))
                context.Output.Write(FitJson.Of(report));
            else if (OutputFormat.IsMarkdown(line))
                context.Output.Write(ResultMarkdown.Of(report));
            else
                FitText.Write(context, report);
            return ExitCode.Of(report);
        });
        return command;
    }
}
