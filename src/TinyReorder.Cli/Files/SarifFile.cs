using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Cli.Files;

/// <summary>Diagnostics in SARIF 2.1.0 (OASIS), which code hosts and editors read.</summary>
internal static partial class SarifFile
{
    /// <summary>The option that names the file.</summary>
    public const string OptionName = "--sarif";

    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Writes <paramref name="diagnostics"/> to <paramref name="path"/>.</summary>
    /// <exception cref="TinyReorderException">The file cannot be written: TINY5006.</exception>
    public static void Write(string path, IEnumerable<Diagnostic> diagnostics) => OutputReport.Write(path, Of([.. diagnostics]));

    /// <summary>The text of the file.</summary>
    public static string Of(IReadOnlyList<Diagnostic> diagnostics) => JsonOutput.OfIndented(writer =>
    {
        string[] rules = [.. diagnostics.Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];
        writer.WriteString("$schema", SchemaUri);
        writer.WriteString("version", "2.1.0");
        writer.WriteObjects("runs", [diagnostics], (json, told) =>
        {
            json.WriteObject("tool", () => json.WriteObject("driver", () =>
            {
                json.WriteString("name", DiagnosticWriter.ToolName);
                json.WriteString("version", typeof(SarifFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
                json.WriteObjects("rules", rules, WriteRule);
            }));
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteObjects("results", told, (results, diagnostic) => WriteResult(results, diagnostic, Array.IndexOf(rules, diagnostic.Code)));
        });
    });

    private static void WriteRule(Utf8JsonWriter writer, string code)
    {
        writer.WriteString("id", code);
        if (Titles.TryGetValue(code, out string? title))
            writer.WriteObject("shortDescription", () => writer.WriteString("text", title));
    }

    private static void WriteResult(Utf8JsonWriter writer, Diagnostic diagnostic, int rule)
    {
        writer.WriteString("ruleId", diagnostic.Code);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", diagnostic.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "note" });
        writer.WriteObject("message", () => writer.WriteString("text", diagnostic.Message));
        if (diagnostic.File is not { } file || file == DiagnosticWriter.ToolName)
            return;
        writer.WriteObjects("locations", [file], (json, path) => json.WriteObject("physicalLocation", () =>
        {
            json.WriteObject("artifactLocation", () => json.WriteString("uri", UriOf(path)));
            // A model has no lines, but readers want one.
            json.WriteObject("region", () =>
            {
                json.WriteNumber("startLine", diagnostic.Line ?? 1);
                if (diagnostic.Column is { } column)
                    json.WriteNumber("startColumn", column);
            });
        }));
    }

    /// <summary>A relative reference for a relative path, as code hosts want it, else the URI of the file.</summary>
    private static string UriOf(string path)
    {
        string slashes = OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
        string escaped = string.Join('/', slashes.Split('/').Select(Uri.EscapeDataString));
        return !Path.IsPathRooted(path) ? escaped
            : OperatingSystem.IsWindows() ? "file:///" + escaped.Replace("%3A", ":", StringComparison.Ordinal) : "file://" + escaped;
    }

    /// <summary>The titles of the pages about diagnostics.</summary>
    private static Dictionary<string, string> Titles { get; } = TitleRow().Matches(ShippedFile.Text("diagnostics.md"))
        .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);

    [GeneratedRegex(@"^\| \[(TINY\d{4})\]\([^)]*\) \| (.+) \|\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TitleRow();
}
