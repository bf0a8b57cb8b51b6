using System.Globalization;
using System.Text.Json;
using TinyReorder.Boards;
using TinyReorder.Json;

namespace TinyReorder.Cli.Json;

/// <summary>The JSON of <c>tinyreorder boards</c>; see docs/cli.md.</summary>
internal static class BoardJson
{
    /// <summary>Writes the members of the object.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Board> boards)
    {
        json.WriteNumber("schema", ResultJson.Schema);
        json.WriteObjects("boards", boards, static (writer, board) =>
        {
            writer.WriteString("id", board.Id);
            writer.WriteTexts("aliases", board.Aliases);
            writer.WriteString("name", board.Name);
            writer.WriteString("mcu", board.Mcu);
            writer.WriteString("core", board.Core);
            writer.WriteNumber("staticRegionBytes", board.StaticRegionBytes);
            writer.WriteNumber("flashBytes", board.FlashBytes);
            writer.WriteNumberOrNull("maxFlashBytes", board.MaxFlashBytes);
            writer.WriteString("kernels", board.Kernels);
            writer.WriteObjects("regions", board.Regions, WriteRegion);
        });
    }

    private static void WriteRegion(Utf8JsonWriter writer, MemoryRegion region)
    {
        writer.WriteString("name", region.Name);
        writer.WriteString("baseAddress", region.BaseAddress is { } address ? "0x" + address.ToString("X8", CultureInfo.InvariantCulture) : null);
        writer.WriteNumber("bytes", region.Bytes);
        writer.WriteNumber("keptBytes", region.KeptBytes);
        writer.WriteTexts("attributes", region.Attributes);
        writer.WriteString("within", region.Within);
        writer.WriteString("section", region.Section);
        writer.WriteString("zephyrSection", region.ZephyrSection);
        writer.WriteString("heapCapability", region.HeapCapability);
        writer.WriteString("source", region.Source);
    }
}
