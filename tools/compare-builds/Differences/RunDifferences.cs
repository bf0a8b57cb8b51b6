using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TinyReorder.CompareBuilds.Running;

namespace TinyReorder.CompareBuilds.Differences;

/// <summary>Finds how two runs with one model and option set differ.</summary>
/// <param name="ignored">What may differ.</param>
/// <param name="model">The model's file name, which the kinds of differences leave out.</param>
internal sealed partial class RunDifferences(IgnoredText ignored, string model)
{
    private const string OnlyBefore = "only BEFORE", OnlyAfter = "only AFTER";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All differences: exit code, standard output, diagnostics, files.</summary>
    public IEnumerable<Difference> Of(ToolRun before, ToolRun after)
    {
        if (before.ExitCode != after.ExitCode)
            yield return new Difference("exit code", "exit code", FormattableString.Invariant($"{before.ExitCode} -> {after.ExitCode}"));
        IEnumerable<Difference> ofOutput = OfOutput(ignored.RemoveFrom(before.Output), ignored.RemoveFrom(after.Output));
        foreach (Difference difference in ofOutput.Concat(OfDiagnostics(before, after)).Concat(OfFiles(before, after)))
            yield return difference;
    }

    private static IEnumerable<Difference> OfOutput(string before, string after)
    {
        if (before == after)
            return [];
        if (Json(before) is { } a && Json(after) is { } b)
            return JsonDifferences.Of(a, b);
        return [new Difference("standard output", "standard output", TextDifference.Of(before, after))];
    }

    private static JsonElement? Json(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IEnumerable<Difference> OfDiagnostics(ToolRun before, ToolRun after)
    {
        List<string> old = Lines(before.Errors), recent = Lines(after.Errors);
        List<string> removed = Without(old, recent), added = Without(recent, old);
        foreach (string line in removed)
            yield return new Difference($"diagnostics {Code(line)} {OnlyBefore}", "diagnostics", $"{OnlyBefore}: {line}");
        foreach (string line in added)
            yield return new Difference($"diagnostics {Code(line)} {OnlyAfter}", "diagnostics", $"{OnlyAfter}: {line}");
        if (removed.Count + added.Count == 0 && !old.SequenceEqual(recent))
            yield return new Difference("diagnostics in another order", "diagnostics", "the same lines in another order");
    }

    private List<string> Lines(string text) => [.. ignored.RemoveFrom(text).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];

    // Lines that occur more than once count as often as they do.
    private static List<string> Without(List<string> lines, List<string> others)
    {
        List<string> left = [.. lines];
        foreach (string other in others)
            left.Remove(other);
        return left;
    }

    private static string Code(string line) => DiagnosticCode().Match(line) is { Success: true } code ? code.Value : "without a code";

    private IEnumerable<Difference> OfFiles(ToolRun before, ToolRun after)
    {
        SortedDictionary<string, byte[]> old = Named(before.Files), recent = Named(after.Files);
        foreach (string file in old.Keys.Union(recent.Keys).Order(StringComparer.Ordinal))
        {
            string kind = "file " + file.Replace(Path.GetFileNameWithoutExtension(model), "NAME", StringComparison.Ordinal);
            if (!recent.TryGetValue(file, out byte[]? newContent))
                yield return new Difference($"{kind} {OnlyBefore}", file, OnlyBefore);
            else if (!old.TryGetValue(file, out byte[]? oldContent))
                yield return new Difference($"{kind} {OnlyAfter}", file, OnlyAfter);
            else if (OfContent(oldContent, newContent) is { } text)
                yield return new Difference(kind, file, text);
        }
    }

    // A file whose whole name is ignored is not compared.
    private SortedDictionary<string, byte[]> Named(IReadOnlyDictionary<string, byte[]> files)
    {
        var named = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string file, byte[] content) in files)
        {
            if (ignored.RemoveFrom(file) is { Length: > 0 } name)
                named[name] = content;
        }
        return named;
    }

    private string? OfContent(byte[] before, byte[] after)
    {
        if (before.AsSpan().SequenceEqual(after))
            return null;
        if (Text(before) is not { } a || Text(after) is not { } b)
            return OfBytes(before, after);
        (a, b) = (ignored.RemoveFrom(a), ignored.RemoveFrom(b));
        return a == b ? null : TextDifference.Of(a, b);
    }

    private static string OfBytes(byte[] before, byte[] after)
    {
        int same = before.AsSpan().CommonPrefixLength(after);
        return FormattableString.Invariant($"byte {same} is the first that differs, of {before.Length} -> {after.Length} bytes");
    }

    private static string? Text(byte[] content)
    {
        try
        {
            return content.AsSpan().Contains((byte)0) ? null : Utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    [GeneratedRegex("TINY[0-9]{4}")]
    private static partial Regex DiagnosticCode();
}
