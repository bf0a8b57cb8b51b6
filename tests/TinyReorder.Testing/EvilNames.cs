using System.Globalization;

namespace TinyReorder.Tests.Shared;

/// <summary>Names that files may carry and that mean something to what shows them; and whether an output still lets them.</summary>
public static class EvilNames
{
    /// <summary>Commands to build servers, direction and format characters, forged lines, formulas, markup, ends of comments, quotes.</summary>
    public static readonly string[] All =
    [
        "##vso[task.setvariable variable=x]y", "a##vso[task.complete result=Failed]", "##[error]forged", "a ##teamcity[buildStatus text='x']",
        "::error file=a.c,line=1::forged", "x::set-output name=a::b", "::stop-commands::token", "::add-mask::e",
        "a\u202Egnp.exe", "a\u2066b\u2069", "zero\u200Bwidth", "\uFEFFbom", "tag\U000E0041", "half\uD83D", "\uFFFFnone",
        "kws\nb.tflite : error TINY1001: forged", "a\r\nb", "a\u2028b", "a\u0085b", "\u001b[31mred\u001b]0;title\u0007", "nul\u0000l", "tab\tb",
        "=1+2", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "a,b\"c", "'quoted'",
        "</title><script>alert(1)</script>", "]]><b>&amp;", "\" onload=\"x", "*/ int x; /*", "??/", "// \\", "a\\", "$(touch x)`y`;{{kernels}}",
    ];

    /// <summary>What the text gives a terminal, a log or a build server that it must not; null where it is harmless.</summary>
    public static string? FaultOf(string output)
    {
        foreach (string command in new[] { "##vso[", "##[", "##teamcity[", "::error", "::set-output", "::stop-commands", "::add-mask" })
        {
            if (output.Contains(command, StringComparison.OrdinalIgnoreCase))
                return $"the command {command}";
        }
        for (int i = 0; i < output.Length; i++)
        {
            if (char.IsHighSurrogate(output[i]) && i + 1 < output.Length && char.IsLowSurrogate(output[i + 1]))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(output, i) == UnicodeCategory.Format)
                    return "a format character outside of the basic plane";
                i++;
                continue;
            }
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(output[i]);
            bool isHarmful = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
            if (isHarmful && output[i] != '\n')
                return $"U+{(int)output[i]:X4}";
        }
        return null;
    }

    /// <summary>A model whose subgraph, tensors and custom operator all are called that.</summary>
    public static byte[] Model(string name)
    {
        var b = new ModelBuilder { Name = name };
        ModelTensor x = b.Input(name, [1, 16]), y = b.Tensor(name, [1, 16]), z = b.Tensor(name + "2", [1, 16]);
        b.Custom(name, [x], [y]);
        b.Operator("RELU", [y], [z]);
        b.Output(z);
        return b.Build();
    }
}
