using System.CommandLine;
using TinyReorder.Boards;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Printing;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder map</c>: which tensors are in memory while each operator runs, as text and on request as files.</summary>
internal static class MapCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "map",
            "Show which tensors are in memory while each operator runs, in the file's order and in the best one, and where they lie in the arena.",
            "tinyreorder map kws.tflite",
            "tinyreorder map kws.tflite --macs --sizes",
            "tinyreorder map kws.tflite --board stm32f103 --html kws.html --svg kws.svg --csv kws.csv");
        var options = new OptimizationOptions();
        options.AddTo(command);
        Option<string?> csv = CommonOptions.Value("--csv", "FILE", "Write the steps as CSV, and the tensors beside it as NAME.tensors.csv.");
        Option<string?> svg = CommonOptions.Value("--svg", "FILE", "Write the bars and the arena as a picture.");
        Option<string?> html = CommonOptions.Value("--html", "FILE", "Write a page with everything, which needs no network.");
        Option<bool> macs = new("--macs") { Description = "Show the multiply-accumulate operations of each operator." };
        Option<bool> sizes = new("--sizes") { Description = "Show the bytes of each operator's parameters." };
        foreach (Option option in new Option[] { csv, svg, html, macs, sizes })
            command.Options.Add(option);
        command.SetAction(line =>
        {
            string? csvFile = line.GetValue(csv), tensorFile = csvFile is null ? null : TensorFile(csvFile), svgFile = line.GetValue(svg),
                htmlFile = line.GetValue(html);
            OutputReport.Check([.. options.InputFiles(line)], [("--csv", csvFile), ("--csv", tensorFile), ("--svg", svgFile), ("--html", htmlFile)]);
            (OptimizationResult result, BoardCatalog? boards) = ReportRun.Optimize(context, line.GetRequiredValue(options.Model),
                options.ToRequest(line, context.Cancellation));
            var report = MemoryReport.Of(result, boards);
            IReadOnlyList<WrittenFile> written = OutputReport.Write(
                new (string? Path, Func<MemoryReport, string> Render)[] { (csvFile, MapCsv.Steps), (tensorFile, MapCsv.Tensors), (svgFile, MapSvg.Of),
                    (htmlFile, MapHtml.Of) }
                    .Where(file => file.Path is not null).Select(file => (file.Path!, file.Render(report))));
            DiagnosticWriter.Write(context, result.Diagnostics, line.GetRequiredValue(options.Model));
            if (OutputFormat.IsJson(line))
                context.Output.Write(MapJson.Of(report));
            else
                MapPrinting.Write(context, report, result, line.GetValue(macs), line.GetValue(sizes), written);
            return ExitCode.Of(result.Diagnostics);
        });
        return command;
    }

    private static string TensorFile(string csvFile) => Path.ChangeExtension(csvFile, ".tensors.csv");
}
