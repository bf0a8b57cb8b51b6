using TinyReorder.Diagnostics;
using TinyReorder.Fitting;

namespace TinyReorder.Cli;

/// <summary>What the process returns; part of the contract with scripts, see docs/cli.md.</summary>
internal static class ExitCode
{
    /// <summary>Done; with a board, the model fits.</summary>
    public const int Fine = 0;

    /// <summary>The model does not fit on the board, or buffers into their capacity, or a device shows something else than was computed.</summary>
    public const int DoesNotFit = 1;

    /// <summary>A file cannot be read, is not what it should be, or cannot be written.</summary>
    public const int BadInput = 2;

    /// <summary>The command line asks for something that does not exist.</summary>
    public const int BadUsage = 3;

    /// <summary>A defect of this tool (EX_SOFTWARE of sysexits.h).</summary>
    public const int Defect = 70;

    /// <summary>Ended by Ctrl-C (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code for a result with these diagnostics: of several errors the gravest counts.</summary>
    public static int Of(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(error => Of(error.Code))
        .DefaultIfEmpty(Fine)
        .Max();

    /// <summary>The exit code for a survey of boards: whether any holds the models.</summary>
    public static int Of(FitReport report) => Math.Max(Of(report.Diagnostics), report.AnyFits ? Fine : DoesNotFit);

    /// <summary>The exit code for a failure that <paramref name="code"/> names.</summary>
    public static int Of(string code) => code switch
    {
        DiagnosticCodes.ArenaExceedsSram or DiagnosticCodes.ModelExceedsFlash or DiagnosticCodes.ExceedsCapacity or DiagnosticCodes.PlacementGap
            or DiagnosticCodes.ExceedsBudget or DiagnosticCodes.SelfTestFailed or DiagnosticCodes.ArenaDiffers => DoesNotFit,
        DiagnosticCodes.UnknownBoard or DiagnosticCodes.UnknownRegion or DiagnosticCodes.UnknownRuntime or DiagnosticCodes.UnknownKernels
            or DiagnosticCodes.BadOption or DiagnosticCodes.KeptInputs => BadUsage,
        DiagnosticCodes.PlanRejected => Defect,
        _ => BadInput,
    };
}
