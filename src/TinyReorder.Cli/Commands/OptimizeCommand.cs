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
            "Write the model with its operators reordered and its plan in it, and on request the C array and the header. Writes nothing when a board is named that cannot hold it.",
            "tinyreorder optimize kws.tflite -o kws.opt.tflite",
            "tinyreorder optimize kws.tflite -o build/kws.tflite --header build --board nano33ble",
            "tinyreorder optimize kws.tflite -o build/kws.tflite --header build --symbol keyword --kernels reference");
        var options = new OptimizationOptions();
        var output = new Option<string>("--output", "-o") { Description = "The .tflite file to write; not the model itself.", HelpName = "OUT.tflite", Required = true };
        Option<string?> header = CommonOptions.Value("--header", "DIR", "Also write the C array and its header to this directory.");
        Option<string?> symbol = CommonOptions.Value("--symbol", "NAME", "The name that the generated files and identifiers are made of. [default: the model's file name]");
        Option<string?> template = CommonOptions.Value("--template", "FILE", "A template for the header, or a directory with header.hbs or source.hbs, in place of the built-in ones.");
        foreach (Option option in new Option[] { output, header, symbol, template })
            command.Options.Add(option);
        var code = new CodeLineOptions();
        code.AddTo(command);
        options.AddTo(command);
        command.SetAction(line =>
        {
            var outputs = new OptimizedFiles(line.GetRequiredValue(options.Model), line.GetRequiredValue(output))
            {
                HeaderDirectory = line.GetValue(header),
                Symbol = line.GetValue(symbol),
                TemplatePath = line.GetValue(template),
                Code = CodeOptions.Resolve(code.ToRequest(line, options.Runtime(line))),
                CodeOption = code.Given(line),
            };
            outputs.Check();
            return ModelCommand.Run(context, line, options, outputs.Write, result => OptimizedText.Write(context, result, outputs.Written));
        });
        return command;
    }
}
