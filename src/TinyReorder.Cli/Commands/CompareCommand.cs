using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder compare</c>: two models, or two orders of one, in one table and one chart.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "compare",
            "Compare what two models need as they are, each in its own order and with its own plan, unless --order, --plan, --overlap, --rewrite or "
                + "--keep-inputs says otherwise; or one model in its own and in the best order; with --rewrite in the best order and "
                + "streamed or simplified.",
            "tinyreorder compare kws.tflite",
            "tinyreorder compare kws.tflite kws.opt.tflite --svg difference.svg",
            "tinyreorder compare small.tflite large.tflite --order best --board esp32dev");
        var options = new OptimizationOptions();
        options.AddTo(command);
        var other = new Argument<string?>("OTHER")
        {
            Description = "The other .tflite file; none compares the two orders of MODEL.",
            Arity = ArgumentArity.ZeroOrOne
        };
        command.Arguments.Add(other);
        Option<string?> svg = CommonOptions.Value("--svg", "FILE", "Write both as bars on one scale.");
        command.Options.Add(svg);
        command.SetAction(line =>
        {
            string first = line.GetRequiredValue(options.Model), second = line.GetValue(other) ?? first;
            bool isOneModel = line.GetValue(other) is null;
            string? svgFile = line.GetValue(svg);
            OutputReport.Check([.. options.InputFiles(line), second], [("--svg", svgFile)]);
            OptimizationRequest request = options.ToRequest(line, context.Cancellation);
            RewriteChoice rewrite = ChoiceWords.Rewrites.Parse(request.Rewrite, request.Style.Name("Rewrite"));
            bool isRewritten = rewrite != RewriteChoice.Off;
            bool isOpen = request is { Order: null, Plan: null, Overlap: null, KeepInputs: "false" } && !isRewritten;
            string order = request.Order ?? (isOneModel ? "best" : "file");
            // Of one model the orders are compared; where it carries a plan, that belongs to its own order.
            TfliteModel model = ModelFile.Load(first);
            bool isAsItIs = isOpen && (!isOneModel || OfflinePlan.Find(model) is not null);
            (OptimizationResult Result, MemoryReport Report) a = Run(context, first, isOneModel
                ? request with { Order = isRewritten ? order : "file", Rewrite = null, AsItIs = isAsItIs } : request with { Order = order, AsItIs = isAsItIs },
                model);
            (OptimizationResult Result, MemoryReport Report) b = isOneModel
                ? Run(context, first, request with { Order = order }, model)
                : Run(context, second, request with { Order = order, AsItIs = isAsItIs }, ModelFile.Load(second));
            (string nameOfA, string nameOfB) = !isOneModel ? Names(a.Report, b.Report)
                : isRewritten ? ("best order", rewrite == RewriteChoice.Stream ? "streamed" : "simplified") : ("file's order", "best order");
            DiagnosticWriter.Write(context, a.Result.Diagnostics, first);
            DiagnosticWriter.Write(context, isOneModel ? b.Result.Diagnostics.Except(a.Result.Diagnostics) : b.Result.Diagnostics, second);
            WrittenFile[] written = svgFile is null ? [] : [OutputReport.Write(svgFile, MapSvg.Compare(a.Report, b.Report, nameOfA, nameOfB))];
            TextTable table = ComparisonText.Of(a.Report, b.Report, nameOfA, nameOfB);
            if (OutputFormat.IsJson(line))
                context.Output.Write(ComparisonJson.Of(nameOfA, a.Report, nameOfB, b.Report));
            else
                MapPrinting.Write(context, table, written);
            return Math.Max(ExitCode.Of(a.Result.Diagnostics), ExitCode.Of(b.Result.Diagnostics));
        });
        return command;
    }

    private static (OptimizationResult Result, MemoryReport Report) Run(CommandContext context, string path, OptimizationRequest request, TfliteModel model)
    {
        (OptimizationResult result, Boards.BoardCatalog? boards) = ReportRun.Optimize(context, path, request, model);
        return (result, MemoryReport.Of(result, boards));
    }

    // Two files of one name are told apart by what they are in the command line.
    private static (string A, string B) Names(MemoryReport a, MemoryReport b) =>
        a.Model == b.Model ? ($"first {a.Model}", $"second {b.Model}") : (a.Model, b.Model);
}
