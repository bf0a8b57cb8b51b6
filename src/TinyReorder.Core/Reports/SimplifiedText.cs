using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Planning.Streaming;
using TinyReorder.Rewrites.Simplify;

namespace TinyReorder.Reports;

/// <summary>What a build prints of what was simplified: a line for each rule, and what that costs and saves.</summary>
internal static class SimplifiedText
{
    private const int MostOperators = 8;

    /// <summary>The lines, without line ends; none where nothing was simplified.</summary>
    public static IEnumerable<string> Of(RewriteOutcome rewrite)
    {
        if (rewrite.Simplified.Count == 0)
            yield break;
        foreach (IGrouping<string, SimplifiedStep> rule in rewrite.Simplified.GroupBy(step => step.Rule))
            yield return $"  simplified: {Line(rule.Key, [.. rule])}";
        if (rewrite.Regions.Count + rewrite.Dilated.Count == 0)
        {
            long added = rewrite.AddedFlashBytes;
            string flash = added < 0 ? $"saves {Quantity.Bytes(-added)}" : $"costs {Quantity.Bytes(added)}";
            string ratio = rewrite.WorkRatio.ToString("0.000", CultureInfo.InvariantCulture);
            yield return $"  simplification takes {ratio} times the work and {flash} of flash";
        }
    }

    private static string Line(string rule, SimplifiedStep[] steps)
    {
        string operators = Operators(steps), s = steps.Length == 1 ? "s" : "";
        return rule switch
        {
            "unread" => $"nobody reads what {operators} make{s}",
            "reshape" => $"{operators} only reshape{s} what is read or reshaped elsewhere",
            "transpose" => $"{operators} bring{s} elements back to where they were",
            "quantize" => $"{operators} give{s} the numbers that were there before",
            "pad" => $"convolutions do the padding of {operators}",
            "constant" => $"what {operators} make{s} is stored",
            "equal" => $"{operators} make{s} what another one makes",
            _ => $"tensors that nothing names are gone: {Quantity.Count(steps.Sum(step => (long)step.Tensors))}",
        };
    }

    private static string Operators(SimplifiedStep[] steps)
    {
        string[] names = [.. steps.Take(MostOperators).Select(step => step.Subgraph == 0
            ? step.Operator.ToString(CultureInfo.InvariantCulture) : $"{step.Subgraph}:{step.Operator}")];
        string more = steps.Length > MostOperators ? $" and {Quantity.Count(steps.Length - MostOperators)} more" : "";
        return $"operator{(steps.Length == 1 ? "" : "s")} {string.Join(", ", names)}{more}";
    }
}
