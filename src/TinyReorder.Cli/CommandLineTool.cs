using System.CommandLine;
using System.CommandLine.Help;
using TinyReorder.Cli.Commands;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli;

/// <summary>The whole tool behind its process: arguments in, text and an exit code out.</summary>
internal static class CommandLineTool
{
    /// <summary>Runs the command that <paramref name="arguments"/> name and returns its <see cref="ExitCode"/>.</summary>
    public static int Run(IReadOnlyList<string> arguments, CommandContext context)
    {
        context = context with { Form = DiagnosticForm.Of(arguments) };
        int exitCode = RunLine(arguments, context);
        return SpokenOption.Find(arguments, SarifFile.OptionName) is { Length: > 0 } sarif ? WriteSarif(context, sarif, exitCode) : exitCode;
    }

    private static int RunLine(IReadOnlyList<string> arguments, CommandContext context)
    {
        // No response files: a model's path may begin with @.
        ParseResult line = CreateRoot(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<Diagnostic> errors = UsageErrors.Of(line);
        if (errors.Count > 0)
            return Fail(context, line, errors, ExitCode.BadUsage);
        try
        {
            return line.Invoke(new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (TinyReorderException e)
        {
            return Fail(context, line, [e.Diagnostic], ExitCode.Of(e.Diagnostic.Code));
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Error.WriteLine("interrupted: nothing was written");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return Fail(context, line, [DefectOf(e)], ExitCode.Defect);
        }
    }

    private static RootCommand CreateRoot(CommandContext context)
    {
        var root = new RootCommand("Reorders a TensorFlow Lite model's operators for minimal peak memory, plans its arena and checks that a board holds it.")
        {
            AnalyzeCommand.Create(context),
            OptimizeCommand.Create(context),
            MapCommand.Create(context),
            CompareCommand.Create(context),
            FitCommand.Create(context),
            BoardsCommand.Create(context),
            PlaceCommand.Create(context),
            SelfTestCommand.Create(context),
            ProfileCommand.Create(context),
            IntegrationCommand.Create(context),
            CompletionCommand.Create(context),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        return root;
    }

    private static int Fail(CommandContext context, ParseResult line, IReadOnlyList<Diagnostic> errors, int exitCode)
    {
        string? model = ModelOf(line);
        string origin = exitCode is ExitCode.BadUsage or ExitCode.Defect || string.IsNullOrEmpty(model) ? DiagnosticWriter.ToolName : model;
        DiagnosticWriter.Write(context, errors, origin);
        if (OutputFormat.IsJson(line))
            context.Output.Write(ResultJson.OfFailure(model, errors));
        else if (OutputFormat.IsMarkdown(line))
            context.Output.Write(Markdown.List(errors));
        return exitCode;
    }

    /// <summary>Writes all that was told; where the line was refused, too.</summary>
    private static int WriteSarif(CommandContext context, string path, int exitCode)
    {
        try
        {
            SarifFile.Write(path, context.Told);
            return exitCode;
        }
        catch (TinyReorderException e)
        {
            DiagnosticWriter.Write(context, [e.Diagnostic], path);
            return Math.Max(exitCode, ExitCode.Of(e.Diagnostic.Code));
        }
    }

    private static string? ModelOf(ParseResult line)
    {
        Argument? model = line.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Name == CommonOptions.ModelName);
        return model is not null && line.GetResult(model) is { Tokens: [var token, ..] } ? token.Value : null;
    }

    private static Diagnostic DefectOf(Exception e) => Diagnostic.Error(
        DiagnosticCodes.Defect,
        $"{e.GetType().Name} in {PlaceOf(e)}: {e.Message}; this is a defect of tinyreorder, please report it with the model");

    /// <summary>The method that threw, as the trace names it, which a native program has too.</summary>
    internal static string PlaceOf(Exception e)
    {
        string frame = e.StackTrace?.Split('\n')[0] ?? "";
        int begin = frame.IndexOf(" at ", StringComparison.Ordinal) + " at ".Length, end = frame.IndexOf('(', StringComparison.Ordinal);
        if (begin < " at ".Length || end < begin)
            return "an unknown place";
        string[] names = frame[begin..end].Split('.');
        return string.Join('.', names[Math.Max(0, names.Length - 2)..]);
    }
}
