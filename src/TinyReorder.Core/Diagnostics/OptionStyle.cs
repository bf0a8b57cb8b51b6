using System.Text;

namespace TinyReorder.Diagnostics;

/// <summary>How options are called where the user writes them.</summary>
internal sealed class OptionStyle
{
    // Where the library's properties are not called like the metadata.
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["Sram"] = "SramBytes",
        ["Flash"] = "FlashBytes",
        ["ReservedSram"] = "ReservedSramBytes",
        ["ReservedFlash"] = "ReservedFlashBytes",
        ["SearchSeconds"] = "SearchTime",
        ["MaxFlash"] = "MaxFlashBytes",
        ["Format"] = "Source",
        ["EmitArena"] = "DefinesArena",
    };

    private static readonly Dictionary<string, string> Enumerations = new(StringComparer.Ordinal)
    {
        ["Order"] = "OrderKind",
        ["Plan"] = "PlanKind",
        ["Overlap"] = "OverlapKind",
        ["Rewrite"] = "RewriteKind",
        ["Kernels"] = "KernelLibrary",
        ["Abi"] = "AbiKind",
        ["ResourceVariables"] = "ResourceVariableKind",
        ["Format"] = "SourceKind",
    };

    private readonly Func<string, string> nameOf;
    private readonly Func<string, string, string> settingOf;

    private OptionStyle(Func<string, string> nameOf, Func<string, string, string> settingOf) => (this.nameOf, this.settingOf) = (nameOf, settingOf);

    /// <summary>Metadata of an item: <c>ReservedSram</c>, <c>Plan="device"</c>.</summary>
    public static OptionStyle Metadata { get; } = new(metadata => metadata, (metadata, value) => $"{metadata}=\"{value}\"");

    /// <summary>Options of a command: <c>--reserved-sram</c>, <c>--plan device</c>.</summary>
    public static OptionStyle CommandLine { get; } = new(OptionOf,
        (metadata, value) => value == "true" ? OptionOf(metadata) : $"{OptionOf(metadata)} {value}");

    /// <summary>Properties of the library: <c>ReservedSramBytes</c>, <c>Plan = PlanKind.Device</c>.</summary>
    public static OptionStyle Library { get; } = new(PropertyOf, (metadata, value) => $"{PropertyOf(metadata)} = {ValueOf(metadata, value)}");

    /// <summary>The option whose metadata is called <paramref name="metadata"/>.</summary>
    public string Name(string metadata) => nameOf(metadata);

    /// <summary>The option with a value, as the user writes it; switches such as <c>--keep-inputs</c> have none on a command line.</summary>
    public string Setting(string metadata, string value) => settingOf(metadata, value);

    private static string OptionOf(string metadata)
    {
        // There --format is that of the answer.
        if (metadata == "Format")
            return "--source";
        var name = new StringBuilder("-");
        foreach (char letter in metadata)
        {
            if (char.IsUpper(letter))
                name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }

    private static string PropertyOf(string metadata) => Properties.TryGetValue(metadata, out string? property) ? property : metadata;

    private static string ValueOf(string metadata, string value)
    {
        if (Enumerations.TryGetValue(metadata, out string? enumeration))
            return $"{enumeration}.{string.Concat(value.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)))}";
        return value is "true" or "false" ? value : $"\"{value}\"";
    }
}
