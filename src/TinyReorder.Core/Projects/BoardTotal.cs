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
    public long ArenaBytes => Groups.Sum(group => group.BytesOf(MembersHere(group))) + Alone.Sum(model => model.ArenaBytes);

    /// <summary>What the rest of the firmware takes of the SRAM; of several statements the largest.</summary>
    public long ReservedSramBytes => Models.Max(model => model.ReservedSramBytes);

    /// <summary>All models.</summary>
    public long ModelBytes => Models.Sum(model => model.FlashBytes);

    /// <summary>What the rest of the firmware takes of the flash; of several statements the largest.</summary>
    public long ReservedFlashBytes => Models.Max(model => model.ReservedFlashBytes);

    private IEnumerable<ModelFootprint> Alone => Models.Where(model => model.ArenaGroup is null);

    private BoardFit Fit =>
        new(Board, ArenaBytes, ModelBytes, ReservedSramBytes, ReservedFlashBytes)
        {
            BoardName = Models[0].Board,
            AllowanceBytes = Models.Sum(model => model.AllowanceBytes)
        };

    /// <summary>The line that a build prints.</summary>
    public string Summary()
    {
        string sram = BoardFit.Use(ArenaBytes, ReservedSramBytes, Board.StaticRegionBytes, "SRAM");
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
        if (Fit.SramMissingBytes > 0)
        {
            diagnostics.Add(Fit.OnlyAllowanceExceeds
                ? Diagnostic.Warning(DiagnosticCodes.ArenasExceedSram, $"the models of this project together: {Parts(Arenas(), ReservedSramBytes)}; one "
                    + $"{Fit.AllowanceMessage()}")
                : Diagnostic.Error(
                    DiagnosticCodes.ArenasExceedSram,
                    $"the models of this project need {Quantity.Bytes(Fit.SramNeededBytes)} of SRAM together ({Parts(Arenas(), ReservedSramBytes)}), but "
                        + $"{Fit.NamedSram()}: "
                    + $"{Quantity.Bytes(Fit.SramMissingBytes)} too many. {Advice()}{Fit.WouldFit(catalog)}"));
        }
        if (Fit.FlashMissingBytes > 0)
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCodes.ModelsExceedFlash,
                $"the models of this project need {Quantity.Bytes(Fit.FlashNeededBytes)} of flash together "
                    + $"({Parts(Models.Select(model => (model.Model, model.FlashBytes)), ReservedFlashBytes)}), "
                + $"but {Fit.NamedFlash()}: {Quantity.Bytes(Fit.FlashMissingBytes)} too many. {Fit.WouldFit(catalog)}"));
        }
        return diagnostics;
    }

    private ModelFootprint[] MembersHere(ArenaGroup group) => Models.Where(model => model.ArenaGroup == group.Name).ToArray();

    private IEnumerable<(string Name, long Bytes)> Arenas() => Groups.Select(Describe).Concat(Alone.Select(model => (model.Model, model.ArenaBytes)));

    private (string Name, long Bytes) Describe(ArenaGroup group)
    {
        ModelFootprint[] members = MembersHere(group);
        string how = group.Sharing == ArenaSharing.Resident ? "shared by" : "the largest of";
        return ($"arena group {group.Name} ({how} {string.Join(", ", members.Select(member => member.Model))})", group.BytesOf(members));
    }

    /// <summary>The list that a reader adds up again.</summary>
    private static string Parts(IEnumerable<(string Name, long Bytes)> parts, long reservedBytes) =>
        string.Join(" + ", parts.OrderByDescending(part => part.Bytes).Select(part => $"{part.Name} {Quantity.Bytes(part.Bytes)}").Append(
            $"reserved {Quantity.Bytes(reservedBytes)}"));

    private string Advice() => Alone.Count() + Groups.Count > 1 ? "Models that never run at the same time can share one arena: give them the same "
        + "ArenaGroup. " : "";
}
