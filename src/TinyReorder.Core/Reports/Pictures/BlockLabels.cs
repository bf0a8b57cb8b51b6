using TinyReorder.Diagnostics;

namespace TinyReorder.Reports.Pictures;

/// <summary>
/// Writes labels into the rectangles that have room for one: as much as fits, upwards in high and narrow ones, and never over another label.
/// </summary>
internal sealed class BlockLabels(SvgCanvas canvas, PlotArea plot)
{
    private const decimal Margin = 3;
    private const int LongestName = 40;

    private readonly List<(decimal Left, decimal Top, decimal Right, decimal Bottom)> taken = [];

    /// <summary>Keeps labels out of a place where something else is.</summary>
    public void KeepFree(decimal left, decimal top, decimal right, decimal bottom) => taken.Add((left, top, right, bottom));

    /// <summary>Draws the labels, those of the largest rectangles first.</summary>
    public void Draw(IEnumerable<ArenaBlock> blocks)
    {
        foreach (ArenaBlock block in blocks.OrderByDescending(block => block.Bytes * (block.Last - block.First + 1)))
            Draw(block);
    }

    private void Draw(ArenaBlock block)
    {
        decimal left = plot.X(block.First), right = plot.X(block.Last + 1), top = plot.Y(block.OffsetBytes + block.Bytes), bottom = plot.Y(block.OffsetBytes);
        decimal width = right - left - (2 * Margin), height = bottom - top - (2 * Margin);
        if (Fitting(block, width, height) is { } across)
            PlaceAcross(block, across, (left + right) / 2, top, bottom);
        else if (Fitting(block, height, width) is { } upward)
            Place(block, upward, (left + right) / 2, (top + bottom) / 2, isUpward: true);
    }

    private static string? Fitting(ArenaBlock block, decimal along, decimal across)
    {
        if (across < SvgCanvas.LineHeight - 2)
            return null;
        string name = ShortText.Middle(block.Name, LongestName), size = Quantity.Bytes(block.Bytes);
        string[] texts = block.Tensor < 0
            ? [$"{block.ShortName} {size}", block.ShortName] : [$"{block.ShortName} {name} {size}", $"{block.ShortName} {size}", block.ShortName];
        return texts.FirstOrDefault(text => text.Length * SvgCanvas.CharacterWidth <= along);
    }

    /// <summary>In the middle, or above or below it where something is in the way.</summary>
    private void PlaceAcross(ArenaBlock block, string text, decimal x, decimal top, decimal bottom)
    {
        decimal middle = (top + bottom) / 2;
        foreach (decimal y in new[] { middle, middle - SvgCanvas.LineHeight, middle + SvgCanvas.LineHeight })
        {
            if (y - (SvgCanvas.LineHeight / 2) >= top && y + (SvgCanvas.LineHeight / 2) <= bottom && Place(block, text, x, y, isUpward: false))
                return;
        }
    }

    private bool Place(ArenaBlock block, string text, decimal x, decimal y, bool isUpward)
    {
        decimal half = text.Length * SvgCanvas.CharacterWidth / 2, thick = SvgCanvas.LineHeight / 2;
        (decimal dx, decimal dy) = isUpward ? (thick, half) : (half, thick);
        // Rectangles that share memory lie over each other.
        if (taken.Any(box => x - dx < box.Right && box.Left < x + dx && y - dy < box.Bottom && box.Top < y + dy))
            return false;
        taken.Add((x - dx, y - dy, x + dx, y + dy));
        string style = block.Role == TensorRole.Input ? "tr-label tr-onblue" : "tr-label";
        if (isUpward)
            canvas.UpwardText(style, Math.Round(x, 2) + 4, Math.Round(y, 2), text);
        else
            canvas.Text(style, Math.Round(x, 2), Math.Round(y, 2) + 4, text);
        return true;
    }
}
