using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Consoles;

/// <summary>Diagnostics as the commands by which a build server shows them beside the file: those of GitHub Actions and of Azure Pipelines.</summary>
internal static class AnnotationForm
{
    /// <summary><c>::error file=kws.cc,line=3,col=2,title=TINY2014::text</c>.</summary>
    public static string GitHub(Diagnostic diagnostic)
    {
        string kind = diagnostic.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "notice" };
        var command = new StringBuilder("::").Append(kind).Append(' ');
        if (diagnostic.File is { } file && file != DiagnosticWriter.ToolName)
        {
            command.Append("file=").Append(GitHubProperty(file));
            if (diagnostic.Line is { } line)
                command.Append(CultureInfo.InvariantCulture, $",line={line}");
            if (diagnostic.Column is { } column)
                command.Append(CultureInfo.InvariantCulture, $",col={column}");
            command.Append(',');
        }
        return command.Append("title=").Append(diagnostic.Code).Append("::").Append(GitHubData($"{diagnostic.Message} [{diagnostic.Code}]")).ToString();
    }

    /// <summary><c>##vso[task.logissue type=error;sourcepath=kws.cc;linenumber=3;columnnumber=2;code=TINY2014]text</c>; a message is no issue there.</summary>
    public static string Azure(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Message)
            return diagnostic.ToString();
        var command = new StringBuilder("##vso[task.logissue type=").Append(diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning").Append(';');
        if (diagnostic.File is { } file && file != DiagnosticWriter.ToolName)
        {
            command.Append("sourcepath=").Append(AzureProperty(file)).Append(';');
            if (diagnostic.Line is { } line)
                command.Append(CultureInfo.InvariantCulture, $"linenumber={line};");
            if (diagnostic.Column is { } column)
                command.Append(CultureInfo.InvariantCulture, $"columnnumber={column};");
        }
        return command.Append("code=").Append(diagnostic.Code).Append(']').Append(AzureData($"{diagnostic.Message} [{diagnostic.Code}]")).ToString();
    }

    private static string GitHubData(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string GitHubProperty(string text) =>
        GitHubData(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string AzureData(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string AzureProperty(string text) =>
        AzureData(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
