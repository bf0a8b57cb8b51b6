using System.Text;

namespace TinyReorder.Diagnostics;

/// <summary>How options are called where the user writes them.</summary>
public sealed class OptionStyle
{
    private readonly bool isCommandLine;

    private OptionStyle(bool isCommandLine) => this.isCommandLine = isCommandLine;

    /// <summary>Metadata of an item: <c>ReservedSram</c>, <c>Plan="device"</c>.</summary>
    public static OptionStyle Metadata { get; } = new(isCommandLine: false);

    /// <summary>Options of a command: <c>--reserved-sram</c>, <c>--plan device</c>.</summary>
    public static OptionStyle CommandLine { get; } = new(isCommandLine: true);

    /// <summary>The option whose metadata is called <paramref name="metadata"/>.</summary>
    public string Name(string metadata)
    {
        if (!isCommandLine)
            return metadata;
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

    /// <summary>The option with a value, as the user writes it; switches such as <c>--keep-inputs</c> have none on a command line.</summary>
    public string Setting(string metadata, string value) => !isCommandLine ? $"{metadata}=\"{value}\"" : value == "true" ? Name(metadata) : $"{Name(metadata)} {value}";
}
