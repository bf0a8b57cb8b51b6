using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Boards;

/// <summary>Reads the memory regions of a board in a board file; the first is the one that <c>staticRegionBytes</c> is the size of.</summary>
internal static class RegionReader
{
    private const int MaxNameCharacters = 32, MaxSectionCharacters = 128;
    private const string AddressPrefix = "0x";

    private static readonly string[] MemberNames =
        ["name", "baseAddress", "bytes", "keptBytes", "attributes", "within", "section", "zephyrSection", "heapCapability", "source"];

    /// <summary>Reads the member <c>regions</c> of <paramref name="board"/>; null where there is none.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadBoardFile"/>.</exception>
    public static IReadOnlyList<MemoryRegion>? Read(JsonValue board, long staticRegionBytes)
    {
        if (board.Find("regions") is not { } list)
            return null;
        IReadOnlyList<JsonValue> items = list.AsArray();
        if (items.Count == 0)
            throw list.Error("must name a region, or be left out");
        List<MemoryRegion> regions = [];
        foreach (JsonValue item in items)
        {
            BoardReader.RefuseUnknownMembers(item.AsObject(), MemberNames, "a region");
            MemoryRegion region = ReadRegion(item);
            if (regions.Any(known => known.IsNamed(region.Name) || region.IsNamed(known.Name)))
                throw item.Get("name").Error($"is the name of two regions: {JsonText.Quote(region.Name)}");
            if (region.Within is not null && !regions.Any(known => known.Name == region.Within))
                throw item.Get("within").Error($"must be the name of a region before it, not {JsonText.Quote(region.Within)}");
            regions.Add(region);
        }
        return regions[0].Bytes == staticRegionBytes ? regions : throw items[0].Get("bytes").Error(
            $"({Quantity.Bytes(regions[0].Bytes)}) must be staticRegionBytes ({Quantity.Bytes(staticRegionBytes)}): the first region is the default one");
    }

    private static MemoryRegion ReadRegion(JsonValue item)
    {
        long bytes = item.GetInt64("bytes", 1, BoardReader.MaxBytes);
        return new MemoryRegion
        {
            Name = Word(item.Get("name"), MaxNameCharacters, "a name"),
            BaseAddress = item.Find("baseAddress") is { } address ? Address(address) : null,
            Bytes = bytes,
            KeptBytes = item.FindInt64("keptBytes", 0, bytes) ?? 0,
            Attributes = [.. item.FindArray("attributes").Select(Attribute)],
            Within = item.FindString("within"),
            Section = Section(item, "section"),
            ZephyrSection = Section(item, "zephyrSection"),
            HeapCapability = Section(item, "heapCapability"),
            Source = item.Find("source") is { } source ? BoardReader.OneLine(source) : "",
        };
    }

    private static string? Section(JsonValue item, string member) =>
        item.Find(member) is { } value ? Word(value, MaxSectionCharacters, "a section or a macro") : null;

    /// <summary>What can stand in generated code as it is.</summary>
    private static string Word(JsonValue value, int most, string what)
    {
        string word = value.AsString();
        bool isWord = word.Length > 0 && word.Length <= most
            && word.All(c => c is '.' or '_' or '$' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) && word[0] is < '0' or > '9';
        return isWord ? word : throw value.Error($"must be {what} of letters, digits, dots, dollar signs and underscores, no digit first, at most {most} "
            + $"characters, not {JsonText.Quote(word)}");
    }

    private static string Attribute(JsonValue value)
    {
        string word = value.AsString();
        return MemoryRegion.AttributeWords.Contains(word, StringComparer.Ordinal) ? word
            : throw value.Error($"is no attribute of a region: {JsonText.Quote(word)}; there are {string.Join(", ", MemoryRegion.AttributeWords)}");
    }

    private static long Address(JsonValue value)
    {
        string text = value.AsString();
        return text.StartsWith(AddressPrefix, StringComparison.Ordinal)
            && uint.TryParse(text.Substring(AddressPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint address)
            ? address
            : throw value.Error($"must be an address such as \"0x20000000\", not {JsonText.Quote(text)}");
    }
}
