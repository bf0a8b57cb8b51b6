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
            writer.WriteStartArray("aliases");
            foreach (string alias in board.Aliases)
                writer.WriteStringValue(alias);
            writer.WriteEndArray();
            writer.WriteString("name", board.Name);
            writer.WriteString("mcu", board.Mcu);
            writer.WriteString("core", board.Core);
            writer.WriteNumber("staticRegionBytes", board.StaticRegionBytes);
            writer.WriteNumber("flashBytes", board.FlashBytes);
            writer.WriteNumberOrNull("maxFlashBytes", board.MaxFlashBytes);
            writer.WriteString("kernels", board.Kernels);
        });
    }
}
