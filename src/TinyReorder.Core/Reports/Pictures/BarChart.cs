using TinyReorder.Diagnostics;

namespace TinyReorder.Reports.Pictures;

/// <summary>
/// The memory of orders as stacked bars, a bar a step: figure 2 of Sudharsan et al. 2021. Charts stand above each other on one scale, each with the line of
/// its peak.
/// </summary>
internal static class BarChart
{
    private const decimal LeftMargin = 92, RightMargin = 16, PlotHeight = 220, WidestBar = 40;

    // In the main subgraph an operator itself is known by its kind; in a loop, what each of them is there for is what matters.
    private static string WordOf(StepRow step) => step.Operator < 0 ? step.Kind
        : step is { Loop: not null, OriginalOperator: not null } ? $"{step.Step} {step.Original} {step.Kind}" : $"{step.Step} {step.Kind}";

    private static readonly (string Style, string Word)[] Parts = [("tr-in", "inputs"), ("tr-out", "outputs"), ("tr-other", "others, kept for later"),
        ("tr-reserved", "reserved (scratch)")];

    /// <summary>Draws a chart for each of <paramref name="orders"/>, below what <paramref name="canvas"/> has.</summary>
    public static void Draw(SvgCanvas canvas, string heading, IReadOnlyList<(string Title, OrderReport Order)> orders)
    {
        long most = Math.Max(1, orders.Max(order => order.Order.PeakBytes));
        int columns = orders.Max(order => order.Order.Steps.Count);
        decimal y = canvas.Height + 22;
        canvas.Heading(y, heading);
        y += 12;
        DrawLegend(canvas, y);
        y += SvgCanvas.LineHeight;
        foreach ((string title, OrderReport order) in orders)
            y = Draw(canvas, y, title, order, columns, most);
        canvas.Width = Math.Max(canvas.Width, LeftMargin + PlotArea.WidthFor(columns) + RightMargin);
        canvas.Height = y;
    }

    private static decimal Draw(SvgCanvas canvas, decimal top, string title, OrderReport order, int columns, long most)
    {
        // Above the highest bar is room for the label of the peak's line.
        var plot = new PlotArea(LeftMargin, top + 24, PlotArea.WidthFor(columns), PlotHeight, columns, most + (most / 8) + 1);
        StepRow peak = order.Peak;
        canvas.Text("tr-strong", 12, top + 17, ShortText.Middle(title, (int)((plot.Right - 12) / SvgCanvas.CharacterWidth)));
        canvas.Begin($"g class=\"tr-chart\" data-order=\"{order.Name}\"");
        plot.DrawFrame(canvas);
        foreach (StepRow step in order.Steps)
            DrawBar(canvas, plot, step);
        canvas.Line("tr-peak", plot.Left, plot.Y(peak.TotalBytes), plot.Right, plot.Y(peak.TotalBytes));
        string label = order.PeakLine;
        decimal width = label.Length * SvgCanvas.CharacterWidth;
        bool isLeft = plot.X(peak.Step) < plot.Left + (plot.Width / 2);
        canvas.Text(isLeft ? "tr-peaktext tr-end" : "tr-peaktext", isLeft ? plot.Right - 4 : plot.Left + 4, plot.Y(peak.TotalBytes) - 5,
            width < plot.Width ? label : Quantity.Bytes(peak.TotalBytes));
        string[] words = order.Steps.Select(WordOf).ToArray();
        ColumnLabels.Draw(canvas, plot, words, "step");
        canvas.End("g");
        return plot.Bottom + ColumnLabels.HeightOf(plot, words);
    }

    private static void DrawBar(SvgCanvas canvas, PlotArea plot, StepRow step)
    {
        // Thin bars touch each other, wide ones stand apart.
        decimal gap = plot.Pitch < 6 ? 0 : Math.Round(Math.Max(plot.Pitch * 0.1m, (plot.Pitch - WidestBar) / 2), 1);
        decimal left = plot.X(step.Step) + gap, right = plot.X(step.Step + 1) - gap;
        canvas.Begin($"g class=\"tr-step\" data-step=\"{step.Step}\"");
        canvas.Title(Describe(step));
        long below = 0;
        // What lies on common bytes is drawn once, as input.
        long inputs = Math.Max(0, step.InputBytes - Math.Max(0, step.SharedBytes - step.OutputBytes));
        long[] bytes = [inputs, Math.Max(0, step.OutputBytes - step.SharedBytes), step.OtherBytes, step.ReservedBytes];
        for (int part = 0; part < bytes.Length; part++)
        {
            if (bytes[part] == 0)
                continue;
            decimal bottom = plot.Y(below), top = plot.Y(below + bytes[part]);
            canvas.Rect(Parts[part].Style, left, top, right - left, bottom - top);
            below += bytes[part];
        }
        // What the pointer finds above a low bar.
        canvas.Rect("tr-hit", plot.X(step.Step), plot.Top, plot.X(step.Step + 1) - plot.X(step.Step), plot.Y(below) - plot.Top);
        canvas.End("g");
    }

    private static string Describe(StepRow step) =>
        $"step {step.Step}: {(step.Operator < 0 ? "" : $"operator {step.Operator} ")}{step.Kind}\n{ShortText.Middle(step.Name, 60)}\n"
        + $"inputs {Quantity.Bytes(step.InputBytes)}, outputs {Quantity.Bytes(step.OutputBytes)}, others {Quantity.Bytes(step.OtherBytes)}, reserved "
        + $"{Quantity.Bytes(step.ReservedBytes)}{(step.SharedBytes > 0 ? $", shared {Quantity.Bytes(step.SharedBytes)}" : "")}\n"
        + $"total {Quantity.Bytes(step.TotalBytes)}";

    private static void DrawLegend(SvgCanvas canvas, decimal y)
    {
        decimal x = 12;
        foreach ((string style, string word) in Parts)
        {
            canvas.Rect(style, x, y, 11, 11);
            canvas.Text("tr-text", x + 16, y + 10, word);
            x += 34 + (word.Length * SvgCanvas.CharacterWidth);
        }
        canvas.Line("tr-peak", x, y + 6, x + 18, y + 6);
        canvas.Text("tr-text", x + 23, y + 10, "peak");
        canvas.Width = Math.Max(canvas.Width, x + 60);
    }
}
