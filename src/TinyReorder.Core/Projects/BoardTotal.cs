using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Projects;

/// <summary>What all models of a project that are meant for one board take of it together.</summary>
/// <param name="Board">The board.</param>
/// <param name="Models">Its models, in the project's order.</param>
/// <param name="Groups">The groups that some of them belong to.</param>
internal sealed record BoardTotal(Board Board, IReadOnlyList<ModelFootprint> Models, IReadOnlyList<ArenaGroup> Groups)
{
    /// <summary>The arenas: each group's once, and those of all other models.</summary>
    public long ArenaBytes => Arenas().Sum(arena => arena.Bytes);

    /// <summary>What the rest of the firmware takes of the SRAM; of several statements the largest.</summary>
    public long ReservedSramBytes => Models.Max(model => model.ReservedSramBytes);

    /// <summary>All models.</summary>
    public long ModelBytes => Models.Sum(model => model.FlashBytes);

    /// <summary>What the rest of the firmware takes of the flash; of several statements the largest.</summary>
    public long ReservedFlashBytes => Models.Max(model => model.ReservedFlashBytes);

    private IEnumerable<ModelFootprint> Alone => Models.Where(model => model.ArenaGroup is null);

    /// <summary>The memories that arenas lie in, and those which hold such a one; the default one first.</summary>
    private IEnumerable<MemoryRegion> Regions => Board.Regions.Where(region => region == Board.Regions[0] || Arenas(region).Any());

    /// <summary>What lies in <paramref name="region"/>.</summary>
    private BoardFit FitIn(MemoryRegion region) =>
        new(Board, BytesIn(region), ModelBytes, ReservedSramBytes, ReservedFlashBytes)
        {
            BoardName = Models[0].Board,
            Region = region,
            AllowanceBytes = Models.Where(model => Lies(RegionOf(model.ArenaRegion), region) || Lies(RegionOf(model.PersistentRegion), region))
                .Sum(model => model.AllowanceBytes),
        };

    private long BytesIn(MemoryRegion region) => Arenas(region).Sum(arena => arena.Bytes);

    private static bool Lies(MemoryRegion inner, MemoryRegion outer) => inner.Name == outer.Name || inner.Within == outer.Name;

    private MemoryRegion RegionOf(string? name) => name is not null && Board.FindRegion(name) is { } region ? region : Board.Regions[0];

    /// <summary>The line that a build prints.</summary>
    public string Summary()
    {
        string sram = string.Join("; ", Regions.Select(region => BoardFit.Use(BytesIn(region), Board.HoldsTheRest(region) ? ReservedSramBytes : 0,
            region.Bytes, region == Board.Regions[0] ? "SRAM" : region.Name)));
        string flash = BoardFit.Use(ModelBytes, ReservedFlashBytes, Board.UsableFlashBytes, "flash");
        return $"{Quantity.Count(Models.Count)} models together on {Board.Id} ({Board.Name}): {sram}; {flash}";
    }

    /// <summary>
    /// The errors that break the build although each model fits by itself: <see cref="DiagnosticCodes.ArenasExceedSram"/>, <see
    /// cref="DiagnosticCodes.ModelsExceedFlash"/>, both or none. The largest contributions come first.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnose(BoardCatalog catalog)
    {
        List<Diagnostic> diagnostics = [];
        foreach (BoardFit fit in Regions.Select(FitIn).Where(fit => fit.SramMissingBytes > 0))
        {
            string parts = Parts(Arenas(fit.Region!), Board.HoldsTheRest(fit.Region!) ? ReservedSramBytes : 0);
            diagnostics.Add(fit.OnlyAllowanceExceeds
                ? Diagnostic.Warning(DiagnosticCodes.ArenasExceedSram, $"the models of this project together: {parts}; one {fit.AllowanceMessage()}")
                : Diagnostic.Error(
                    DiagnosticCodes.ArenasExceedSram,
                    $"the models of this project need {Quantity.Bytes(fit.SramNeededBytes)} of {fit.Memory} together ({parts}), but {fit.NamedSram()}: "
                    + $"{Quantity.Bytes(fit.SramMissingBytes)} too many. {Advice()}{fit.WouldFit(catalog)}"));
        }
        if (FitIn(Board.Regions[0]) is { FlashMissingBytes: > 0 } flash)
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCodes.ModelsExceedFlash,
                $"the models of this project need {Quantity.Bytes(flash.FlashNeededBytes)} of flash together "
                    + $"({Parts(Models.Select(model => (model.Model, model.FlashBytes)), ReservedFlashBytes)}), "
                + $"but {flash.NamedFlash()}: {Quantity.Bytes(flash.FlashMissingBytes)} too many. {flash.WouldFit(catalog)}"));
        }
        return diagnostics;
    }

    private ModelFootprint[] MembersHere(ArenaGroup group) => Models.Where(model => model.ArenaGroup == group.Name).ToArray();

    /// <summary>The arenas of one memory, or all.</summary>
    private IEnumerable<(string Name, long Bytes)> Arenas(MemoryRegion? region = null) =>
        Groups.SelectMany(group => PartsOf(MembersHere(group), Describe(group), group.BytesOf)).Concat(Alone.SelectMany(model =>
            PartsOf([model], model.Model, models => models[0].ArenaBytes)))
            .Where(part => region is null || Lies(part.Region, region)).Select(part => (part.Name, part.Bytes));

    /// <summary>One arena of <paramref name="models"/>, or where they have two the one that they share and what each keeps.</summary>
    private IEnumerable<(string Name, long Bytes, MemoryRegion Region)> PartsOf(ModelFootprint[] models, string name,
        Func<IReadOnlyList<ModelFootprint>, long> bytesOf)
    {
        MemoryRegion region = RegionOf(models[0].ArenaRegion);
        if (models[0].PersistentRegion is null)
            return [(name, bytesOf(models), region)];
        return models.Select(model => ($"what {model.Model} keeps", model.PersistentArenaBytes ?? 0, RegionOf(model.PersistentRegion)))
            .Prepend(($"tensors of {name}", models.Max(model => model.NonPersistentArenaBytes ?? model.ArenaBytes), region));
    }

    private string Describe(ArenaGroup group)
    {
        string how = group.Sharing == ArenaSharing.Resident ? "shared by" : "the largest of";
        return $"arena group {group.Name} ({how} {string.Join(", ", MembersHere(group).Select(member => member.Model))})";
    }

    /// <summary>The list that a reader adds up again.</summary>
    private static string Parts(IEnumerable<(string Name, long Bytes)> parts, long reservedBytes) =>
        string.Join(" + ", parts.OrderByDescending(part => part.Bytes).Select(part => $"{part.Name} {Quantity.Bytes(part.Bytes)}").Append(
            $"reserved {Quantity.Bytes(reservedBytes)}"));

    private string Advice() => Alone.Count() + Groups.Count > 1 ? "Models that never run at the same time can share one arena: give them the same "
        + "ArenaGroup. " : "";
}
