using System.Text;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>Changes text files: JSON, templates, tables.</summary>
internal static class TextMutations
{
    private static readonly string[] Json =
        ["{", "}", "[", "]", ":", ",", "\"", "null", "true", "1e999", "-1", "9223372036854775808", "0.5", "\\u0000", "\\ud800", "\"\"", "[[[[[[[[", "{\"a\":",
            "//", "/*", "\u00e9", "\0", "NaN", " ", "\n"];

    private static readonly string[] Scriban =
    [
        "{{", "}}", "{{{", "}}}", "{%{", "}%}", "{{ if board }}", "{{ end }}", "{{ else }}", "{{ else if arena_bytes > 9 }}", "{{~", "~}}", "{{-", "-}}",
        "{{ for c in constants }}", "{{ for c in comments }}", "{{ this }}",
        "{{ for.index }}", "{{ while true }}", "{{ func f(x); ret f(x) + f(x); end; f 1 }}", "{{ x = 'x'; for i in 1..60; x = x + x; end }}",
        "{{ capture symbol }}", "{{ with this }}", "{{ import this }}", "{{ include 'a' }}",
        "{{ wrap f }}", "{{ case board }}", "{{ when 1 }}", "{{ tablerow c in constants }}", "{{ readonly symbol }}", "{{ break }}", "{{ ret }}", "{{ # ",
        "#}}", "{{ ## ", "{{model_bytes}}", "{{ symbol.length }}",
        "{{ constants[0].value }}", "{{ constants.size }}", "{{ 'x' * 999999999 }}", "{{ 1..999999999 }}", "{{ 9 << 99999 }}", "$\"{symbol}{symbol}\"", "(",
        ")", "[", "]", "{a:", "|", "| string.size", "| array.sort", "=", "\"", "'", "`",
        "\0", "\u2028", "@", "^", "??", "?.", "? 1 : 2", "..", "..<", "&&", "||", "!", "+", "-", "*", "/", "%", "<<", "| regex.match '^(a+)+$'",
        "| object.eval", "| math.format 'D99999'", "{{ f = do; ret f; end; f }}",
    ];

    private static readonly string[] Csv = [",", "\n", "\"", "\"\"", "id", "offset", "-1", "9223372036854775807", "9223372036854775808", "0", "", " ", "\r",
        "\0", ";", "1e9", "2147483647"];

    private static readonly string[] Source =
    [
        "{", "}", "[", "]", "[[", "]]", "(", ")", "=", ",", ";", "\"", "'", "\\", "\\\n", "/*", "*/", "//", "#", "\n#include \"a\"\n", "\n#if 0\n", "R\"x(", ")x\"", "u8R\"", "-1", "256",
        "0x", "0b2", "09", "1'0", "99999999999999999999", "1e+9", "0x54, 0x46, 0x4c, 0x33,", "a[]={", "const unsigned char b[] = {1,2,3,4,84,70,76,51,", "};", "std::array<char, 3> x{",
        "(char)", "\0", "\u00e9", "\ufeff", "version https://git-lfs.github.com/spec/v1\n", "<html", "00000000: ", " ", "\r\n",
    ];

    public static byte[] MutateSource(string text, Pcg32 random) => Mutate(text, Source, random);

    public static byte[] MutateJson(string text, Pcg32 random) => Mutate(text, Json, random);

    public static byte[] MutateTemplate(string text, Pcg32 random) => Mutate(text, Scriban, random);

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
            text.Remove(i, end - i)
                .Insert(i,
                random.Pick(["0", "-1", "1", "2147483647", "2147483648", "1073741824", "9223372036854775807", "99999999999999999999", "1e308", "0.1"]));
            return;
        }
    }
}
