using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Consoles;

/// <summary>How a diagnostic is written, so that the build tool or editor that reads it finds the file.</summary>
internal sealed class DiagnosticForm
{
    /// <summary>The option that chooses.</summary>
    public const string OptionName = "--diagnostics";

    /// <summary>The option that writes them as commands to a build server instead.</summary>
    public const string AnnotationsName = "--annotations";

    private const string GitHubWord = "github", AzureWord = "azure";

    /// <summary>The words of that option.</summary>
    public static readonly string[] AnnotationWords = [GitHubWord, AzureWord];

    /// <summary>The words of the option, the default first.</summary>
    public static readonly string[] Words = ["msbuild", "gcc"];

    /// <summary><c>kws.tflite : error TINY1001: text</c>, as MSBuild and Visual Studio read it.</summary>
    public static readonly DiagnosticForm MSBuild = new(diagnostic => diagnostic.ToString());

    /// <summary>
    /// <c>kws.tflite:1:1: error: text [TINY1001]</c>, as what reads the output of GCC and Clang takes it. A model has no lines, but readers want one.
    /// </summary>
    public static readonly DiagnosticForm Gcc = new(diagnostic => $"{Place(diagnostic)}{Severity(diagnostic)}: {diagnostic.Message} [{diagnostic.Code}]");

    private DiagnosticForm(Func<Diagnostic, string> line) => Line = line;

    /// <summary>The text of a diagnostic.</summary>
    public Func<Diagnostic, string> Line { get; }

    /// <summary>The form that a command line asks for; read from its words, so that it is known for lines with errors too.</summary>
    public static DiagnosticForm Of(IReadOnlyList<string> arguments) => SpokenOption.Find(arguments, AnnotationsName)?.ToLowerInvariant() switch
    {
        GitHubWord => new(AnnotationForm.GitHub),
        AzureWord => new(AnnotationForm.Azure),
        _ => string.Equals(SpokenOption.Find(arguments, OptionName), Words[1], StringComparison.OrdinalIgnoreCase) ? Gcc : MSBuild,
    };

    private static string Place(Diagnostic diagnostic) => diagnostic.File switch
    {
        null => "",
        DiagnosticWriter.ToolName => diagnostic.File + ": ",
        var file => string.Create(CultureInfo.InvariantCulture, $"{file}:{diagnostic.Line ?? 1}:{diagnostic.Column ?? 1}: "),
    };

    private static string Severity(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
