using System.Globalization;

namespace TinyReorder.Reports.Pictures;

/// <summary>
/// The labels below the columns: words that read upwards where there is room for all, else round numbers so far apart that they never touch.
/// </summary>
internal static class ColumnLabels
{
    private const int LongestWord = 22;

    /// <summary>How much room labels need below the plot.</summary>
    public static decimal HeightOf(PlotArea plot, IReadOnlyList<string> words) =>
        HasWords(plot) ? (words.Select(word => Math.Min(word.Length, LongestWord)).DefaultIfEmpty(0).Max() * SvgCanvas.CharacterWidth) + 12 : 34;

    /// <summary>Draws them. Column i has the label i, and words[i] where there is room.</summary>
    public static void Draw(SvgCanvas canvas, PlotArea plot, IReadOnlyList<string> words, string axis)
    {
        if (HasWords(plot))
        {
            for (int column = 0; column < words.Count; column++)
                canvas.UpwardText("tr-end", plot.X(column + plot.FirstColumn) + (plot.Pitch / 2) + 4, plot.Bottom + 6,
                    ShortText.Middle(words[column], LongestWord));
            return;
        }
        decimal widest = ((plot.Columns.ToString(CultureInfo.InvariantCulture).Length + 2) * SvgCanvas.CharacterWidth) + 4;
        long step = PlotArea.RoundStep(plot.Columns, (int)(plot.Width / widest));
        for (long column = 0; column < plot.Columns; column += step)
            canvas.Text("tr-mid", plot.X((int)column) + (plot.Pitch / 2), plot.Bottom + 14, column.ToString(CultureInfo.InvariantCulture));
        canvas.Text("tr-mid tr-soft", plot.Left + (plot.Width / 2), plot.Bottom + 29, axis);
    }

    private static bool HasWords(PlotArea plot) => plot.Pitch >= SvgCanvas.LineHeight;
}
