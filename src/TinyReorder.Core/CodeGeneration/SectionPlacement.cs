using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// Where a variable of the generated code lies: a section of the linker script, or a macro with which ESP-IDF or Zephyr names one. Made only by <see
/// cref="Parse"/>, so that nothing else than a name ever reaches the code.
/// </summary>
internal sealed class SectionPlacement
{
    /// <summary>The longest section name.</summary>
    public const int MaxCharacters = 128;

    private const string EspGuard = "ESP_PLATFORM", EspHeader = "\"esp_attr.h\"", ZephyrGuard = "__ZEPHYR__", ZephyrHeader = "<zephyr/linker/section_tags.h>";

    // esp_attr.h of ESP-IDF, and section_tags.h of Zephyr.
    private static readonly string[] EspMacros =
        ["DRAM_ATTR", "EXT_RAM_BSS_ATTR", "EXT_RAM_NOINIT_ATTR", "RTC_DATA_ATTR", "RTC_NOINIT_ATTR", "RTC_RODATA_ATTR", "__NOINIT_ATTR"];

    private static readonly string[] ZephyrMacros =
    [
        "__ccm_bss_section", "__ccm_data_section", "__ccm_noinit_section", "__dtcm_bss_section", "__dtcm_data_section", "__dtcm_noinit_section",
        "__ocm_bss_section", "__ocm_data_section",
    ];

    private SectionPlacement(string? section, string? macro, string? guard, string? header)
    {
        Section = section;
        Macro = macro;
        Guard = guard;
        Header = header;
    }

    /// <summary>The section, such as <c>.ccm</c>; null where a macro names it.</summary>
    public string? Section { get; }

    /// <summary>The macro, such as <c>EXT_RAM_BSS_ATTR</c>; null where there is none.</summary>
    public string? Macro { get; }

    /// <summary>What the platform of the macro defines, such as <c>ESP_PLATFORM</c>.</summary>
    public string? Guard { get; }

    /// <summary>What includes the macro, with its quotes or brackets.</summary>
    public string? Header { get; }

    /// <summary>Under Zephyr, the macro that places a variable there instead; null where there is none.</summary>
    public string? ZephyrMacro { get; private init; }

    /// <summary>Under Zephyr, the section instead; null where it is <see cref="Section"/>.</summary>
    public string? ZephyrSection { get; private init; }

    /// <summary>What places a variable in <paramref name="region"/>; null where nothing is known to.</summary>
    public static SectionPlacement? Of(MemoryRegion region)
    {
        SectionPlacement? usual = Parse(region.Section, region.Name), zephyr = Parse(region.ZephyrSection, region.Name);
        return usual is null && zephyr is null ? null : new SectionPlacement(usual?.Section, usual?.Macro, usual?.Guard, usual?.Header)
        {
            ZephyrMacro = zephyr?.Macro,
            ZephyrSection = zephyr?.Section,
        };
    }

    /// <summary>Reads a user's word; null where there is none.</summary>
    /// <param name="word">A section or a macro.</param>
    /// <param name="option">What the word was given for; messages begin with it.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>: it is neither.</exception>
    public static SectionPlacement? Parse(string? word, string option)
    {
        if (string.IsNullOrWhiteSpace(word))
            return null;
        string name = word!.Trim();
        if (EspMacros.Contains(name, StringComparer.Ordinal))
            return new SectionPlacement(null, name, EspGuard, EspHeader);
        if (ZephyrMacros.Contains(name, StringComparer.Ordinal))
            return new SectionPlacement(null, name, ZephyrGuard, ZephyrHeader);
        if (name.Length > MaxCharacters || !name.All(IsAllowed) || name[0] is >= '0' and <= '9' || name.All(c => c == '.'))
            throw Bad($"{option} is \"{Quote.Text(name)}\", but must be a section such as \".ccmram\": letters, digits, dots, dollar signs and "
                + $"underscores, no digit first, at most {MaxCharacters} characters");
        // A mistyped macro would else become a section that no linker script knows.
        if (name.EndsWith("_ATTR", StringComparison.Ordinal) || name.EndsWith("_section", StringComparison.Ordinal))
            throw Bad($"{option} does not know the macro {Quote.Text(name)}; nearest: "
                + $"{string.Join(", ", NearestNames.Find(name, EspMacros.Concat(ZephyrMacros)))}");
        return new SectionPlacement(name, null, null, null);
    }

    private static bool IsAllowed(char c) => c is '.' or '_' or '$' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
