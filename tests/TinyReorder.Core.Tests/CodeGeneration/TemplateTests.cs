using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

public class TemplateTests
{
    [Fact]
    public void A_users_template_replaces_the_header_and_is_not_escaped()
    {
        string header = Samples.Header(Samples.Kws with { Profile = "<a> & \"b\"" }, Generator("{{symbol}} {{arena_bytes}}\r\n{{arena_text}} {{profile}}{{#if board}} {{board}}{{/if}}\n"));

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
        Assert.Equal("{    0x01,}", Samples.Header(Samples.Kws with { Model = [1] }, Generator("{ {{~model_bytes~}} }")));

    [Fact]
    public void Every_variable_of_the_documentation_exists_and_every_variable_is_documented()
    {
        string[] page = System.IO.File.ReadAllText(Path.Combine(Repository.Folder, "docs/templates.md")).Split("\n### ");
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
        string page = System.IO.File.ReadAllText(Path.Combine(Repository.Folder, "docs/templates.md"));
        string example = page.Split("```handlebars\n")[1].Split("```")[0];

        Assert.Contains("kws_arena[22784]", Samples.Header(Samples.Kws, Generator(example)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb {{arena_byte}}\n", "template: line 2: there is no variable arena_byte")]
    [InlineData("a\n\n{{#if bord}}x{{/if}}", "template: line 3: there is no variable bord")]
    [InlineData("a\nb\n{{ symbol", "template: line 3: Reached end of template before the expression was closed.")]
    [InlineData("{{#if board}}", "template: Reached end of template before block expression 'if' was closed")]
    [InlineData("{{#if}}x{{/if}}", "template: Sequence contains no elements")]
    [InlineData("{{/if}}", "template: A closing element '/if' was found without a matching open element")]
    [InlineData("x\n{{> header}}", "template: line 2: partials are not supported")]
    [InlineData("x\n{{~ #> header}}{{/header}}", "template: line 2: partials are not supported")]
    [InlineData("{{#*inline \"a\"}}{{> a}}{{> a}}{{/inline}}{{> a}}", "template: line 1: partials are not supported")]
    [InlineData("{{# * inline \"a\"}}{{/inline}}", "template: line 1: partials are not supported")]
    [InlineData("a\nb\0", "template: line 2: holds a NUL character")]
    [InlineData("{{model_bytes}}{{model_bytes}}", "template: places {{model_bytes}} more than once")]
    [InlineData("{{#each comments}}{{#each ../constants}}\n{{#each ../../comments}}{{/each}}{{/each}}{{/each}}", "template: line 2: loops nest deeper than 2")]
    [InlineData("{{#comments}}{{#constants}}{{#comments}}{{/comments}}{{/constants}}{{/comments}}", "template: line 1: loops nest deeper than 2")]
    public void A_bad_template_is_one_error_with_file_and_line(string text, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Samples.Header(Samples.Kws, Generator(text))).Diagnostic;

        Assert.Equal(("TINY5005", "my.hbs", message), (diagnostic.Code, diagnostic.File, diagnostic.Message));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_an_error()
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => new CodeGenerator(new TemplateFile("my.hbs", [0x61, 0xFF]))).Diagnostic;

        Assert.Equal(("TINY5005", "template: is not valid UTF-8"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_byte_order_mark_is_not_rendered() =>
        Assert.Equal("x", Samples.Header(Samples.Kws, new CodeGenerator(new TemplateFile("my.hbs", [0xEF, 0xBB, 0xBF, (byte)'x']))));

    [Fact]
    public void A_template_too_large_too_long_or_too_deep_is_refused()
    {
        Refused(new string('x', TemplateSyntax.MaxFileBytes + 1), "has 1,048,577 B");
        Refused(string.Concat(Enumerable.Repeat("{{symbol}}", TemplateSyntax.MaxExpressions + 1)), "line 1: holds more than 1,000 expressions");
        Refused(string.Concat(Enumerable.Repeat("{{#if board}}", 33)), "line 1: blocks nest deeper than 32");
        Refused(string.Concat(Enumerable.Repeat("{{^board}}", 33)), "line 1: loops nest deeper than 2");
        Refused("{{#if board}}" + string.Concat(Enumerable.Repeat("{{else if board}}", 32)) + "{{/if}}", "line 1: blocks nest deeper than 32");
        // Each of these took the engine seconds and gigabytes, or its stack.
        Refused("{{lookup " + string.Concat(Enumerable.Repeat("(lookup this ", 50_000)), "line 1: holds an expression of more than 500 characters");
        Refused("{{lookup " + new string('(', 17) + "}}", "line 1: holds an expression with more than 16 parentheses");
        Refused("\n{{" + string.Concat(Enumerable.Repeat("../", 200)) + "symbol}}", "line 2: holds an expression of more than 500 characters");
        Refused("{{lookup '}}" + new string('(', 600) + "'}}", "line 1: holds an expression whose quotes or brackets are not closed");
        Assert.Equal("kws", Samples.Header(Samples.Kws, Generator("{{!-- " + new string('c', 5000) + " it's long --}}{{symbol}}")));
    }

    [Theory]
    [InlineData("{{!< /etc/passwd}}")]
    [InlineData("{{> /etc/passwd}}")]
    [InlineData("{{>/etc/passwd}}")]
    [InlineData("{{#> /etc/passwd}}{{/etc/passwd}}")]
    [InlineData("{{#> layout}}{{/layout}}")]
    [InlineData("{{include '/etc/passwd'}}")]
    [InlineData("{{lookup @partials '/etc/passwd'}}")]
    [InlineData("{{symbol.[/etc/passwd]}}")]
    public void A_template_reads_no_file(string text)
    {
        string rendered = "";
        try
        {
            rendered = Samples.Header(Samples.Kws, Generator(text));
        }
        catch (TinyReorderException e)
        {
            Assert.Equal("TINY5005", e.Diagnostic.Code);
            rendered = e.Message.Replace("/etc/passwd", "");
        }
        Assert.DoesNotContain("root:", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_renders_too_much_is_stopped()
    {
        string text = "{{#each comments}}{{#each ../comments}}" + new string('x', 500_000) + "{{/each}}{{/each}}";
        GeneratedModel model = Samples.Kws with { Comments = [.. Enumerable.Repeat("c", 10)] };

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Samples.Header(model, Generator(text))).Diagnostic;

        Assert.Equal(("TINY5005", "template: renders more than 4,194,304 characters"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_source_without_the_bytes_is_an_error_and_nothing_is_written()
    {
        using MemoryStream stream = new();

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => new CodeGenerator(source: File("{{symbol}}")).WriteSource(Samples.Kws, stream)).Diagnostic;

        Assert.Equal(("TINY5005", "template: places no {{model_bytes}}", 0), (diagnostic.Code, diagnostic.Message, stream.Length));
    }

    [Fact]
    public void Random_templates_end_in_text_or_one_error()
    {
        string[] pieces = ["{{", "}}", "{{{", "}}}", "#if ", "/if", "else", "^", "~", "symbol", "board", "#each ", "/each", "comments", " ", "\n", "(", ")", "[", "]", "@key", "../", ".", "!", "--", "\"", "\\", "|", "=", "x", "&"];
        Random random = new(99);
        for (int round = 0; round < 300; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Samples.Header(Samples.Kws, Generator(text));
            }
            catch (TinyReorderException e)
            {
                Assert.Equal("TINY5005", e.Diagnostic.Code);
                Assert.DoesNotContain('\n', e.Diagnostic.Message);
            }
        }
    }

    private static void Refused(string text, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Generator(text)).Diagnostic;
        Assert.StartsWith("template: " + message, diagnostic.Message, StringComparison.Ordinal);
    }

    private static CodeGenerator Generator(string header) => new(File(header));

    private static TemplateFile File(string text) => new("my.hbs", Encoding.UTF8.GetBytes(text));
}
