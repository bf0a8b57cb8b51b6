using System.Globalization;
using System.Text;

namespace TinyReorder.Boards;

/// <summary>Chips that may stand where no board is meant; <c>chips.tsv</c> says where their sizes come from.</summary>
internal static class ChipCatalog
{
    private const int ShortestName = 4, LongestRest = 6;

    private static readonly Lazy<Dictionary<string, Board>> Lazy = new(Load);

    /// <summary>All of them, by their names in lower case.</summary>
    public static IReadOnlyDictionary<string, Board> Chips => Lazy.Value;

    /// <summary>The chip of that name, or the one whose name a part's number begins with, such as <c>stm32f407vgt6</c>; null where there is none.</summary>
    public static Board? Find(string name)
    {
        string wanted = name.Trim().ToLowerInvariant();
        // Behind the name stand package, temperature and packing.
        if (wanted.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
            return null;
        for (int length = wanted.Length; length >= Math.Max(ShortestName, wanted.Length - LongestRest); length--)
        {
            if (Chips.TryGetValue(wanted.Substring(0, length), out Board? chip))
                return chip;
        }
        return null;
    }

    private static Dictionary<string, Board> Load()
    {
        string[] lines = Encoding.UTF8.GetString(EmbeddedFile.Read("TinyReorder.Boards.chips.tsv")).Split('\n');
        return lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => Read(line.TrimEnd('\r').Split('\t')))
            .ToDictionary(chip => chip.Id, StringComparer.Ordinal);
    }

    private static Board Read(string[] cells) => new()
    {
        Id = cells[0],
        Name = "the chip alone",
        Mcu = cells[0],
        Core = cells[3],
        StaticRegionBytes = long.Parse(cells[1], CultureInfo.InvariantCulture),
        FlashBytes = long.Parse(cells[2], CultureInfo.InvariantCulture),
        Kernels = CoreDefaults.KernelsOf(cells[3]),
        Abi = CoreDefaults.AbiOf(cells[3]),
        Source = cells[4] == "m" ? "modm-io/modm-devices" : "platformio: boards/*.json",
    };
}
