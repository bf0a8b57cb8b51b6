using System.Text;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>Changes text files: JSON, templates, tables.</summary>
internal static class TextMutations
{
    private static readonly string[] Json =
        ["{", "}", "[", "]", ":", ",", "\"", "null", "true", "1e999", "-1", "9223372036854775808", "0.5", "\\u0000", "\\ud800", "\"\"", "[[[[[[[[", "{\"a\":", "//", "/*", "\u00e9", "\0", "NaN", " ", "\n"];

    private static readonly string[] Handlebars =
    [
        "{{", "}}", "{{{", "}}}", "{{#if board}}", "{{/if}}", "{{else}}", "{{^}}", "{{~", "~}}", "{{#each constants}}", "{{#each comments}}", "{{/each}}", "{{#with this}}", "{{/with}}", "{{this}}",
        "{{@index}}", "{{@root}}", "{{../symbol}}", "{{lookup this \"a\"}}", "{{log symbol}}", "{{> header}}", "{{#> a}}", "{{#*inline \"a\"}}", "{{/inline}}", "{{!-- ", "--}}", "{{{{raw}}}}", "{{{{/raw}}}}", "{{[a b]}}",
        "{{model_bytes}}", "{{symbol.Length}}", "{{constants.0.value}}", "{{constants.Count}}", "\\{{", "(", ")", "|", "as |a|", "=", "\"", "'", "\0", "\u2028", "{{#each this}}", "{{#unless board}}", "{{/unless}}", "{{(",
        "{{symbol.Chars}}", "{{this.GetType}}", "{{#block}}", "{{/block}}", "{{#unless (lookup . 'x')}}",
    ];

    private static readonly string[] Csv = [",", "\n", "\"", "\"\"", "id", "offset", "-1", "9223372036854775807", "9223372036854775808", "0", "", " ", "\r", "\0", ";", "1e9", "2147483647"];

    public static byte[] MutateJson(string text, Pcg32 random) => Mutate(text, Json, random);

    public static byte[] MutateTemplate(string text, Pcg32 random) => Mutate(text, Handlebars, random);

    public static byte[] MutateCsv(string text, Pcg32 random) => Mutate(text, Csv, random);

    private static byte[] Mutate(string text, string[] pieces, Pcg32 random)
    {
        var changed = new StringBuilder(text);
        for (int changes = random.OneIn(3) ? random.Between(2, 6) : 1; changes > 0; changes--)
        {
            int at = random.Below(changed.Length + 1), count = Math.Min(random.Between(1, 1 << random.Below(8)), changed.Length - at);
            switch (random.Below(8))
            {
                case 0: changed.Remove(at, count); break;
                case 1: changed.Insert(at, changed.ToString(at, count)); break;
                case 2 when changed.Length > 0: changed.Remove(at, count).Insert(random.Below(changed.Length + 1), random.Pick(pieces)); break;
                case 3: changed.Insert(at, string.Concat(Enumerable.Repeat(random.Pick(pieces), 1 << random.Below(random.OneIn(8) ? 13 : 4)))); break;
                case 4: changed.Length = at; break;
                case 5: ReplaceNumber(changed, at, random); break;
                default: changed.Insert(at, random.Pick(pieces)); break;
            }
        }
        byte[] utf8 = Encoding.UTF8.GetBytes(changed.ToString());
        if (utf8.Length > 0 && random.OneIn(12))
            utf8[random.Below(utf8.Length)] = (byte)random.Next();
        return utf8;
    }

    private static void ReplaceNumber(StringBuilder text, int from, Pcg32 random)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (!char.IsDigit(text[i]))
                continue;
            int end = i;
            while (end < text.Length && char.IsDigit(text[end]))
                end++;
            text.Remove(i, end - i).Insert(i, random.Pick(["0", "-1", "1", "2147483647", "2147483648", "1073741824", "9223372036854775807", "99999999999999999999", "1e308", "0.1"]));
            return;
        }
    }
}
