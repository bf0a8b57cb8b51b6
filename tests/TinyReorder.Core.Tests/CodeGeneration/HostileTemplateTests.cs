using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>Templates of somebody who means harm, or of nobody: each ends soon, in text or in one error.</summary>
public class HostileTemplateTests
{
    /// <summary>Each of these would run for ever, or take all memory or the stack, if nothing stopped it.</summary>
    [Theory]
    [InlineData("{{ while true }}x{{ end }}", "Exceeding number of iteration limit `1000`")]
    [InlineData("{{ for i in 1..1000000000 }}{{i}}{{ end }}", "Range expression exceeds LoopLimit `1000`")]
    [InlineData("{{ for i in 1..900 }}{{ for j in 1..900 }}x{{ end }}{{ end }}", "Exceeding number of iteration limit `1000`")]
    [InlineData("{{ (1..1000000000) | array.size }}", "Range expression exceeds LoopLimit `1000`")]
    [InlineData("{{ func f; f; end; f }}", "Exceeding number of recursive depth limit `100`")]
    [InlineData("{{ func f(x); if x < 2; ret 1; end; ret f(x - 1) + f(x - 2); end; f 60 }}", "takes more than 250,000 steps")]
    [InlineData("{{ func f(x); if x < 2; 'x'; else; f(x - 1); f(x - 1); end; end; f 60 }}", "takes more than 250,000 steps")]
    [InlineData("{{ 'x' * 2000000000 }}", "String multiplication exceeds LimitToString `65536`")]
    [InlineData("{{ x = 'x'; for i in 1..60; x = x + x; end; x }}", "String conversion reaches LimitToString `65536`")]
    [InlineData("{{ x = 'x'; for i in 1..60; x = x | string.replace 'x' 'xx'; end; x }}", "The resulting string length exceeds")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}", "Padding width `2000000000` exceeds")]
    [InlineData("{{ x = 'x'; for i in 1..60; capture x; x; x; end; end }}", "String conversion reaches LimitToString `65536`")]
    [InlineData("{{ x = 'x'; for i in 1..60; x = $\"{x}{x}\"; end }}", "texts with expressions inside")]
    [InlineData("{{ x = 'x' * 60000; for i in 1..900; x; end }}", "renders more than 4,194,304 characters")]
    [InlineData("{{ x = 3; for i in 1..60; x = x * x; end; x }}", "The result of the operator `*` exceeds")]
    [InlineData("{{ 1 << 2000000000 }}", "Shift amount `2000000000` exceeds")]
    [InlineData("{{ [1] * 1000000000 }}", "Exceeding number of iteration limit `1000`")]
    [InlineData("{{ ('a' * 40 + '!') | regex.match '^(a+)+$' }}", "The Regex engine has timed out")]
    [InlineData("{{ ('a' * 60000) | regex.replace 'a' ('b' * 60000) }}", "The resulting string length exceeds")]
    [InlineData("{{ a = {}; a.b = a; a }}", "Structure is too deeply nested or contains reference loops")]
    public void A_template_that_would_not_end_is_stopped(string text, string message)
    {
        Diagnostic diagnostic = Fault(text);

        Assert.Equal(("TINY5005", 1), (diagnostic.Code, diagnostic.Line));
        Assert.True(diagnostic.Column > 0);
        Assert.StartsWith("template: " + message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ include 'a' }}", "there is no variable include")]
    [InlineData("{{ include_join ['a'] }}", "there is no variable include_join")]
    [InlineData("{{ date.now }}", "there is no variable date")]
    [InlineData("{{ timespan.zero }}", "there is no variable timespan")]
    [InlineData("{{ object.eval '1' }}", "Cannot get member with name eval.")]
    [InlineData("{{ object.eval_template '1' }}", "Cannot get member with name eval_template.")]
    [InlineData("{{ object.to_json 1 }}", "Cannot get member with name to_json.")]
    [InlineData("{{ object.from_json '1' }}", "Cannot get member with name from_json.")]
    [InlineData("{{ math.random 1 9 }}", "Cannot get member with name random.")]
    [InlineData("{{ math.uuid }}", "Cannot get member with name uuid.")]
    public void A_template_has_no_files_no_clock_no_chance_and_evaluates_nothing(string text, string message) =>
        Assert.StartsWith("template: " + message, Fault(text).Message, StringComparison.Ordinal);

    [Fact]
    public void The_functions_that_a_template_has_are_these()
    {
        string[] groups = ["array", "blank", "empty", "html", "math", "object", "regex", "string"];
        Assert.Equal(groups, new TemplateRun([]).BuiltinObject.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_template_too_large_or_too_deep_is_refused()
    {
        Refused(new string('x', TemplateText.MaxFileBytes + 1), "has 1,048,577 B");
        foreach (string piece in new[] { "if true;", "(", "[", "!", "-", "@", "func f;" })
            Refused("{{" + string.Concat(Enumerable.Repeat(piece, 50_000)), "");
        foreach (string piece in new[] { "+1", "|math.abs", ".a", "[0]", "?1:1", "??1", "&&true" })
            Refused("{{1" + string.Concat(Enumerable.Repeat(piece, 50_000)) + "}}", "The statement depth limit `250` was reached");
        Refused("{{ if true }}" + string.Concat(Enumerable.Repeat("{{ else if true }}", 50_000)) + "{{ end }}", "The statement depth limit `250` was reached");
        Assert.Equal("kws", Samples.Header(Samples.Kws, Generator("{{ # " + new string('c', 5000) + " it's long #}}{{symbol}}")).TrimStart());
    }

    [Fact]
    public void Long_plain_text_is_no_fault()
    {
        string text = new('x', 200_000);
        Assert.Equal(text, Samples.Header(Samples.Kws, Generator(text)));
    }

    [Fact]
    public void Random_templates_end_in_text_or_one_error()
    {
        string[] pieces =
        [
            "{{", "}}", "{%{", "}%}", "if ", "end", "else", "while ", "~", "symbol", "board", "for c in ", "func f ", "ret ", "comments", " ", "\n", "(", ")",
            "[", "]",
            "@", "$", ".", "!", "#", "\"", "'", "\\", "|", "=", "x", "1", "*", "..", "?", ":", "case ", "when ", "capture ", "with ", "import ", "this",
            "string.size",
        ];
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
        Assert.Equal("TINY5005", diagnostic.Code);
        Assert.StartsWith("template: " + message, diagnostic.Message, StringComparison.Ordinal);
    }

    private static Diagnostic Fault(string text) => Assert.Throws<TinyReorderException>(() => Samples.Header(Samples.Kws, Generator(text))).Diagnostic;

    private static CodeGenerator Generator(string header) => new(File(header));

    private static TemplateFile File(string text) => new("my.sbn", Encoding.UTF8.GetBytes(text));
}
