using TinyReorder.Diagnostics;

namespace TinyReorder.Build;

/// <summary>The metadata that a <c>TinyModel</c> may have. MSBuild takes any, so that a misspelt one would say nothing and be passed over.</summary>
internal static class MetadataNames
{
    // Longer names may have two letters wrong and still mean one of ours.
    private const int LongName = 6;

    /// <summary>Those that mean something, as build/TinyReorder.Build.props has them.</summary>
    public static readonly string[] Known =
    [
        "Board", "Sram", "Flash", "Core",
        "Symbol", "OutputDir", "Runtime", "RuntimePath", "Abi", "Kernels", "Profile", "Plan", "Overlap", "Rewrite", "MaxWork", "MaxFlash",
        "KeepInputs", "ReservedSram", "ReservedFlash", "ArenaGroup", "ArenaSharing", "ArenaMargin", "ResourceVariables", "Strict", "SelfTest", "Template", "Format", "OpResolver",
        "EmitArena",
        "ModelSection", "ArenaSection", "ArenaRegion", "PersistentRegion", "EmitModel", "Report", "SearchSeconds",
    ];

    /// <summary>
    /// A warning for each name that is nearly one of ours: up to one letter wrong, in longer names two, or more than the first half of it. Others are the
    /// project's own and nobody's business.
    /// </summary>
    /// <param name="names">All metadata of an item.</param>
    /// <param name="ignored">Names that the project means, separated by semicolons.</param>
    /// <param name="isStrict">Whether they are errors.</param>
    public static IEnumerable<Diagnostic> Check(IEnumerable<string> names, string ignored, bool isStrict)
    {
        string[] allowed = [.. Known, .. ignored.Split(';').Select(name => name.Trim())];
        foreach (string name in names.Where(name => !allowed.Contains(name, StringComparer.OrdinalIgnoreCase)).OrderBy(name => name, StringComparer.Ordinal))
        {
            if (Nearest(name) is not { } meant)
                continue;
            yield return new Diagnostic(
                DiagnosticCodes.UnknownMetadata,
                isStrict ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                $"the item has the metadata '{Quote.Text(name)}', which means nothing; did you mean {meant}? Name it in TinyModelIgnoredMetadata if it is "
                    + "your own");
        }
    }

    private static string? Nearest(string name)
    {
        string? begun = Known.FirstOrDefault(known => 2 * name.Length > known.Length && known.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return begun ?? NearestNames.Within(name, Known, name.Length < LongName ? 1 : 2);
    }
}
