namespace TinyReorder.Scheduling;

/// <summary>A set of executed operators that the search has reached, as the operators that were run since its parent.</summary>
internal sealed class SearchState(SearchState? parent, int[] operators, long liveBytes, int executed)
{
    public SearchState? Parent { get; } = parent;

    /// <summary>Operators run since the parent, in order.</summary>
    public int[] Operators { get; } = operators;

    /// <summary>Bytes live between this state and the next operator.</summary>
    public long LiveBytes { get; } = liveBytes;

    /// <summary>The number of executed operators.</summary>
    public int Executed { get; } = executed;

    /// <summary>The number of states between this one and the root.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Moves that need at most this many bytes have been tried.</summary>
    public long TriedBytes { get; set; } = -1;

    /// <summary>How many states were waiting when this one was first expanded: what lies above comes from it.</summary>
    public int WaitingBelow { get; set; }

    /// <summary>The state that may take this one's place: whatever can be finished from here can be finished from there.</summary>
    public SearchState? ReplacedBy { get; set; }

    /// <summary>Whether this state or one before it was replaced by a state that does not lead here.</summary>
    public bool IsReplaced()
    {
        SearchState? from = null;
        for (SearchState? state = this; state is not null; from = state, state = state.Parent)
        {
            if (state.ReplacedBy is not null && state.ReplacedBy != from)
                return true;
        }
        return false;
    }
}
