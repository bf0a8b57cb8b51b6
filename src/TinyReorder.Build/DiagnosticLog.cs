using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyReorder.Diagnostics;

namespace TinyReorder.Build;

/// <summary>Hands diagnostics to MSBuild in the canonical form, so that they can be clicked, silenced and promoted by their code.</summary>
internal static class DiagnosticLog
{
    /// <summary>Logs a line for people, whatever names stand in it.</summary>
    public static void Tell(this TaskLoggingHelper log, MessageImportance importance, string line) =>
        log.LogMessage(importance, "{0}", ForeignText.Line(line));

    /// <summary>Logs <paramref name="diagnostic"/>, which names a file.</summary>
    public static void Report(this TaskLoggingHelper log, Diagnostic diagnostic)
    {
        // Arguments carry names because the oldest MSBuild has fewer overloads, and another one would take the same values for a format.
        string? where = diagnostic.File;
        string code = diagnostic.Code;
        int line = diagnostic.Line ?? 0, column = diagnostic.Column ?? 0;
        object[] message = [diagnostic.Message];
        switch (diagnostic.Severity)
        {
#if NETFRAMEWORK
            case DiagnosticSeverity.Error:
                log.LogError(subcategory: null, errorCode: code, helpKeyword: null, file: where, lineNumber: line, columnNumber: column, endLineNumber: 0,
                    endColumnNumber: 0, message: "{0}", messageArgs: message);
                break;
            case DiagnosticSeverity.Warning:
                log.LogWarning(subcategory: null, warningCode: code, helpKeyword: null, file: where, lineNumber: line, columnNumber: column, endLineNumber: 0,
                    endColumnNumber: 0, message: "{0}", messageArgs: message);
                break;
#else
            case DiagnosticSeverity.Error:
                log.LogError(subcategory: null, errorCode: code, helpKeyword: null, helpLink: HelpLink(code), file: where, lineNumber: line,
                    columnNumber: column, endLineNumber: 0, endColumnNumber: 0, message: "{0}", messageArgs: message);
                break;
            case DiagnosticSeverity.Warning:
                log.LogWarning(subcategory: null, warningCode: code, helpKeyword: null, helpLink: HelpLink(code), file: where, lineNumber: line,
                    columnNumber: column, endLineNumber: 0, endColumnNumber: 0, message: "{0}", messageArgs: message);
                break;
#endif
            default:
                log.LogMessage(subcategory: null, code: code, helpKeyword: null, file: where, lineNumber: line, columnNumber: column, endLineNumber: 0,
                    endColumnNumber: 0, importance: MessageImportance.High, message: "{0}", messageArgs: message);
                break;
        }
    }

#if !NETFRAMEWORK
    /// <summary>The page of the code that lies in the package beside the tasks; null where there is none.</summary>
    private static string? HelpLink(string code)
    {
        string? tasks = Path.GetDirectoryName(typeof(DiagnosticLog).Assembly.Location);
        string page = Path.GetFullPath(Path.Combine(tasks ?? "", "..", "..", "docs", "diagnostics", code + ".md"));
        return File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
#endif
}
