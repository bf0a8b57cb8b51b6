using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Consoles;

/// <summary>Writes diagnostics to standard error in the canonical form that editors and build tools recognise.</summary>
internal static class DiagnosticWriter
{
    /// <summary>What stands in the place of the file where a diagnostic is about none.</summary>
    public const string ToolName = "tinyreorder";

    /// <summary>Writes <paramref name="diagnostics"/>, one a line; those that name no file get <paramref name="file"/>.</summary>
    public static void Write(CommandContext context, IEnumerable<Diagnostic> diagnostics, string file)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Diagnostic located = diagnostic.File is null ? diagnostic with { File = file } : diagnostic;
            context.Told.Add(located);
            context.Error.WriteLine(context.Form.Line(located).ReplaceLineEndings(" "));
        }
    }
}
