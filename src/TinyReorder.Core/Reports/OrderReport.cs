using TinyReorder.Diagnostics;

namespace TinyReorder.Reports;

/// <summary>The memory of one order, step by step.</summary>
/// <param name="Name"><c>default</c> or <c>chosen</c>.</param>
/// <param name="Steps">The moment before the first operator, then a step for each operator.</param>
internal sealed record OrderReport(string Name, IReadOnlyList<StepRow> Steps)
{
    /// <summary>The name of the file's order.</summary>
    public const string DefaultName = "default";

    /// <summary>The name of the order that was chosen.</summary>
    public const string ChosenName = "chosen";

    /// <summary>What the file's order is called in texts.</summary>
    public const string DefaultTitle = "the file's order";

    /// <summary>What the order of the rewritten file is called in texts.</summary>
    public const string RewrittenTitle = "the order of the rewritten file";

    /// <summary>What the order that was chosen is called in texts.</summary>
    public const string ChosenTitle = "the chosen order";

    /// <summary>What it is called where only the overlap is another.</summary>
    public const string OverlapTitle = "the file's order with the chosen overlap";

    /// <summary>The largest sum over the steps.</summary>
    public long PeakBytes => Peak.TotalBytes;

    /// <summary>The first step that reaches the peak.</summary>
    public StepRow Peak { get; } = Steps.Aggregate((highest, step) => step.TotalBytes > highest.TotalBytes ? step : highest);

    /// <summary>The line that names the peak and where it is.</summary>
    public string PeakLine
    {
        get
        {
            string where = Peak.Operator < 0 ? "before the first operator" : $"step {Peak.Step}, operator {Peak.Operator} {ForeignText.Line(Peak.Kind)}";
            return $"peak {Quantity.Bytes(PeakBytes)} ({where})";
        }
    }
}
