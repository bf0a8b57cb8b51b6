using Microsoft.Build.Utilities;
using TinyReorder.Diagnostics;

namespace TinyReorder.Build;

/// <summary>Hands diagnostics to MSBuild in the canonical form, so that they can be clicked, silenced and promoted by their code.</summary>
internal static class DiagnosticLog
{
    /// <summary>Logs <paramref name="diagnostic"/>; it is about <paramref name="file"/> where it names no file itself.</summary>
    public static void Report(this TaskLoggingHelper log, Diagnostic diagnostic, string file)
    {
        string where = diagnostic.File ?? file, code = diagnostic.Code;
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                log.LogError(null, code, null, HelpLink(code), where, 0, 0, 0, 0, "{0}", diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                log.LogWarning(null, code, null, HelpLink(code), where, 0, 0, 0, 0, "{0}", diagnostic.Message);
                break;
            default:
                log.LogMessage(null, code, null, where, 0, 0, 0, 0, Microsoft.Build.Framework.MessageImportance.High, "{0}", diagnostic.Message);
                break;
        }
    }

    /// <summary>The page of the code that lies in the package beside the tasks; null where there is none.</summary>
    private static string? HelpLink(string code)
    {
        string? tasks = Path.GetDirectoryName(typeof(DiagnosticLog).Assembly.Location);
        string page = Path.GetFullPath(Path.Combine(tasks ?? "", "..", "..", "docs", "diagnostics", code + ".md"));
        return File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
}
