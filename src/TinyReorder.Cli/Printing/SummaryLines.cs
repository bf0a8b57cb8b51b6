using TinyReorder.Cli.Consoles;
using TinyReorder.Optimization;
using TinyReorder.Reports;

namespace TinyReorder.Cli.Printing;

/// <summary>The few lines that a build prints too.</summary>
internal static class SummaryLines
{
    /// <summary>Writes them.</summary>
    public static void Write(CommandContext context, OptimizationResult result)
    {
        foreach (string line in SummaryText.Of(result))
            context.WriteLine(line);
    }
}
