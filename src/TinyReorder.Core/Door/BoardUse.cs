using TinyReorder.Optimization;

namespace TinyReorder;

/// <summary>How the result sits on the board.</summary>
public sealed class BoardUse
{
    internal BoardUse(BoardResult result, long modelBytes)
    {
        Board = new KnownBoard(result.Board);
        ArenaRegion = result.Region.Name;
        PersistentRegion = result.PersistentRegion?.Name;
        SramLeftBytes = result.Places[0].LeftBytes;
        FlashLeftBytes = Board.FlashBytes - result.ReservedFlashBytes - modelBytes;
        Fits = result.Fits;
    }

    /// <summary>The board.</summary>
    public KnownBoard Board { get; }

    /// <summary>The name of the region that the arena lies in, or the first of two arenas.</summary>
    public string ArenaRegion { get; }

    /// <summary>The name of the region of the second arena; null where the program gives one.</summary>
    public string? PersistentRegion { get; }

    /// <summary>Bytes of the arena's region that arena and reserved bytes leave; negative where so many are missing.</summary>
    public long SramLeftBytes { get; }

    /// <summary>Bytes of flash that model and reserved bytes leave; negative where so many are missing.</summary>
    public long FlashLeftBytes { get; }

    /// <summary>Whether nothing is missing.</summary>
    public bool Fits { get; }
}
