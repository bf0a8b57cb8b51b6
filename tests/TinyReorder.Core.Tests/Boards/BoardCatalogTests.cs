using System.Text;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.Boards;

public class BoardCatalogTests
{
    private const string Minimal = """{ "boards": [{ "id": "mine", "name": "My board", "staticRegionBytes": 1000, "flashBytes": 2000 }] }""";

    [Fact]
    public void Four_members_make_a_board()
    {
        Board board = Load(Minimal).Find("MINE");

        Assert.Equal(("mine", "My board", 1000, 2000, 2000), (board.Id, board.Name, board.StaticRegionBytes, board.FlashBytes, board.UsableFlashBytes));
        Assert.Equal(("reference", "none", null), (board.Kernels, board.Fpu, board.SramTotalBytes));
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_board_file()
    {
        string page = File.ReadAllText(RepositoryFile("docs/boards.md"));
        string example = page.Split("```json\n")[1].Split("```")[0];

        Board board = Assert.Single(Load(example).Boards);
        Assert.Equal("cmsis-nn-dsp", board.Kernels);
        Assert.NotEmpty(board.Aliases);
    }

    [Theory]
    [InlineData("[]", "$ must be an object")]
    [InlineData("{}", "$ has no \"boards\"")]
    [InlineData("{", "not valid JSON at line 1")]
    [InlineData("""{ "boards": [1] }""", "$.boards[0] must be an object")]
    [InlineData("""{ "boards": [{ "id": "a" }] }""", "$.boards[0] has no \"name\"")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "flashBytes": 1 }] }""", "$.boards[0] has no \"staticRegionBytes\"")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 0, "flashBytes": 1 }] }""", "$.boards[0].staticRegionBytes must be a whole number from 1")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": -5, "flashBytes": 1 }] }""", "$.boards[0].staticRegionBytes must be a whole number from 1")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 9223372036854775807, "flashBytes": 1 }] }""", "$.boards[0].staticRegionBytes must be")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": "20k", "flashBytes": 1 }] }""", "$.boards[0].staticRegionBytes must be a number, not a string")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 1, "flashBytes": 0 }] }""", "$.boards[0].flashBytes must be")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 2, "sramTotalBytes": 1, "flashBytes": 1 }] }""", "$.boards[0].sramTotalBytes (1 B) is less")]
    [InlineData("""{ "boards": [{ "id": "", "name": "A", "staticRegionBytes": 1, "flashBytes": 1 }] }""", "$.boards[0].id must be a name")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A\nB", "staticRegionBytes": 1, "flashBytes": 1 }] }""", "$.boards[0].name must be text of one line")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 1, "flashBytes": 1, "kernels": "cmsis" }] }""", "$.boards[0].kernels is no kernel library: \"cmsis\"; there are reference, cmsis-nn-dsp")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 1, "flashBytes": 1, "kernel": "reference" }] }""", "$.boards[0].kernel is no member of a board; nearest: kernels")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 1, "flashBytes": 1, "aliases": ["b", "A"] }] }""", "$.boards[0].aliases[1] is the name of two boards: \"A\"")]
    [InlineData("""{ "boards": [{ "id": "a", "name": "A", "staticRegionBytes": 1, "flashBytes": 1 }, { "id": "A", "name": "B", "staticRegionBytes": 1, "flashBytes": 1 }] }""", "$.boards[1].id is the name of two boards: \"A\"")]
    public void A_bad_board_file_is_one_error_with_the_place(string json, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(json)).Diagnostic;

        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(("TINY1004", "my-boards.json"), (diagnostic.Code, diagnostic.File));
    }

    [Theory]
    [InlineData("stm32f013", "stm32f103")]
    [InlineData("nano33", "nano33ble")]
    [InlineData("esp32s4", "esp32s3")]
    [InlineData("arduino:mbed_nano:nano33bl", "arduino:mbed_nano:nano33ble")]
    public void An_unknown_board_is_answered_with_the_nearest_names(string name, string nearest)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => BoardCatalog.BuiltIn.Find(name)).Diagnostic;

        Assert.Equal("TINY1003", diagnostic.Code);
        Assert.StartsWith($"no board is named \"{name}\"; nearest: ", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_however_long_or_strange_stays_one_short_line()
    {
        string message = Assert.Throws<TinyReorderException>(() => BoardCatalog.BuiltIn.Find("a\nb" + new string('x', 1_000_000))).Message;

        Assert.DoesNotContain('\n', message);
        Assert.True(message.Length < 400, message);
    }

    [Fact]
    public void A_users_board_is_found_beside_the_built_in_ones()
    {
        BoardCatalog catalog = BoardCatalog.BuiltIn.With(Load(Minimal));

        Assert.Equal(BoardCatalog.BuiltIn.Boards.Count + 1, catalog.Boards.Count);
        Assert.Equal("mine", catalog.Find("mine").Id);
        Assert.Equal("uno", catalog.Find("uno").Id);
    }

    [Fact]
    public void A_users_board_replaces_the_built_in_one_of_its_id_under_all_its_names()
    {
        BoardCatalog catalog = BoardCatalog.BuiltIn.With(Load(Minimal.Replace("mine", "BluePill_F103C8", StringComparison.Ordinal)));

        Assert.Equal(BoardCatalog.BuiltIn.Boards.Count, catalog.Boards.Count);
        Assert.Equal(1000, catalog.Find("stm32f103").StaticRegionBytes);
        Assert.Equal(1000, catalog.Find("bluepill_f103c8").StaticRegionBytes);
    }

    [Fact]
    public void A_users_board_takes_an_alias_over()
    {
        BoardCatalog catalog = BoardCatalog.BuiltIn.With(Load(Minimal.Replace("mine", "esp32", StringComparison.Ordinal)));

        Assert.Equal(1000, catalog.Find("esp32").StaticRegionBytes);
        Assert.Equal(180_736, catalog.Find("esp32dev").StaticRegionBytes);
    }

    [Fact]
    public void Boards_that_would_fit_begin_with_the_same_family_then_the_vendor_then_the_smallest()
    {
        BoardCatalog catalog = Load("""
            { "boards": [
              { "id": "same-vendor-other-kernels", "name": "n", "mcu": "stm32f303", "staticRegionBytes": 3000, "flashBytes": 9000, "kernels": "cmsis-nn-dsp" },
              { "id": "other-vendor-small", "name": "n", "mcu": "nrf52833", "staticRegionBytes": 2100, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "same-vendor-large", "name": "n", "mcu": "stm32f207", "staticRegionBytes": 6000, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "same-vendor", "name": "n", "mcu": "stm32f091", "staticRegionBytes": 4000, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "same-vendor-same-chip", "name": "n", "mcu": "STM32F091", "staticRegionBytes": 4000, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "same-family", "name": "n", "mcu": "stm32f103rct6", "staticRegionBytes": 9000, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "too-little-sram", "name": "n", "mcu": "stm32f103c8", "staticRegionBytes": 1999, "flashBytes": 9000, "kernels": "cmsis-nn-c" },
              { "id": "too-little-flash", "name": "n", "mcu": "stm32f103cb", "staticRegionBytes": 2000, "flashBytes": 9000, "maxFlashBytes": 4999, "kernels": "cmsis-nn-c" },
              { "id": "no-kernels", "name": "n", "mcu": "stm32f103xx", "staticRegionBytes": 2000, "flashBytes": 9000, "kernels": "none" }
            ] }
            """);
        Board like = catalog.Find("too-little-sram");

        Assert.Equal(["same-family", "same-vendor", "same-vendor-large"], Ids(catalog.FittingBoards(2000, 5000, like)));
        Assert.Equal(
            ["same-family", "same-vendor", "same-vendor-large", "same-vendor-other-kernels", "other-vendor-small"],
            Ids(catalog.FittingBoards(2000, 5000, like, most: 10)));
        Assert.Equal(["same-family", "same-vendor-other-kernels"], Ids(catalog.FittingBoards(2000, 5000, like, "cmsis-nn-dsp", most: 2)));
        Assert.Contains("no-kernels", Ids(catalog.FittingBoards(2000, 5000, like, "none", most: 10)));
        Assert.Empty(catalog.FittingBoards(9001, 1, like));
    }

    [Fact]
    public void Every_board_that_is_said_to_fit_does()
    {
        foreach (Board like in BoardCatalog.BuiltIn.Boards)
        {
            bool Holds(Board board) => board.StaticRegionBytes > like.StaticRegionBytes && board.UsableFlashBytes > like.UsableFlashBytes;
            IReadOnlyList<Board> boards = BoardCatalog.BuiltIn.FittingBoards(like.StaticRegionBytes + 1, like.UsableFlashBytes + 1, like);

            int chips = BoardCatalog.BuiltIn.Boards.Where(board => Holds(board) && (like.Kernels == "none" || board.Kernels != "none"))
                .Select(board => board.Mcu).Distinct().Count();
            Assert.Equal(Math.Min(3, chips), boards.Count);
            Assert.All(boards, board => Assert.True(Holds(board)));
        }
    }

    private static string[] Ids(IEnumerable<Board> boards) => boards.Select(board => board.Id).ToArray();

    private static BoardCatalog Load(string json) => BoardCatalog.Load(Encoding.UTF8.GetBytes(json), "my-boards.json");

    private static string RepositoryFile(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TinyReorder.Build.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, path);
    }
}
