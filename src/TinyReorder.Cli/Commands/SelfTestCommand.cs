using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder selftest</c>: writes the program that proves a model on its board, and judges what the board prints.</summary>
internal static class SelfTestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "selftest",
            "Write a C++ program that runs the original and the generated model on the board, compares the answers and measures the arena; with --read, "
                + "judge what it printed.",
            "tinyreorder selftest kws.tflite -o selftest --board nano33ble",
            "tinyreorder selftest --read board.log",
            "tinyreorder selftest kws.tflite --board nano33ble --read board.log -o board.json    also writes a profile of the board",
            "tinyreorder profile add board.json                                                  keeps it");
        var options = new OptimizationOptions();
        options.Model.Arity = ArgumentArity.ZeroOrOne;
        options.Model.Description = "The .tflite file. With --read it may be left out; with it a profile says more of other models.";
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The directory for the C++ file; with --read, the file for a profile of the "
            + "board. [default: '.'; with --read none]",
            HelpName = "DIR|FILE"
        };
        Option<string?> read = CommonOptions.Value("--read", "LOG", "Judge what the board printed; '-' reads standard input.");
        Option<string?> symbol = CommonOptions.Value("--symbol", "NAME", "The name that the file is made of. [default: the model's file name]");
        command.Options.Add(output);
        command.Options.Add(read);
        command.Options.Add(symbol);
        options.AddTo(command);
        command.SetAction(line =>
        {
            string? model = line.GetValue(options.Model);
            if (line.GetValue(read) is { } log)
                return new SelfTestReading(context, line, options, log, model, line.GetValue(output)).Run();
            if (model is null)
                throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption,
                    "there is no model and no log: name a .tflite file to write the selftest, or --read LOG to judge one; see 'tinyreorder selftest --help'"));
            var files = new SelfTestFiles(model, line.GetValue(output) ?? ".", line.GetValue(symbol) ?? SymbolName.FromFileName(model));
            files.Check();
            return ModelCommand.Run(context, line, options, files.Write, result => Printing.OptimizedText.Write(context, result, files.Written));
        });
        return command;
    }
}
