using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Fitting;

/// <summary>Asks of many boards whether they hold some models together. Each kind of target is planned once.</summary>
internal static class FitSurvey
{
    /// <summary>Does it.</summary>
    /// <param name="models">The models; all of them are to lie on the board together.</param>
    /// <param name="request">How they are planned. Its board is not looked at.</param>
    /// <param name="boards">The boards, which the request's catalog has.</param>
    /// <param name="advises">Whether changes of settings are looked for where the models do not fit.</param>
    /// <exception cref="TinyReorderException">A model or the request is bad, or no board can run what is asked for.</exception>
    /// <exception cref="OperationCanceledException">The request's token was cancelled.</exception>
    public static FitReport Run(IReadOnlyList<TfliteModel> models, OptimizationRequest request, IReadOnlyList<Board> boards, bool advises)
    {
        var targets = new Dictionary<string, FitTarget>(StringComparer.Ordinal);
        var ordered = new List<FitTarget>();
        var rows = new List<FitBoard>();
        TinyReorderException? refusal = null;
        foreach (Board board in boards)
        {
            OptimizationSettings settings;
            try
            {
                settings = OptimizationSettings.Resolve(request with { Board = board.Id });
            }
            catch (TinyReorderException e) when (e.Diagnostic.Code is DiagnosticCodes.UnknownKernels or DiagnosticCodes.UnknownRuntime)
            {
                refusal ??= e;
                rows.Add(new FitBoard(board) { Refusal = e.Diagnostic.Message });
                continue;
            }
            string key = FitTarget.KeyOf(settings);
            if (!targets.TryGetValue(key, out FitTarget? target))
            {
                target = new FitTarget(settings with { Board = null, BoardName = null }, [.. models.Select(model => Optimize(model, settings))]);
                targets.Add(key, target);
                ordered.Add(target);
            }
            rows.Add(new FitBoard(board) { Target = target, Fit = FitOf(board, target, settings) });
        }
        if (ordered.Count == 0 && refusal is not null)
            throw refusal;
        if (advises)
        {
            Dictionary<FitTarget, FitLadder> ladders = ordered.ToDictionary(target => target, target => new FitLadder(target));
            rows = [.. rows.Select(row => row is { Fits: false, MayFit: false, Target: { } target } ? Advised(row, ladders[target]) : row)];
        }
        Diagnostic[] told = [.. ordered.SelectMany(target => target.Results).SelectMany(result => result.Diagnostics)
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Message).Distinct()];
        return new FitReport(models, ordered, [.. Sorted(rows)], told);
    }

    private static OptimizationResult Optimize(TfliteModel model, OptimizationSettings settings)
    {
        try
        {
            return ModelOptimizer.Optimize(model, settings with { Board = null });
        }
        catch (TinyReorderException e) when (e.Diagnostic.File is null)
        {
            throw new TinyReorderException(e.Diagnostic with { File = model.Name }, e);
        }
    }

    private static BoardFit FitOf(Board board, FitTarget target, OptimizationSettings settings) =>
        new(board, target.ArenaBytes, target.FlashBytes, settings.ReservedSramBytes, settings.ReservedFlashBytes)
        {
            Kernels = target.Kernels,
            AllowanceBytes = target.AllowanceBytes,
        };

    private static FitBoard Advised(FitBoard row, FitLadder ladder) => row with
    {
        Change = ladder.Find(row.Board.StaticRegionBytes - row.Fit!.ReservedSramBytes, row.Board.UsableFlashBytes - row.Fit.ReservedFlashBytes),
    };

    private static IEnumerable<FitBoard> Sorted(IEnumerable<FitBoard> rows) => rows
        .OrderBy(row => row.Fits ? 0 : row.MayFit ? 1 : row.Change is not null ? 2 : row.Fit is not null ? 3 : 4)
        .ThenBy(row => row.Fit is { } fit ? fit.SramMissingBytes + fit.FlashMissingBytes : 0)
        .ThenBy(row => row.Board.StaticRegionBytes)
        .ThenBy(row => row.Board.UsableFlashBytes)
        .ThenBy(row => row.Board.Id, StringComparer.Ordinal);
}
