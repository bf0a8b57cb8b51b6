using TinyReorder.Fitting;
using TinyReorder.Tflite;

namespace TinyReorder;

/// <summary>Whether one board holds some models.</summary>
public sealed class FittedBoard
{
    internal FittedBoard(FitBoard board, IReadOnlyList<TfliteModel> models, IReadOnlyList<FitPeak> peaks)
    {
        Board = new KnownBoard(board.Board);
        Fits = board.Fits;
        MayFit = board.Fits || board.MayFit;
        Refusal = board.Refusal;
        Change = board.Change is { } change ? new FittingChange(change) : null;
        if (board is not { Target: { } target, Fit: { } fit })
            return;
        Runtime = target.Library;
        Kernels = KernelWords.Find(target.Kernels);
        Abi = target.Abi is { } abi ? Kinds.Of(abi) : null;
        (ArenaBytes, ModelBytes) = (fit.ArenaBytes, fit.ModelBytes);
        (SramLeftBytes, FlashLeftBytes) = (Board.SramBytes - fit.SramNeededBytes, Board.FlashBytes - fit.FlashNeededBytes);
        Peaks = [.. peaks.Zip(board.ToShrink(peaks), (peak, shrink) => (peak, shrink))
            .Select((pair, i) => new ModelPeak(models[i].Name, pair.peak, pair.shrink))];
    }

    /// <summary>The board.</summary>
    public KnownBoard Board { get; }

    /// <summary>Whether nothing is missing.</summary>
    public bool Fits { get; }

    /// <summary>Whether nothing is missing but what is allowed for operators that no profile knows.</summary>
    public bool MayFit { get; }

    /// <summary>The library with its version that the models were planned for; null where no interpreter runs.</summary>
    public string? Runtime { get; }

    /// <summary>The kernels; null where no interpreter runs.</summary>
    public KernelLibrary? Kernels { get; }

    /// <summary>The ABI; null where no interpreter runs.</summary>
    public AbiKind? Abi { get; }

    /// <summary>The bytes of the arenas of all models, margins included; null where nothing runs.</summary>
    public long? ArenaBytes { get; }

    /// <summary>The bytes of all models in flash; null where nothing runs.</summary>
    public long? ModelBytes { get; }

    /// <summary>Bytes of SRAM that arenas and reserved bytes leave; negative where so many are missing, null where nothing runs.</summary>
    public long? SramLeftBytes { get; }

    /// <summary>Bytes of flash that models and reserved bytes leave; negative where so many are missing, null where nothing runs.</summary>
    public long? FlashLeftBytes { get; }

    /// <summary>Where each model holds its peak, in the order of the models; empty where nothing runs.</summary>
    public IReadOnlyList<ModelPeak> Peaks { get; } = [];

    /// <summary>The cheapest other settings with which the models fit; null where none are needed or none were found.</summary>
    public FittingChange? Change { get; }

    /// <summary>Why nothing runs there, such as kernels that its core cannot run; null where something does.</summary>
    public string? Refusal { get; }
}
