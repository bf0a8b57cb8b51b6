namespace TinyReorder.Web.Messages;

/// <summary>How the result sits on the board; all sizes are bytes.</summary>
internal sealed record BoardFigures
{
    public BoardFigures(BoardUse use) =>
        (Id, Name, Fits, SramLeftBytes, FlashLeftBytes) = (use.Board.Id, use.Board.Name, use.Fits, use.SramLeftBytes, use.FlashLeftBytes);

    public string Id { get; }

    public string Name { get; }

    public bool Fits { get; }

    public long SramLeftBytes { get; }

    public long FlashLeftBytes { get; }
}
