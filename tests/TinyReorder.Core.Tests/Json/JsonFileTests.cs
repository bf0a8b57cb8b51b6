using System.Text;
using System.Text.Json;
using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Tests.Json;

public class JsonFileTests
{
    [Fact]
    public void Values_of_every_kind_are_read_in_the_files_order()
    {
        JsonValue root = Parse("""{ "b": -12, "a": [true, false, null, 1.5e3, "é\u00e9\n\"\\\/😀"], "c": { "": {} }, "__type": "x" }""");

        Assert.Equal(["b", "a", "c", "__type"], root.Children.Select(child => child.Name));
        Assert.Equal(-12, root.GetInt64("b"));
        IReadOnlyList<JsonValue> items = root.GetArray("a");
        Assert.Equal([JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null, JsonValueKind.Number, JsonValueKind.String],
            items.Select(item => item.Kind));
        Assert.True(items[0].AsBoolean());
        Assert.False(items[1].AsBoolean());
        Assert.Equal("éé\n\"\\/😀", items[4].AsString());
        Assert.Empty(root.Get("c").Get("").Children);
    }

    [Fact]
    public void A_byte_order_mark_is_tolerated() =>
        Assert.Equal(1, JsonFile.Parse([0xEF, 0xBB, 0xBF, (byte)'1'], "f.json", "TINY1004").AsInt64());

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1 2]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[{} {}]")]
    [InlineData("{} {}")]
    [InlineData("[1]]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("[1abc]")]
    [InlineData("[01]")]
    [InlineData("[-]")]
    [InlineData("[-01]")]
    [InlineData("[1.]")]
    [InlineData("[.5]")]
    [InlineData("[+1]")]
    [InlineData("[1e]")]
    [InlineData("[NaN]")]
    [InlineData("[TRUE]")]
    [InlineData("['a']")]
    [InlineData("[\"a]")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("[\"\\q\"]")]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("// comment\n1")]
    public void What_is_no_json_is_an_error_with_a_place(string text)
    {
        Diagnostic diagnostic = Fails(() => Parse(text));

        Assert.Matches("^not valid JSON at line [0-9]+, column [0-9]+: ", diagnostic.Message);
    }

    [Theory]
    [InlineData("{\n  \"a\": 1,\n  \"a\": 2\n}", "not valid JSON at line 3, column 3: the key \"a\" appears twice in $")]
    [InlineData("{\"x\": [{}, {\"a\": 1 \"b\": 2}]}", "not valid JSON at line 1, column 20: '\"' is not expected here; expected either ',', '}', or ']'")]
    [InlineData("[\r\n  tru\r\n]", "not valid JSON at line 2, column 6: '\\u000d' is not expected here; expected the literal 'true'")]
    [InlineData("{\"é😀\": [\n\n\"ä\", 1,\n]}", "not valid JSON at line 4, column 1: ']' is not expected here")]
    [InlineData("{\"é😀\" é}", "not valid JSON at line 1, column 8: 'é' is not expected here; expected a ':'")]
    [InlineData("[1, 😀]", "not valid JSON at line 1, column 5: '\\ud83d' is not expected here")]
    [InlineData("[\"a\tb\"]", "not valid JSON at line 1, column 4: '\\u0009' is not expected here")]
    [InlineData("// why\n[]", "not valid JSON at line 1, column 1: '/' is not expected here")]
    [InlineData("[1] []", "not valid JSON at line 1, column 5: '[' is not expected here; expected end of data")]
    [InlineData("{\"a\": [1,\n", "not valid JSON at line 2, column 1: the file ends too soon")]
    [InlineData("", "not valid JSON at line 1, column 1: the file ends too soon")]
    [InlineData("[\n \"\\ud800\"]", "not valid JSON at line 2, column 2: a string holds half of a surrogate pair")]
    [InlineData("{\"\\udc00\": 1}", "not valid JSON at line 1, column 2: a string holds half of a surrogate pair")]
    [InlineData("[truth. Expected a lot]", "not valid JSON at line 1, column 5: 't' is not expected here; expected the literal 'true'")]
    public void A_fault_is_told_with_line_and_column(string text, string message) => Assert.Equal(message, Fails(() => Parse(text)).Message);

    [Fact]
    public void Bytes_that_are_no_utf8_are_an_error() =>
        Assert.Equal("the file is not valid UTF-8", Fails(() => JsonFile.Parse([(byte)'"', 0xC3, (byte)'"'], "f.json", "TINY1004")).Message);

    [Fact]
    public void Values_nest_64_deep_and_no_deeper()
    {
        JsonValue value = Parse(new string('[', 64) + new string(']', 64));
        int depth = 1;
        for (; value.Children.Count > 0; value = value.Children[0])
            depth++;
        Assert.Equal(64, depth);

        Assert.Contains("nest deeper than 64", Fails(() => Parse(new string('[', 65) + new string(']', 65))).Message, StringComparison.Ordinal);
        Assert.Contains("nest deeper than 64", Fails(() => Parse(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_too_many_bytes_or_values_are_refused()
    {
        Assert.Contains("16,777,217 B", Fails(() => JsonFile.Parse(new byte[JsonFile.MaxFileBytes + 1], "f.json", "TINY1004")).Message,
            StringComparison.Ordinal);
        string many = "[" + string.Concat(Enumerable.Repeat("1,", JsonFile.MaxValues)) + "1]";
        Assert.Contains("more than 1,048,576 values", Fails(() => Parse(many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_missing_or_of_another_kind_is_named_with_its_path()
    {
        JsonValue board = Parse("""{ "boards": [1, { "id": 5, "flashBytes": "x", "big": 99999999999999999999, "half": 1.5, "odd key": [true], "none": null }] }""")
            .GetArray("boards")[1];

        Assert.Equal("$.boards[1] has no \"name\"", Fails(() => board.GetString("name")).Message);
        Assert.Equal("$.boards[1] has no \"none\"", Fails(() => board.GetString("none")).Message);
        Assert.Equal("$.boards[1].id must be a string, not a number", Fails(() => board.GetString("id")).Message);
        Assert.Equal("$.boards[1].id must be an array, not a number", Fails(() => board.GetArray("id")).Message);
        Assert.Equal("$.boards[1].flashBytes must be a number, not a string", Fails(() => board.FindInt64("flashBytes")).Message);
        Assert.Equal("$.boards[1].id must be a whole number from 6 to 1,000, not 5", Fails(() => board.GetInt64("id", 6, 1000)).Message);
        Assert.StartsWith("$.boards[1].big must be a whole number from ", Fails(() => board.GetInt64("big")).Message, StringComparison.Ordinal);
        Assert.Equal("$.boards[1].half must be a whole number without fraction or exponent, not 1.5", Fails(() => board.GetInt64("half")).Message);
        Assert.Equal("$.boards[1][\"odd key\"][0] must be an object, not true or false", Fails(() => board.GetArray("odd key")[0].Find("x")).Message);
        Assert.Null(board.FindString("none"));
        Assert.Null(board.FindString("name"));
        Assert.Null(board.FindInt64("name"));
        Assert.Empty(board.FindArray("name"));
    }

    [Fact]
    public void What_a_message_shows_of_the_file_stays_short_and_on_one_line()
    {
        string key = "a\n" + new string('k', 100_000);
        string message = Fails(() => Parse("{\"" + key.Replace("\n", "\\n", StringComparison.Ordinal) + "\": 1}").Children[0].AsString()).Message;

        Assert.True(message.Length < 200, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void No_damage_to_a_file_ends_in_anything_but_a_tree_or_a_diagnostic()
    {
        byte[] good = Encoding.UTF8.GetBytes("""{ "boards": [{ "id": "é", "sizes": [0, -1.5e-3, true, null] }, {}] }""");
        for (int length = 0; length < good.Length; length++)
            Fails(() => JsonFile.Parse(good.AsSpan(0, length).ToArray(), "f.json", "TINY1004"));

        Random random = new(20211);
        for (int round = 0; round < 5000; round++)
        {
            byte[] damaged = (byte[])good.Clone();
            for (int i = 0; i < 3; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                JsonFile.Parse(damaged, "f.json", "TINY1004");
            }
            catch (TinyReorderException)
            {
            }
        }
    }

    private static JsonValue Parse(string text) => JsonFile.Parse(Encoding.UTF8.GetBytes(text), "f.json", "TINY1004");

    private static Diagnostic Fails(Func<object?> action)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(action).Diagnostic;
        Assert.Equal("f.json", diagnostic.File);
        Assert.Equal("TINY1004", diagnostic.Code);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        return diagnostic;
    }
}
