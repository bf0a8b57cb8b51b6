using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Optimization;

namespace TinyReorder.Cli.Printing;

/// <summary>What <c>optimize</c> tells people: the summary, and what it wrote.</summary>
internal static class OptimizedText
{
    /// <summary>Writes all of it.</summary>
    public static void Write(CommandContext context, OptimizationResult result, IReadOnlyList<WrittenFile> files)
    {
        SummaryLines.Write(context, result);
        context.WriteLine();
        foreach (WrittenFile file in files)
            context.WriteLine((file.Changed ? "written    " : "unchanged  ") + file.Path);
        if (!result.Succeeded)
            context.WriteLine("nothing was written");
    }
}
