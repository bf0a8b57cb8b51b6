using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Consoles;

/// <summary>How a diagnostic is written, so that the build tool or editor that reads it finds the file.</summary>
internal sealed class DiagnosticForm
{
    /// <summary>The option that chooses.</summary>
    public const string OptionName = "--diagnostics";

    /// <summary>The words of the option, the default first.</summary>
    public static readonly string[] Words = ["msbuild", "gcc"];

    /// <summary><c>kws.tflite : error TINY1001: text</c>, as MSBuild and Visual Studio read it.</summary>
    public static readonly DiagnosticForm MSBuild = new(diagnostic => diagnostic.ToString());

    /// <summary>
    /// <c>kws.tflite:1:1: error: text [TINY1001]</c>, as what reads the output of GCC and Clang takes it. A model has no lines, but readers want one.
    /// </summary>
    public static readonly DiagnosticForm Gcc = new(diagnostic => $"{Place(diagnostic.File)}{Severity(diagnostic)}: {diagnostic.Message} [{diagnostic.Code}]");

    private DiagnosticForm(Func<Diagnostic, string> line) => Line = line;

    /// <summary>The text of a diagnostic.</summary>
    public Func<Diagnostic, string> Line { get; }

    /// <summary>The form that a command line asks for; read from its words, so that it is known for lines with errors too.</summary>
    public static DiagnosticForm Of(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string? value = arguments[i] == OptionName ? arguments.ElementAtOrDefault(i + 1)
                : arguments[i].StartsWith(OptionName + "=", StringComparison.Ordinal) ? arguments[i][(OptionName.Length + 1)..] : null;
            if (string.Equals(value, Words[1], StringComparison.OrdinalIgnoreCase))
                return Gcc;
        }
        return MSBuild;
    }

    private static string Place(string? file) => file switch { null => "", DiagnosticWriter.ToolName => file + ": ", _ => file + ":1:1: " };

    private static string Severity(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
