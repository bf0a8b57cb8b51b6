using System.Globalization;
using TinyReorder.Budgets;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;

namespace TinyReorder.Projects;

/// <summary>
/// What one model takes of its board: enough of a result to add several of them up, and small enough to keep for the builds in which the model does not run
/// again. Sizes are bytes and never negative.
/// </summary>
internal sealed record ModelFootprint
{
    private static readonly Choice<ArenaSharing> Sharings = new([("recreate", ArenaSharing.Recreate), ("resident", ArenaSharing.Resident)]);

    private const int SizeCount = 9;
    private const string OperatorsName = "operators=", PeakName = "peak=";

    /// <summary>The model as the user named it.</summary>
    public required string Model { get; init; }

    /// <summary>The symbol of the generated code.</summary>
    public required string Symbol { get; init; }

    /// <summary>The name of the group that shares an arena; null where the model has an arena of its own.</summary>
    public string? ArenaGroup { get; init; }

    /// <summary>How that group shares it.</summary>
    public ArenaSharing ArenaSharing { get; init; }

    /// <summary>The board as the user named it; null where none is checked.</summary>
    public string? Board { get; init; }

    /// <summary>The memory of the board that the arena lies in, as the user named it; null for where variables lie.</summary>
    public string? ArenaRegion { get; init; }

    /// <summary>The memory of the second arena, where the program gives two; null where it gives one.</summary>
    public string? PersistentRegion { get; init; }

    /// <summary>The arena's constant, margin and shared resource variables included.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>What of it is allowed for operators that no profile knows; it breaks no build.</summary>
    public long AllowanceBytes { get; init; }

    /// <summary>What of it the interpreter keeps as long as it lives.</summary>
    public required long PersistentBytes { get; init; }

    /// <summary>The first of two arenas, which holds nothing that is kept; null where that is not known.</summary>
    public long? NonPersistentArenaBytes { get; init; }

    /// <summary>The second of two arenas, for what is kept; null where that is not known.</summary>
    public long? PersistentArenaBytes { get; init; }

    /// <summary>The model in flash.</summary>
    public required long FlashBytes { get; init; }

    /// <summary>What the rest of the firmware takes of the SRAM.</summary>
    public long ReservedSramBytes { get; init; }

    /// <summary>What the rest of the firmware takes of the flash.</summary>
    public long ReservedFlashBytes { get; init; }

    /// <summary>The operators that the interpreter has to know for it, as <see cref="OpResolver.Words"/> writes them.</summary>
    public string Operators { get; init; } = "";

    /// <summary>The peak of the order that was taken.</summary>
    public long PeakBytes { get; init; }

    /// <summary>The operator at that peak, such as <c>3 CONV_2D</c>.</summary>
    public string PeakOperator { get; init; } = "";

    /// <summary>What is held against a budget.</summary>
    public ModelSizes Sizes => new(ArenaBytes, FlashBytes, PeakBytes, PeakOperator);

    /// <summary>The footprint of <paramref name="result"/>.</summary>
    /// <param name="result">The result.</param>
    /// <param name="symbol">The symbol of its generated code.</param>
    /// <param name="board">The board as the user named it; may be empty.</param>
    /// <param name="arenaGroup">The metadata of that name; may be empty.</param>
    /// <param name="arenaSharing">The metadata of that name, <c>recreate</c> or <c>resident</c>; may be empty.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>.</exception>
    public static ModelFootprint Of(OptimizationResult result, string symbol, string? board, string? arenaGroup, string? arenaSharing) => new()
    {
        PeakBytes = ModelSizes.Of(result).PeakBytes,
        PeakOperator = ModelSizes.Of(result).PeakOperator,
        Model = result.Model.Name,
        Symbol = symbol,
        ArenaGroup = string.IsNullOrWhiteSpace(arenaGroup) ? null : arenaGroup!.Trim(),
        ArenaSharing = ParseSharing(arenaSharing),
        Board = result.Board is null ? null : board,
        ArenaBytes = result.Constant.Bytes,
        AllowanceBytes = result.Constant.AllowanceBytes,
        PersistentBytes = result.Arena.PersistentBytes + result.Constant.ResourceVariableBytes,
        NonPersistentArenaBytes = result.Constant.NonPersistentBytes,
        PersistentArenaBytes = result.Constant.PersistentBytes,
        FlashBytes = result.OptimizedModel.Length,
        ReservedSramBytes = result.Board?.ReservedSramBytes ?? 0,
        ReservedFlashBytes = result.Board?.ReservedFlashBytes ?? 0,
        Operators = OpResolver.Of([result.PlannedModel]).Words,
    };

    /// <summary>Reads the word that a user writes.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>.</exception>
    public static ArenaSharing ParseSharing(string? word) => Sharings.Parse(word, "ArenaSharing");

    /// <summary>Sizes and operators as lines to keep; <see cref="WithSizes"/> reads them.</summary>
    public IReadOnlyList<string> SizeLines() =>
        new[] { ArenaBytes, PersistentBytes, NonPersistentArenaBytes ?? -1, FlashBytes, ReservedSramBytes, ReservedFlashBytes, AllowanceBytes, PeakBytes,
            PersistentArenaBytes ?? -1 }
            .Select(bytes => bytes.ToString(CultureInfo.InvariantCulture)).Append(OperatorsName + Operators).Append(PeakName + PeakOperator).ToArray();

    /// <summary>A footprint with what stands in <see cref="SizeLines"/>; null where <paramref name="lines"/> are no such lines.</summary>
    public static ModelFootprint? WithSizes(IReadOnlyList<string> lines, string model, string symbol)
    {
        if (lines.Count != SizeCount + 2 || !lines[SizeCount].StartsWith(OperatorsName, StringComparison.Ordinal)
            || !lines[SizeCount + 1].StartsWith(PeakName, StringComparison.Ordinal)
            || !OpResolver.AreWords(lines[SizeCount].Substring(OperatorsName.Length)))
            return null;
        long[] sizes = new long[SizeCount];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!long.TryParse(lines[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < (i is 2 or 8 ? -1 : 0))
                return null;
        }
        return new ModelFootprint
        {
            Model = model,
            Symbol = symbol,
            ArenaBytes = sizes[0],
            PersistentBytes = sizes[1],
            NonPersistentArenaBytes = sizes[2] < 0 ? null : sizes[2],
            FlashBytes = sizes[3],
            ReservedSramBytes = sizes[4],
            ReservedFlashBytes = sizes[5],
            AllowanceBytes = sizes[6],
            PeakBytes = sizes[7],
            PersistentArenaBytes = sizes[8] < 0 ? null : sizes[8],
            PeakOperator = lines[SizeCount + 1].Substring(PeakName.Length),
            Operators = lines[SizeCount].Substring(OperatorsName.Length),
        };
    }
}
