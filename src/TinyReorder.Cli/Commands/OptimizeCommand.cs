using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Printing;
using TinyReorder.CodeGeneration;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder optimize</c>: writes the reordered model and, on request, the C array with its header.</summary>
internal static class OptimizeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "optimize",
            "Write the model with its operators reordered and its plan in it, as C array and header, as .tflite, or both. Writes nothing when a board is "
                + "named that cannot hold it.",
            "tinyreorder optimize kws.tflite --header build --board nano33ble",
            "tinyreorder optimize kws.tflite -o build/kws.tflite --header build --board nano33ble",
            "tinyreorder optimize kws.tflite -o build/kws.tflite --header build --symbol keyword --kernels reference",
            "tinyreorder optimize kws.tflite --header build --stamp build/kws.stamp --depfile build/kws.d --diagnostics gcc");
        var options = new OptimizationOptions(hasMarkdown: true);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write the model to this .tflite file; not the model itself.",
            HelpName = "OUT.tflite"
        };
        Option<string?> header = CommonOptions.Value("--header", "DIR", "Write the C array and its header to this directory.");
        Option<string?> symbol = CommonOptions.Value("--symbol", "NAME", "The name that the generated files and identifiers are made of. [default: the "
            + "model's file name]");
        Option<string?> template = CommonOptions.Value("--template", "FILE", "A template for the header, or a directory with header.sbn or source.sbn, in "
            + "place of the built-in ones.");
        Option<string?> depfile = CommonOptions.Value("--depfile", "FILE", "Also write a rule for make and ninja with all files that were read. Its target "
            + "is the stamp, or without one all outputs.");
        Option<string?> stamp = CommonOptions.Value("--stamp", "FILE", "Also set the time of this empty file: outputs keep theirs when their content "
            + "stays, which make would take for stale.");
        foreach (Option option in new Option[] { output, header, symbol, template, depfile, stamp })
            command.Options.Add(option);
        var code = new CodeLineOptions();
        code.AddTo(command);
        options.AddTo(command);
        var budget = new BudgetOptions();
        budget.AddTo(command);
        command.SetAction(line =>
        {
            var outputs = new OptimizedFiles(line.GetRequiredValue(options.Model), line.GetValue(output))
            {
                HeaderDirectory = line.GetValue(header),
                Symbol = line.GetValue(symbol),
                TemplatePath = line.GetValue(template),
                Code = CodeOptions.Resolve(code.ToRequest(line, options.Runtime(line))),
                CodeOption = code.Given(line),
            };
            budget.Check(line);
            string[] inputs = [.. options.InputFiles(line), .. new[] { budget.File(line) }.OfType<string>()];
            outputs.Check(inputs);
            var record = new BuildRecord(line.GetValue(depfile), line.GetValue(stamp), [.. inputs, .. outputs.Templates]);
            record.Check(outputs.Paths);
            return ModelCommand.Run(
                context,
                line,
                options,
                result =>
                {
                    outputs.Write(result);
                    record.Write(outputs.Paths);
                },
                result => OptimizedText.Write(context, result, outputs.Written),
                result => budget.Apply(line, line.GetValue(symbol), result));
        });
        return command;
    }
}
