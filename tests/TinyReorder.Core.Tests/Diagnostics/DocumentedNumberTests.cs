using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Diagnostics;

/// <summary>Limits that the documentation tells in numbers are those of the code.</summary>
public class DocumentedNumberTests
{
    [Theory]
    [InlineData("algorithm.md", @"On graphs of more than ([\d,]+) operators this is", "Scheduling.CutStates", "MostOperators")]
    [InlineData("algorithm.md", @"Such a search gets ([\d,]+) nodes", "Scheduling.ClosestOrder", "NodesPerTry")]
    [InlineData("algorithm.md", @"fixed amount of work \(([\d,]+), of which", "Scheduling.ClosestOrder", "WorkInAll")]
    [InlineData("algorithm.md", @"Of the cuts at most ([\d,]+) are made", "Scheduling.OrderSearchRun", "MostCuts")]
    [InlineData("evidence/hostile-files.md", @"Past ([\d,]+) buffers", "Runtimes.Tflm.GreedyMemoryPlanner", "MaxBuffers")]
    [InlineData("evidence/hostile-files.md", @"buffers, or ([\d,]+) looks of the interpreter's planner", "Runtimes.Tflm.GreedyMemoryPlanner", "MostLooks")]
    [InlineData("evidence/hostile-files.md", @"past ([\d,]+) looks an order that is made greedily", "Scheduling.GreedyOrders", "MostLooks")]
    [InlineData("evidence/hostile-files.md", @"further orders are placed up to ([\d,]+) operators in all", "Planning.ArenaPlanning", "MostOperatorsPlaced")]
    [InlineData("evidence/hostile-files.md", @"operators in all and ([\d,]+) pairs", "Planning.ArenaPlanning", "MostPairsPlaced")]
    [InlineData("evidence/hostile-files.md", @"models of up to ([\d,]+) operators and tensors", "Planning.ModelPlanning", "MostRowsForAdvice")]
    [InlineData("overlap.md", @"for models of up to ([\d,]+) operators and tensors", "Planning.ModelPlanning", "MostRowsForAdvice")]
    public void The_page_tells_the_limit_of_the_code(string page, string sentence, string type, string constant)
    {
        string text = Regex.Replace(File.ReadAllText(RepositoryFiles.PathOf("docs", page)), @"\s+", " ");
        Match match = Regex.Match(text, sentence);
        Assert.True(match.Success, $"docs/{page} does not say: {sentence}");
        FieldInfo field = typeof(GreedyMemoryPlanner).Assembly.GetType("TinyReorder." + type, throwOnError: true)!
            .GetField(constant, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        Assert.Equal(Convert.ToInt64(field.GetRawConstantValue(), null).ToString("N0", CultureInfo.InvariantCulture), match.Groups[1].Value);
    }
}
