namespace TinyReorder.Web.Messages;

/// <summary>A board of the list, with all words that it is found by.</summary>
internal sealed record BoardEntry
{
    public BoardEntry(KnownBoard board) =>
        (Id, Name, Words, SramBytes, FlashBytes) = (board.Id, board.Name, [.. board.Aliases, board.Mcu, board.Core], board.SramBytes, board.FlashBytes);

    public string Id { get; }

    public string Name { get; }

    /// <summary>Aliases, microcontroller and core.</summary>
    public IReadOnlyList<string> Words { get; }

    public long SramBytes { get; }

    public long FlashBytes { get; }
}
