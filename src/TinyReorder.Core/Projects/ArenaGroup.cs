using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Sizes;

namespace TinyReorder.Projects;

/// <summary>Models that never run at the same time and share one arena.</summary>
/// <param name="Name">The group's name, which its generated code is named by.</param>
/// <param name="Sharing">How they share it.</param>
/// <param name="Members">The models, at least one, in the project's order.</param>
internal sealed record ArenaGroup(string Name, ArenaSharing Sharing, IReadOnlyList<ModelFootprint> Members)
{
    private const long AlignmentBytes = 16;

    /// <summary>The names of the generated code; <see cref="GeneratedNames.ArenaConstant"/> is the group's constant.</summary>
    public GeneratedNames Names { get; } = new(Name);

    /// <summary>The name of the header, such as <c>audio_arena.h</c>.</summary>
    public string HeaderFile => HeaderFileOf(Name);

    /// <summary>The arena where one interpreter at a time has it: the largest of the members'.</summary>
    public long LargestBytes => LargestOf(Members);

    /// <summary>
    /// The arena where all interpreters stay and share one <c>MicroAllocator</c>: what the largest needs besides what it keeps, and what all of them keep.
    /// At most as much, since the allocator's own objects are counted for every model and exist once.
    /// </summary>
    public long ResidentBytes => ResidentOf(Members);

    /// <summary>The group's constant.</summary>
    public long ArenaBytes => BytesOf(Members);

    /// <summary>Where a program gives two arenas: the one that the members share, the largest; null where it is not known of each of them.</summary>
    public long? NonPersistentArenaBytes =>
        Members.All(member => member.NonPersistentArenaBytes is not null) ? Members.Max(member => member.NonPersistentArenaBytes) : null;

    /// <summary>The name of the header of a group.</summary>
    public static string HeaderFileOf(string name) => name + "_arena.h";

    /// <summary>The groups of <paramref name="models"/>, in the order of their first members.</summary>
    /// <exception cref="TinyReorderException">
    /// <see cref="DiagnosticCodes.BadOption"/>: a name is no identifier, or the members share in different ways; <see
    /// cref="DiagnosticCodes.SymbolCollision"/>: a name is a model's symbol or leads to another group's constants.
    /// </exception>
    public static IReadOnlyList<ArenaGroup> Of(IReadOnlyList<ModelFootprint> models)
    {
        ArenaGroup[] groups = models.Where(model => model.ArenaGroup is not null)
            .GroupBy(model => model.ArenaGroup!, StringComparer.Ordinal)
            .Select(group => Create(group.Key, group.ToArray()))
            .ToArray();
        for (int i = 0; i < groups.Length; i++)
        {
            ArenaGroup group = groups[i];
            if (models.FirstOrDefault(model => Clash(group, model.Symbol)) is { } clashing)
                throw Fault(DiagnosticCodes.SymbolCollision, $"ArenaGroup \"{group.Name}\" would generate the same identifiers as the model "
                    + $"{clashing.Model}: choose another name for the group or another Symbol", group);
            if (groups.Take(i).FirstOrDefault(other => other.Names.ClashesWith(group.Names)) is { } twin)
                throw Fault(DiagnosticCodes.SymbolCollision, $"ArenaGroup \"{group.Name}\" would generate the same identifiers as ArenaGroup \"{twin.Name}\"",
                    group);
        }
        return groups;
    }

    /// <summary>The arena for some of the members.</summary>
    internal long BytesOf(IReadOnlyList<ModelFootprint> members) => Sharing == ArenaSharing.Resident ? ResidentOf(members) : LargestOf(members);

    private static long LargestOf(IReadOnlyList<ModelFootprint> members) => members.Max(member => member.ArenaBytes);

    private static long ResidentOf(IReadOnlyList<ModelFootprint> members)
    {
        long bytes = members.Max(member => Math.Max(0, member.ArenaBytes - member.PersistentBytes)) + members.Sum(member => member.PersistentBytes);
        return members.Count == 1 ? members[0].ArenaBytes : Rounding.Up(bytes, AlignmentBytes);
    }

    private static ArenaGroup Create(string name, ModelFootprint[] members)
    {
        ModelFootprint first = members[0];
        if (members.FirstOrDefault(member => member.ArenaSharing != first.ArenaSharing) is { } other)
        {
            string message = $"ArenaSharing differs from that of {first.Model}, which is in the same ArenaGroup \"{name}\": all models of a group share "
                + "its arena in one way";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, message) with { File = other.Model });
        }
        if (members.FirstOrDefault(member => member.PersistentRegion is null != first.PersistentRegion is null) is { } one)
        {
            string message = $"PersistentRegion is given for this model or for {first.Model}, which is in the same ArenaGroup \"{name}\", and not for both: "
                + "all models of a group have two arenas, or one";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, message) with { File = one.Model });
        }
        if (members.FirstOrDefault(member => !string.Equals(member.ArenaRegion, first.ArenaRegion, StringComparison.OrdinalIgnoreCase)) is { } elsewhere)
        {
            string message = $"ArenaRegion differs from that of {first.Model}, which is in the same ArenaGroup \"{name}\": the arena of a "
                + "group lies in one memory";
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, message) with { File = elsewhere.Model });
        }
        try
        {
            return new ArenaGroup(name, first.ArenaSharing, members);
        }
        catch (TinyReorderException exception)
        {
            throw new TinyReorderException(exception.Diagnostic with { Message = "ArenaGroup: " + exception.Diagnostic.Message, File = first.Model },
                exception);
        }
    }

    private static bool Clash(ArenaGroup group, string symbol)
    {
        var names = new GeneratedNames(symbol);
        return names.ClashesWith(group.Names) || names.OpResolverClashesWith(group.Names) || group.Names.OpResolverClashesWith(names)
            || string.Equals(names.HeaderFile, group.HeaderFile, StringComparison.OrdinalIgnoreCase);
    }

    private static TinyReorderException Fault(string code, string message, ArenaGroup group) =>
        new(Diagnostic.Error(code, message) with { File = group.Members[0].Model });
}
