using TinyReorder.CompareBuilds.Differences;

namespace TinyReorder.CompareBuilds;

/// <summary>How often a kind of difference occurs, and where it is about numbers, what became of them.</summary>
internal sealed record DifferenceCount
{
    private int Times { get; init; }

    private int Lower { get; init; }

    private int Higher { get; init; }

    private long Before { get; init; }

    private long After { get; init; }

    /// <summary>The same with one more.</summary>
    public DifferenceCount And(Difference difference)
    {
        DifferenceCount next = this with { Times = Times + 1 };
        return difference.Numbers is not var (before, after) ? next : next with
        {
            Lower = Lower + (after < before ? 1 : 0),
            Higher = Higher + (after > before ? 1 : 0),
            Before = Before + before,
            After = After + after,
        };
    }

    public override string ToString() => Lower + Higher == 0
        ? FormattableString.Invariant($"{Times}")
        : FormattableString.Invariant($"{Times}, lower in {Lower}, higher in {Higher}, sum {Before:N0} -> {After:N0}");
}
