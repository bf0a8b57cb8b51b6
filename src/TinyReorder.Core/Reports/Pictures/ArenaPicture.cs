using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;

namespace TinyReorder.Reports.Pictures;

/// <summary>The arena as a picture: time to the right, addresses upwards, each tensor a rectangle at its offset for its lifetime.</summary>
internal static class ArenaPicture
{
    private const decimal LeftMargin = 92, RightMargin = 16, PlotHeight = 440;

    // The light lines between rectangles would hide those of narrow columns.
    private const decimal ThinPitch = 8;

    // A budget that is far higher than the arena would leave no room for what is in it.
    private const decimal MostHeadroom = 1.5m;

    /// <summary>
    /// Draws <paramref name="arena"/>, with <paramref name="addedBytes"/> of margin and resource variables above it, below what <paramref name="canvas"/>
    /// has.
    /// </summary>
    public static void Draw(SvgCanvas canvas, ArenaReport arena, BoardResult? board, long addedBytes)
    {
        long? budget = board is null or { PersistentRegion: not null } ? null : Math.Max(0, board.RoomBytes);
        long array = arena.Plan.ArenaBytes + addedBytes, highest = Math.Max(1, array);
        bool showsBudget = budget is { } allowed && allowed <= highest * MostHeadroom;
        if (showsBudget)
            highest = Math.Max(highest, budget!.Value);
        decimal y = canvas.Height + 22;
        canvas.Heading(y, $"arena: {arena.Title}");
        string[] captions = Captions(arena, board, budget, array);
        foreach (string line in captions)
            canvas.Text("tr-text", 12, y += 17, line);
        canvas.Width = Math.Max(canvas.Width, 24 + (captions.Max(line => line.Length) * SvgCanvas.CharacterWidth));
        DrawLegend(canvas, y + 8, showsBudget);
        int columns = arena.LastMoment - arena.FirstMoment + 1;
        var plot = new PlotArea(LeftMargin, y + 36, PlotArea.WidthFor(columns), PlotHeight, columns,
            highest + (highest / 20) + 1)
        { FirstColumn = arena.FirstMoment };
        canvas.Begin($"g class=\"tr-arena\" data-arena=\"{arena.Name}\" data-arena-bytes=\"{arena.Plan.ArenaBytes}\"");
        plot.DrawFrame(canvas);
        canvas.Rect("tr-frame", plot.Left, plot.Y(arena.Plan.ArenaBytes), plot.Width, plot.Bottom - plot.Y(arena.Plan.ArenaBytes));
        if (addedBytes > 0)
            canvas.Rect("tr-frame tr-added", plot.Left, plot.Y(array), plot.Width, plot.Y(arena.Plan.ArenaBytes) - plot.Y(array),
                title: $"margin and resource variables: {Quantity.Bytes(addedBytes)}");
        DrawPersistent(canvas, plot, arena);
        canvas.Begin(plot.Pitch < ThinPitch ? "g class=\"tr-thin\"" : "g");
        for (int i = 0; i < arena.Blocks.Count; i++)
            DrawBlock(canvas, plot, arena.Blocks[i], i);
        canvas.End("g");
        DrawHoles(canvas, plot, arena);
        DrawPeakBand(canvas, plot, arena);
        var labels = new BlockLabels(canvas, plot);
        if (showsBudget)
        {
            canvas.Line("tr-budget", plot.Left, plot.Y(budget!.Value), plot.Right, plot.Y(budget.Value));
            labels.KeepFree(plot.Left, plot.Y(budget.Value) - 2, plot.Right, plot.Y(budget.Value) + 2);
        }
        labels.Draw(arena.Blocks);
        string[] words = Words(arena, columns);
        ColumnLabels.Draw(canvas, plot, words, "moment on the planner's clock");
        canvas.End("g");
        canvas.Width = Math.Max(canvas.Width, plot.Right + RightMargin);
        canvas.Height = plot.Bottom + ColumnLabels.HeightOf(plot, words);
    }

    private static string[] Captions(ArenaReport arena, BoardResult? board, long? budget, long array)
    {
        ArenaResult plan = arena.Plan;
        var lines = new List<string>
        {
            $"{Quantity.Bytes(plan.ArenaBytes)}{(plan.Exact ? "" : " at most")} = planned {Quantity.Bytes(plan.PlannedBytes)} + scratch "
                + $"{Quantity.Bytes(plan.ScratchBytes)}"
                + " + persistent "
                + $"{Quantity.Bytes(plan.PersistentBytes)}"
                + $"{(arena.BetweenBytes > 0 ? $" + room to start and rounding {Quantity.Bytes(arena.BetweenBytes)}" : "")}",
            $"peak: {Quantity.Bytes(arena.PeakBytes)} in use at moment {arena.PeakMoment}; fragmentation: {Quantity.Bytes(arena.FragmentationBytes)}",
        };
        if (array > plan.ArenaBytes)
            lines.Add($"array: {Quantity.Bytes(array)} with {Quantity.Bytes(array - plan.ArenaBytes)} for margin and resource variables");
        if (board is not null && budget is { } bytes)
        {
            long left = bytes - array;
            lines.Add($"budget of {ShortText.Middle(board.Board.Id, 40)}: {Quantity.Bytes(bytes)}, "
                + $"{(left >= 0 ? $"{Quantity.Bytes(left)} left" : $"{Quantity.Bytes(-left)} missing")}");
        }
        return lines.ToArray();
    }

