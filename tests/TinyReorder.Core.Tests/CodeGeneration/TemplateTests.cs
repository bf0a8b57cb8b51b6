using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.CodeGeneration;

public class TemplateTests
{
    [Fact]
    public void A_users_template_replaces_the_header_and_is_not_escaped()
    {
        string header = Samples.Header(Samples.Kws with { Profile = "<a> & \"b\"" },
            Generator("{{symbol}} {{arena_bytes}}\r\n{{arena_text}} {{profile}}{{ if board }} {{board}}{{ end }}\n"));

        Assert.Equal("kws 22784\n22,784 B <a> & \"b\" stm32f103 (BluePill F103C8)\n", header);
    }

    [Fact]
    public void A_users_source_template_places_the_bytes_where_it_wants_them()
    {
        CodeGenerator generator = new(source: File("// {{symbol}}\nstatic const char {{model_array}}[{{model_length}}] = {\n{{model_bytes}}\n};\n"));

        Assert.Equal("// kws\nstatic const char g_kws_model[2] = {\n    0x01, 0x02,\n};\n", Samples.Source(Samples.Kws with { Model = [1, 2] }, generator));
    }

    [Fact]
    public void A_header_may_hold_the_bytes() =>
        Assert.Equal("{    0x01,}", Samples.Header(Samples.Kws with { Model = [1] }, Generator("{ {{- model_bytes -}} }")));

    [Fact]
    public void Every_variable_of_the_documentation_exists_and_every_variable_is_documented()
    {
        string[] page = System.IO.File.ReadAllText(RepositoryFiles.PathOf("docs/templates.md")).Split("\n### ");
        string[] documented = Names(page[0]);
        Assert.Equal(OpResolverVariables.Of("kws", OpResolver.Of([])).Keys.Order(StringComparer.Ordinal), Names(page[1]).Order(StringComparer.Ordinal));

        Assert.Equal(TemplateVariables.Of(Samples.Kws).Keys.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.All(documented, name => Assert.NotNull(Samples.Header(Samples.Bare, Generator($"{{{{{name}}}}}"))));

        static string[] Names(string section) => [.. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(',').Select(name => name.Trim().Trim('`')))];
    }

    [Fact]
    public void The_example_of_the_documentation_renders()
    {
        string page = System.IO.File.ReadAllText(RepositoryFiles.PathOf("docs/templates.md"));
        string example = page.Split("```scriban\n")[1].Split("```")[0];

        Assert.Contains("kws_arena[22784]", Samples.Header(Samples.Kws, Generator(example)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_numbers_and_what_is_empty_counts_as_false() =>
        Assert.Equal("22800 no no",
            Samples.Header(Samples.Kws, Generator("{{ arena_bytes + 16 }} {{ if abi }}yes{{ else }}no{{ end }} {{ if has_margin }}yes{{ else }}no{{ end }}")));

    [Theory]
    [InlineData("a\nb {{arena_byte}}\n", 2, 5, "there is no variable arena_byte; nearest: arena_bytes, ")]
    [InlineData("a\n\n{{ if bord }}x{{ end }}", 3, 7, "there is no variable bord; nearest: board")]
    [InlineData("{{ for c in constants }}\n{{ c.valu }}{{ end }}", 2, 6, "Cannot get member with name valu.")]
    [InlineData("{{ constants[99].value }}", 1, 14, "The index 99 is out of bounds")]
    [InlineData("a\nb\n{{ symbol )", 3, 11, "")]
    [InlineData("a\n {{ if board }}", 2, 14, "Error while parsing if statement: The <end> statement was not found")]
    [InlineData("a\n{{ end }}", 2, 6, "Error while parsing ScriptPage: Found <end> statement without a corresponding beginning")]
    [InlineData("a\nb\0", 2, 2, "holds a NUL character")]
    [InlineData("{{model_bytes}}{{model_bytes}}", null, null, "places {{model_bytes}} more than once")]
    [InlineData("{{ model_bytes | string.slice 1 }}", null, null, "changes {{model_bytes}}, which can only be placed as it is")]
    [InlineData("{{ model_bytes | string.upcase }}", null, null, "changes {{model_bytes}}, which can only be placed as it is")]
    [InlineData("x\n{{ 'a' + $\"{symbol}\" }}", 2, 12, "texts with expressions inside")]
    public void A_bad_template_is_one_error_with_file_line_and_column(string text, int? line, int? column, string message)
    {
        Diagnostic diagnostic = Fault(text);

        Assert.Equal(("TINY5005", "my.sbn", line, column), (diagnostic.Code, diagnostic.File, diagnostic.Line, diagnostic.Column));
        Assert.StartsWith("template: " + message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my.hbs", "{{symbol}}", 1, 1)]
    [InlineData("my.HBS", "a\n {{~#each constants}}{{value}}{{/each}}", 2, 2)]
    [InlineData("my.txt", "a\n{{symbol}}{{#if board}}x{{else}}y{{/if}}", 2, 11)]
    [InlineData("my.sbn", "{{#unless board}}x{{/unless}}", 1, 1)]
    public void A_template_of_Handlebars_is_told_what_to_write_instead(string name, string text, int line, int column)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => new CodeGenerator(new TemplateFile(name, Encoding.UTF8.GetBytes(text)))).Diagnostic;

        Assert.Equal(("TINY5014", name, line, column), (diagnostic.Code, diagnostic.File, diagnostic.Line, diagnostic.Column));
        Assert.Contains("{{ if board }} {{ else }} {{ end }} for {{#if board}} {{else}} {{/if}}", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("{{ for c in constants }}{{ c.value }}{{ end }} for {{#each constants}}{{value}}{{/each}}", diagnostic.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_error_shows_beside_the_old_syntax_renders()
    {
        const string template = "{{ if board }}a{{ else }}b{{ end }}{{ if !board }}c{{ end }}{{ for c in constants }}{{ c.value }} {{ end }}{{symbol}}";

        Assert.Equal("a22784 16000 6784 18144 16000 16000 1280 6784 16000 0 22772 40 kws", Samples.Header(Samples.Kws, Generator(template)));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_an_error()
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => new CodeGenerator(new TemplateFile("my.sbn", [0x61, 0xFF]))).Diagnostic;

        Assert.Equal(("TINY5005", "template: is not valid UTF-8"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_byte_order_mark_is_not_rendered() =>
        Assert.Equal("x", Samples.Header(Samples.Kws, new CodeGenerator(new TemplateFile("my.sbn", [0xEF, 0xBB, 0xBF, (byte)'x']))));

    [Fact]
    public void A_source_without_the_bytes_is_an_error_and_nothing_is_written()
    {
        using MemoryStream stream = new();

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => new CodeGenerator(source: File("{{symbol}}"))
            .WriteSource(Samples.Kws, stream)).Diagnostic;

        Assert.Equal(("TINY5005", "template: places no {{model_bytes}}", 0), (diagnostic.Code, diagnostic.Message, stream.Length));
    }

    private static Diagnostic Fault(string text) => Assert.Throws<TinyReorderException>(() => Samples.Header(Samples.Kws, Generator(text))).Diagnostic;

    private static CodeGenerator Generator(string header) => new(File(header));

    private static TemplateFile File(string text) => new("my.sbn", Encoding.UTF8.GetBytes(text));
}
