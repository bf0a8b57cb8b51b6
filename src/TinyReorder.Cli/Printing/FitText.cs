using System.Globalization;
using TinyReorder.Cli.Consoles;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Printing;

/// <summary>What <c>fit</c> tells people: the boards, where the models hold their peaks, and what would have to shrink for the nearest boards.</summary>
internal static class FitText
{
    private const int MostNearest = 3, MostOperators = 6;

    /// <summary>The columns of the table.</summary>
    public static readonly TableColumn[] Columns =
    [
        new("board"), new("kernels"), new("SRAM needed", IsNumber: true), new("there is", IsNumber: true), new("left", IsNumber: true),
        new("flash needed", IsNumber: true), new("there is", IsNumber: true), new("left", IsNumber: true), new("fits"), new("would fit with", MayWrap: true),
    ];

    /// <summary>Writes all of it.</summary>
    public static void Write(CommandContext context, FitReport report)
    {
        TableWriter.Write(context, Columns, [.. report.Boards.Select(board => Cells(board, report.Models))], row => report.Boards[row].Fits);
        context.WriteLine();
        foreach (string line in Lines(report))
            context.WriteLine(line);
    }

    /// <summary>The cells of a board.</summary>
    public static string[] Cells(FitBoard board, IReadOnlyList<TfliteModel> models)
    {
        if (board.Fit is not { } fit)
            return [board.Board.Id, "", "", Quantity.Bytes(board.Board.StaticRegionBytes), "", "", Quantity.Bytes(board.Board.UsableFlashBytes), "", "no", ""];
        return
        [
            board.Board.Id,
            board.Target!.Kernels,
            Quantity.Bytes(fit.SramNeededBytes),
            Quantity.Bytes(board.Board.StaticRegionBytes),
            Quantity.Bytes(board.Board.StaticRegionBytes - fit.SramNeededBytes),
            Quantity.Bytes(fit.FlashNeededBytes),
            Quantity.Bytes(board.Board.UsableFlashBytes),
            Quantity.Bytes(board.Board.UsableFlashBytes - fit.FlashNeededBytes),
            board.Fits ? "yes" : board.MayFit ? "perhaps" : "no",
            board.Change is { } change ? Words(change, models) : "",
        ];
    }

    /// <summary>What stands below the table.</summary>
    public static IEnumerable<string> Lines(FitReport report)
    {
        int fitting = report.Boards.Count(board => board.Fits);
        string what = report.Models.Count == 1 ? report.Models[0].Name : $"{Quantity.Count(report.Models.Count)} models together";
        yield return $"{what}: {Quantity.Count(fitting)} of {Quantity.Count(report.Boards.Count)} boards hold {(report.Models.Count == 1 ? "it" : "them")}, "
            + $"{Quantity.Count(report.Boards.Count(board => board.Change is not null))} more with other settings";
        for (int model = 0; model < report.Models.Count; model++)
        {
            foreach (string line in Peaks(report, model))
                yield return line;
        }
        foreach (FitBoard board in Nearest(report))
        {
            foreach (string line in ToShrink(report, board))
                yield return line;
        }
    }

    private static string Words(FitChange change, IReadOnlyList<TfliteModel> models)
    {
        string whose = change.Models.Count == models.Count ? "" : $" for {string.Join(", ", change.Models.Select(model => Path.GetFileName(model.Name)))}";
        string work = change.WorkRatio > 1 ? $", {change.WorkRatio.ToString("0.00", CultureInfo.InvariantCulture)} times the work" : "";
        return $"{string.Join(' ', change.Settings)}{whose}: arena {Quantity.Bytes(change.ArenaBytes)}{work}";
    }

    /// <summary>A line for each way in which the peak of a model lies; kernels with the same peak are told together.</summary>
    private static IEnumerable<string> Peaks(FitReport report, int model) => report.Targets
        .Select(target => (target.Kernels, Line: Line(FitPeak.Of(target.Results[model]))))
        .GroupBy(pair => pair.Line)
        .Select(same => $"  {report.Models[model].Name} ({string.Join(", ", same.Select(pair => pair.Kernels).Distinct())}): {same.Key}");

    private static string Line(FitPeak peak)
    {
        string others = peak.AtPeak.Count > MostOperators ? $" and {Quantity.Count(peak.AtPeak.Count - MostOperators)} more" : "";
        string next = peak.NextBytes > 0 ? $"; without {(peak.AtPeak.Count == 1 ? "it" : "them")} the peak would be {Quantity.Bytes(peak.NextBytes)}" : "";
        return $"peak {Quantity.Bytes(peak.Bytes)} at {string.Join(", ", peak.AtPeak.Take(MostOperators).Select(Named))}{others}{next}";
    }

    /// <summary>The boards that lack the least SRAM and nothing else.</summary>
    private static IEnumerable<FitBoard> Nearest(FitReport report) => report.Boards
        .Where(board => board is { Fits: false, MayFit: false, Fit: { FlashMissingBytes: 0, SramMissingBytes: > 0 } })
        .OrderBy(board => board.Fit!.SramMissingBytes)
        .ThenBy(board => board.Board.Id, StringComparer.Ordinal)
        .Take(MostNearest);

    private static IEnumerable<string> ToShrink(FitReport report, FitBoard board)
    {
        IReadOnlyList<IReadOnlyList<(FitOperator Operator, long Bytes)>> all = board.ToShrink(FitReport.PeaksOf(board.Target!));
        for (int model = 0; model < all.Count; model++)
        {
            if (all[model].Count == 0)
                continue;
            string parts = string.Join(", ", all[model].Take(MostOperators).Select(part => $"{Named(part.Operator)} by {Quantity.Bytes(part.Bytes)}"));
            string others = all[model].Count > MostOperators ? $" and {Quantity.Count(all[model].Count - MostOperators)} more" : "";
            string alone = all.Count == 1 ? "" : $" of {report.Models[model].Name} alone";
            yield return $"  {board.Board.Id} lacks {Quantity.Bytes(board.Fit!.SramMissingBytes)}: without other settings, at least{alone} {parts}{others} "
                + "would have to shrink";
        }
    }

    private static string Named(FitOperator op) => op.Operator < 0 ? "the inputs"
        : $"operator {(op.Subgraph > 0 ? $"{op.Subgraph}:" : "")}{op.Operator.ToString(CultureInfo.InvariantCulture)} {op.Kind}";
}
