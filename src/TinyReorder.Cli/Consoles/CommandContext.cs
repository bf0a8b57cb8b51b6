using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Consoles;

/// <summary>Where a command writes to, and what may end it early.</summary>
/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: diagnostics.</param>
/// <param name="TerminalWidth">Columns of the terminal that <paramref name="Output"/> goes to, or null when it goes to a file or a pipe.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, int? TerminalWidth, CancellationToken Cancellation)
{
    private const int UsualTerminalWidth = 80;

    /// <summary>The form in which diagnostics are written.</summary>
    public DiagnosticForm Form { get; init; } = DiagnosticForm.MSBuild;

    /// <summary>The diagnostics that were written.</summary>
    public IList<Diagnostic> Told { get; } = [];

    /// <summary>Writes a line for people to standard output, whatever names stand in it.</summary>
    public void WriteLine(string line = "") => Output.WriteLine(ForeignText.Line(line));

    /// <summary>The process's own streams.</summary>
    public static CommandContext OfProcess(CancellationToken cancellation)
    {
        bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new(Console.Out, Console.Error, isTerminal ? WidthOfTerminal() : null, cancellation);
    }

    // Some terminals do not tell.
    private static int WidthOfTerminal() => Console.WindowWidth is > 0 and var columns ? columns : UsualTerminalWidth;
}
