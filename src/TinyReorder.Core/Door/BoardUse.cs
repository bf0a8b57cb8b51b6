using TinyReorder.Optimization;

namespace TinyReorder;

/// <summary>How the result sits on the board.</summary>
public sealed class BoardUse
{
    internal BoardUse(BoardResult result, long arenaBytes, long modelBytes)
    {
        Board = new KnownBoard(result.Board);
        ArenaRegion = result.Region.Name;
        SramLeftBytes = result.RoomBytes - arenaBytes;
        FlashLeftBytes = Board.FlashBytes - result.ReservedFlashBytes - modelBytes;
        Fits = result.Fits;
    }

    /// <summary>The board.</summary>
    public KnownBoard Board { get; }

    /// <summary>The name of the region that the arena lies in.</summary>
    public string ArenaRegion { get; }

    /// <summary>Bytes of the arena's region that arena and reserved bytes leave; negative where so many are missing.</summary>
    public long SramLeftBytes { get; }

    /// <summary>Bytes of flash that model and reserved bytes leave; negative where so many are missing.</summary>
    public long FlashLeftBytes { get; }

    /// <summary>Whether nothing is missing.</summary>
    public bool Fits { get; }
}
