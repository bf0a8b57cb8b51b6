using TinyReorder.Rewrites;

namespace TinyReorder;

/// <summary>Consecutive operators of the given file that run as a loop over rows, or in bands.</summary>
public sealed class StreamedLoop
{
    internal StreamedLoop(StreamedRegion region)
    {
        FirstOperator = region.FirstOperator;
        LastOperator = region.LastOperator;
        RowsPerTurn = region.RowsPerTurn;
        Turns = region.Turns;
        Form = region.Form;
    }

    /// <summary>The first of them, by its index in the given file's order.</summary>
    public int FirstOperator { get; }

    /// <summary>The last of them, by its index in the given file's order.</summary>
    public int LastOperator { get; }

    /// <summary>How many rows of the last operator's output a turn, or a band, makes.</summary>
    public int RowsPerTurn { get; }

    /// <summary>How often the loop turns, or how many bands there are.</summary>
    public int Turns { get; }

    /// <summary>
    /// <c>stream</c> where rows that windows share are carried from turn to turn, <c>loop</c> where they are computed again, <c>mixed</c> between;
    /// <c>bands</c> where nothing turns, because the interpreter has no loops: each band has operators of its own.
    /// </summary>
    public string Form { get; }
}
