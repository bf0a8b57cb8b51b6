namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>How many mutants there were of each kind.</summary>
internal sealed class MutantCounts
{
    private readonly Dictionary<(MutantKind Kind, bool IsFault), int> counts = [];

    public void Add(Mutant mutant) => counts[(mutant.Kind, mutant.IsFault)] = counts.GetValueOrDefault((mutant.Kind, mutant.IsFault)) + 1;

    public int Faults(MutantKind kind) => counts.GetValueOrDefault((kind, true));

    public override string ToString() =>
        string.Join('\n',
            Enum.GetValues<MutantKind>()
            .Select(kind => $"{kind}: {Faults(kind):N0} faults, all found; {counts.GetValueOrDefault((kind, false)):N0} that are none, all accepted"));
}
