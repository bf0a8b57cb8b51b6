using TinyReorder.Scheduling;

namespace TinyReorder.Tests.Shared;

/// <summary>Every combination of the order search's techniques.</summary>
public static class TechniqueCombinations
{
    /// <summary>How many there are.</summary>
    public const int Count = 2_048;

    /// <summary>The combination of a number below <see cref="Count"/>, a bit for each technique.</summary>
    internal static SearchTechniques Of(int bits) => new()
    {
        ForcedMoves = (bits & 1) != 0,
        Valleys = (bits & 2) != 0,
        LazyOperators = (bits & 4) != 0,
        CutStates = (bits & 8) != 0,
        Dominance = (bits & 16) != 0,
        LowerBounds = (bits & 32) != 0,
        CutLowerBounds = (bits & 64) != 0,
        GreedyOrders = (bits & 128) != 0,
        Approaches = (bits & 256) != 0,
        BothEnds = (bits & 512) != 0,
        WholeUnits = (bits & 1_024) != 0,
    };
}
