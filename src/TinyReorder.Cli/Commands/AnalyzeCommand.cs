using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Printing;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder analyze</c>: what a model needs, and what the best order and plan make of it. Writes no file.</summary>
internal static class AnalyzeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "analyze",
            "Tell what memory a model needs, before and after, and whether a board holds it. Writes no file.",
            "tinyreorder analyze kws.tflite",
            "tinyreorder analyze kws.tflite --board stm32f103 --reserved-sram 4096",
            "tinyreorder analyze kws.tflite --budget sizes.json --format markdown",
            "tinyreorder analyze kws.tflite --runtime none --overlap none --format json");
        var options = new OptimizationOptions(hasMarkdown: true);
        options.AddTo(command);
        var budget = new BudgetOptions();
        budget.AddTo(command);
        command.SetAction(line =>
        {
            budget.Check(line);
            return ModelCommand.Run(context, line, options, finish: null, result => AnalysisText.Write(context, result),
                result => budget.Apply(line, null, result));
        });
        return command;
    }
}