    private static string[] Words(ArenaReport arena, int columns)
    {
        string[] words = new string[columns];
        for (int column = 0; column < columns; column++)
            words[column] = column + arena.FirstMoment < 0 ? "(never seen to run)" : column + arena.FirstMoment == 0 ? "(inputs)" : "";
        foreach (ArenaMoment moment in arena.Moments)
            words[moment.Moment - arena.FirstMoment] = $"{moment.Moment} {(moment.Original.Length > 0 ? moment.Original + " " : "")}{moment.Kind}";
        return words;
    }

    private static void DrawBlock(SvgCanvas canvas, PlotArea plot, ArenaBlock block, int index)
    {
        decimal left = plot.X(block.First), top = plot.Y(block.OffsetBytes + block.Bytes);
        canvas.Rect(
            StyleOf(block), left, top, plot.X(block.Last + 1) - left, plot.Y(block.OffsetBytes) - top, $"data-block=\"{index}\"",
            $"{block.ShortName} {ShortText.Middle(block.Name, 60)}\n{Quantity.Bytes(block.Bytes)} at offset {Quantity.Count(block.OffsetBytes)}\nmoments "
                + $"{block.First} to {block.Last}");
    }

    // Neighbours of one kind are told apart by two shades.
    private static string StyleOf(ArenaBlock block) => block.Role switch
    {
        TensorRole.Input => "tr-block tr-bin",
        TensorRole.Output => "tr-block tr-bout",
        TensorRole.Scratch => "tr-block tr-reserved",
        _ => block.Tensor % 2 == 0 ? "tr-block tr-even" : "tr-block tr-odd",
    };

    private static void DrawPeakBand(SvgCanvas canvas, PlotArea plot, ArenaReport arena)
    {
        decimal left = plot.X(arena.PeakMoment), width = Math.Max(1.5m, plot.X(arena.PeakMoment + 1) - left);
        canvas.Rect(plot.Pitch < ThinPitch ? "tr-band tr-bandthin" : "tr-band", left, plot.Top, width, plot.Height);
        // At the edges of the plot the word would stick out.
        decimal half = 2 * SvgCanvas.CharacterWidth, middle = left + (width / 2);
        canvas.Text("tr-mid tr-peaktext", Math.Min(Math.Max(middle, plot.Left + half), plot.Right - half), plot.Top - 4, "peak");
    }

    private static void DrawPersistent(SvgCanvas canvas, PlotArea plot, ArenaReport arena)
    {
        long bytes = arena.Plan.PersistentBytes;
        if (bytes == 0)
            return;
        decimal top = plot.Y(arena.Plan.ArenaBytes), bottom = plot.Y(arena.Plan.ArenaBytes - bytes);
        canvas.Rect("tr-persistent", plot.Left, top, plot.Width, bottom - top, title: $"persistent part of the interpreter: {Quantity.Bytes(bytes)}");
        if (bottom - top >= SvgCanvas.LineHeight)
            canvas.Text("tr-text", plot.Left + 5, ((top + bottom) / 2) + 4, $"persistent {Quantity.Bytes(bytes)}");
    }

    /// <summary>What is free below the height while the peak lasts: fragmentation as one sees it.</summary>
    private static void DrawHoles(SvgCanvas canvas, PlotArea plot, ArenaReport arena)
    {
        long end = 0;
        foreach (ArenaBlock block in arena.Blocks
            .Where(block => block.First <= arena.PeakMoment && arena.PeakMoment <= block.Last)
            .OrderBy(block => block.OffsetBytes))
        {
            DrawHole(canvas, plot, arena.PeakMoment, end, block.OffsetBytes);
            end = Math.Max(end, block.OffsetBytes + block.Bytes);
        }
        DrawHole(canvas, plot, arena.PeakMoment, end, arena.HeightBytes);
    }

    private static void DrawHole(SvgCanvas canvas, PlotArea plot, int moment, long from, long to)
    {
        if (to <= from)
            return;
        decimal left = plot.X(moment), top = plot.Y(to);
        canvas.Rect("tr-hole", left, top, plot.X(moment + 1) - left, plot.Y(from) - top, title: $"free at the peak: {Quantity.Bytes(to - from)}");
    }

    private static void DrawLegend(SvgCanvas canvas, decimal y, bool showsBudget)
    {
        decimal x = 12;
        List<(string Style, string Word)> entries = [("tr-bin", "model input"), ("tr-even", "activation"), ("tr-bout", "model output"),
            ("tr-reserved", "scratch"), ("tr-persistent", "persistent"), ("tr-hole", "free at the peak")];
        foreach ((string style, string word) in entries)
        {
            canvas.Rect(style, x, y, 11, 11);
            canvas.Text("tr-text", x + 16, y + 10, word);
            x += 34 + (word.Length * SvgCanvas.CharacterWidth);
        }
        if (showsBudget)
        {
            canvas.Line("tr-budget", x, y + 6, x + 18, y + 6);
            canvas.Text("tr-text", x + 23, y + 10, "budget");
            x += 23 + (6 * SvgCanvas.CharacterWidth);
        }
        canvas.Width = Math.Max(canvas.Width, x + 12);
    }
}
