using System.CommandLine;
using TinyReorder.Budgets;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
using TinyReorder.Diagnostics;
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
                + "--keep-inputs says otherwise; or one model in its own and in the best order; with --rewrite as it is, in the best order and rewritten.",
            "tinyreorder compare kws.tflite",
            "tinyreorder compare kws.tflite kws.opt.tflite --svg difference.svg",
            "tinyreorder compare old.tflite new.tflite --fail-if-grew 2%",
            "tinyreorder compare small.tflite large.tflite --order best --board esp32dev");
        var options = new OptimizationOptions(hasMarkdown: true);
        options.AddTo(command);
        var other = new Argument<string?>("OTHER")
        {
            Description = "The other .tflite file; none compares the two orders of MODEL.",
            Arity = ArgumentArity.ZeroOrOne
        };
        command.Arguments.Add(other);
        Option<string?> svg = CommonOptions.Value("--svg", "FILE", "Write both as bars on one scale.");
        command.Options.Add(svg);
        Option<string?> most = CommonOptions.Value("--fail-if-grew", "TOLERANCE",
            "Fails where the last of them needs more than the first by this share, such as 2%, or by these bytes: of arena, flash or peak.");
        command.Options.Add(most);
        command.SetAction(line =>
        {
            string first = line.GetRequiredValue(options.Model), second = line.GetValue(other) ?? first;
            bool isOneModel = line.GetValue(other) is null;
            string? svgFile = line.GetValue(svg);
            OutputReport.Check([.. options.InputFiles(line), second], [("--svg", svgFile)]);
            Tolerance? tolerance = ToleranceOf(line.GetValue(most));
            OptimizationRequest request = options.ToRequest(line, context.Cancellation);
            RewriteChoice rewrite = ChoiceWords.Rewrites.Parse(request.Rewrite, request.Style.Name("Rewrite"));
            bool isRewritten = rewrite != RewriteChoice.Off;
            bool isOpen = request is { Order: null, Plan: null, Overlap: null, KeepInputs: "false" } && !isRewritten;
            string order = request.Order ?? (isOneModel ? "best" : "file");
            TfliteModel model = ModelFile.Load(first);
            // Of one model the orders are compared; where it carries a plan, that belongs to its own order.
            bool isAsItIs = isOpen && (!isOneModel || OfflinePlan.Find(model) is not null);
            OptimizationRequest chosen = request with { Order = order, AsItIs = isAsItIs && !isOneModel };
            List<(string Name, string Path, OptimizationResult Result, MemoryReport Report)> sides = isOneModel
                ? [.. OfOneModel(context, first, model, chosen, isAsItIs, rewrite)] : OfTwoModels(context, first, model, second, chosen);
            var seen = new HashSet<Diagnostic>();
            List<Diagnostic> told = [.. sides.SelectMany(side => isOneModel ? side.Result.Diagnostics.Where(seen.Add) : side.Result.Diagnostics)];
            if (tolerance is not null && Growth(sides[0], sides[^1], tolerance) is { } growth)
                told.Add(growth);
            DiagnosticWriter.Write(context, told, first);
            (string, MemoryReport)[] reports = [.. sides.Select(side => (side.Name, side.Report))];
            WrittenFile[] written = svgFile is null ? [] : [OutputReport.Write(svgFile, MapSvg.Compare(reports))];
            if (OutputFormat.IsJson(line))
                context.Output.Write(ComparisonJson.Of(reports));
            else if (OutputFormat.IsMarkdown(line))
                context.Output.Write(ResultMarkdown.Of(ComparisonText.Of(reports),
                    told.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Message)));
            else
                MapPrinting.Write(context, ComparisonText.Of(reports), written);
            return ExitCode.Of(told);
        });
        return command;
    }

    private static Tolerance? ToleranceOf(string? word) => word is null ? null : Tolerance.TryParse(word)
        ?? throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, $"--fail-if-grew is '{Quote.Text(word)}', but must be {Tolerance.Form}"));

    /// <summary>The error where the second needs more than the first.</summary>
    private static Diagnostic? Growth((string Name, string Path, OptimizationResult Result, MemoryReport Report) was,
        (string Name, string Path, OptimizationResult Result, MemoryReport Report) now, Tolerance tolerance) =>
        GrowthCheck.Of(BudgetEntry.Of(ModelSizes.Of(was.Result)), ModelSizes.Of(now.Result), tolerance, was.Name,
            "See 'tinyreorder map' for what is live there") is { } growth
            ? growth with { File = now.Path } : null;

    /// <summary>The file's order and the best one; with a rewrite what the device makes of the file, the best without the rewrite, and with it.</summary>
    private static IEnumerable<(string Name, string Path, OptimizationResult Result, MemoryReport Report)> OfOneModel(
        CommandContext context, string path, TfliteModel model, OptimizationRequest request, bool isAsItIs, RewriteChoice rewrite)
    {
        if (rewrite == RewriteChoice.Off)
        {
            yield return Run(context, "file's order", path, model, request with { Order = "file", AsItIs = isAsItIs });
            yield return Run(context, "best order", path, model, request);
            yield break;
        }
        OptimizationRequest asItIs = request with { Order = null, Plan = null, Overlap = null, Rewrite = null, KeepInputs = "false", AsItIs = true };
        yield return Run(context, "file as it is", path, model, asItIs);
        yield return Run(context, "best order", path, model, request with { Rewrite = null });
        yield return Run(context, rewrite == RewriteChoice.Stream ? "streamed" : "simplified", path, model, request);
    }

    private static List<(string Name, string Path, OptimizationResult Result, MemoryReport Report)> OfTwoModels(
        CommandContext context, string first, TfliteModel model, string second, OptimizationRequest request)
    {
        (string Name, string Path, OptimizationResult Result, MemoryReport Report) a = Run(context, "", first, model, request),
            b = Run(context, "", second, ModelFile.Load(second), request);
        (string nameOfA, string nameOfB) = Names(a.Report, b.Report);
        return [a with { Name = nameOfA }, b with { Name = nameOfB }];
    }

    private static (string Name, string Path, OptimizationResult Result, MemoryReport Report) Run(
        CommandContext context, string name, string path, TfliteModel model, OptimizationRequest request)
    {
        (OptimizationResult result, Boards.BoardCatalog? boards) = ReportRun.Optimize(context, path, request, model);
        return (name, path, result, MemoryReport.Of(result, boards));
    }

    // Two files of one name are told apart by what they are in the command line.
    private static (string A, string B) Names(MemoryReport a, MemoryReport b) =>
        a.Model == b.Model ? ($"first {a.Model}", $"second {b.Model}") : (a.Model, b.Model);
}
