using TinyReorder.Diagnostics;

namespace TinyReorder.Boards;

/// <summary>Whether a model fits a board, and what to tell the user where it does not. Sizes are bytes and never negative.</summary>
/// <param name="Board">The board.</param>
/// <param name="ArenaBytes">The arena that the interpreter is handed.</param>
/// <param name="ModelBytes">The model, which stays in flash.</param>
/// <param name="ReservedSramBytes">What the rest of the firmware keeps of the static region.</param>
/// <param name="ReservedFlashBytes">What the rest of the firmware keeps of the flash.</param>
internal sealed record BoardFit(Board Board, long ArenaBytes, long ModelBytes, long ReservedSramBytes = 0, long ReservedFlashBytes = 0)
{
    /// <summary>The memory that the arena lies in; null for the board's default one.</summary>
    public MemoryRegion? Region { get; init; }

    /// <summary>How options are called.</summary>
    public OptionStyle Style { get; init; } = OptionStyle.Metadata;

    /// <summary>The option that names it, as metadata.</summary>
    public string Option { get; init; } = "ArenaRegion";

    /// <summary>The name by which the user asked for the board, for messages; null for its id.</summary>
    public string? BoardName { get; init; }

    /// <summary>The kernel library that the arena was computed for, for messages; null for the board's.</summary>
    public string? Kernels { get; init; }

    /// <summary>What of the arena is allowed for operators that no profile knows; it makes a warning, not an error.</summary>
    public long AllowanceBytes { get; init; }

    /// <summary>What would make the model fit this very board, as a sentence; null when nothing is known to.</summary>
    public string? Advice { get; init; }

    /// <summary>The arena and what is reserved of its region.</summary>
    public long SramNeededBytes => Sum(ArenaBytes, ReservedIn(Place));

    /// <summary>By how much the arena's region is too small; 0 when it is not.</summary>
    public long SramMissingBytes => Math.Max(0, SramNeededBytes - Place.Bytes);

    /// <summary>The model and the reserved bytes.</summary>
    public long FlashNeededBytes => Sum(ModelBytes, ReservedFlashBytes);

    /// <summary>By how much the flash is too small; 0 when it is not.</summary>
    public long FlashMissingBytes => Math.Max(0, FlashNeededBytes - Board.UsableFlashBytes);

    /// <summary>Whether both memories hold what they have to.</summary>
    public bool Fits => SramMissingBytes == 0 && FlashMissingBytes == 0;

    /// <summary>
    /// The errors that break the build: <see cref="DiagnosticCodes.ArenaExceedsSram"/>, <see cref="DiagnosticCodes.ModelExceedsFlash"/>, both or none. The
    /// first is a warning where the arena would fit without <see cref="AllowanceBytes"/>.
    /// </summary>
    /// <param name="catalog">Where boards that would fit are looked for.</param>
    /// <param name="file">The model as the user named it.</param>
    /// <param name="peak">
    /// The operator at the peak with the tensors that are live there, such as <c>operator 3 CONV_2D: input 8,000 B, output 8,000 B</c>; null when not known.
    /// </param>
    public IReadOnlyList<Diagnostic> Diagnose(BoardCatalog catalog, string? file = null, string? peak = null)
    {
        List<Diagnostic> diagnostics = [];
        if (SramMissingBytes > 0)
        {
            diagnostics.Add((OnlyAllowanceExceeds
                ? Diagnostic.Warning(DiagnosticCodes.ArenaExceedsSram, AllowanceMessage())
                : Diagnostic.Error(DiagnosticCodes.ArenaExceedsSram, SramMessage(catalog, peak))) with
            { File = file });
        }
        if (FlashMissingBytes > 0)
            diagnostics.Add(Diagnostic.Error(DiagnosticCodes.ModelExceedsFlash, FlashMessage(catalog)) with { File = file });
        return diagnostics;
    }

    /// <summary>Whether the static region would hold what is known to be needed.</summary>
    internal bool OnlyAllowanceExceeds => SramMissingBytes > 0 && AllowanceBytes >= SramMissingBytes;

    /// <summary>What to say where only the allowance exceeds the board.</summary>
    internal string AllowanceMessage() =>
        $"may need {Needed()}, but "
            + $"{NamedSram()}. "
        + $"{Quantity.Bytes(AllowanceBytes)} of it are allowed for operators that no profile knows, and without them it fits: "
        + "measure the arena on the device, or write their figures into a profile, which also makes the constant smaller";

    private string SramMessage(BoardCatalog catalog, string? peak) =>
        $"needs {Needed()}, but {NamedSram()}: "
        + $"{Quantity.Bytes(SramMissingBytes)} too many. "
        + (string.IsNullOrWhiteSpace(peak) ? "" : $"Peak at {peak!.Trim().TrimEnd('.')}. ")
        + (Advice is null ? "" : Advice + " ")
        + OtherRegions()
        + WouldFit(catalog);

    private string FlashMessage(BoardCatalog catalog) =>
        $"needs {Quantity.Bytes(FlashNeededBytes)} of flash (model {Quantity.Bytes(ModelBytes)} + reserved {Quantity.Bytes(ReservedFlashBytes)}), "
        + $"but {NamedFlash()}: {Quantity.Bytes(FlashMissingBytes)} too many. "
        + WouldFit(catalog);

    /// <summary>The board and the arena's region, for messages.</summary>
    internal string NamedSram() => IsDefault ? $"{Named()} has {Quantity.Bytes(Board.StaticRegionBytes)} for static data{OutOfReach()}"
        : $"the region {Place.Name} of {Named()} has {Quantity.Bytes(Place.Bytes)}";

    /// <summary>The board and its flash, for messages.</summary>
    internal string NamedFlash() => $"{Named()} has {Quantity.Bytes(Board.UsableFlashBytes)} for programs";

    /// <summary>What the memory is called in messages.</summary>
    internal string Memory => IsDefault ? "SRAM" : Place.Name;

    private MemoryRegion Place => Region ?? Board.Regions[0];

    private bool IsDefault => Place.Name == Board.Regions[0].Name;

    private long ReservedIn(MemoryRegion region) => Board.HoldsTheRest(region) ? ReservedSramBytes : 0;

    private string Needed() => $"{Quantity.Bytes(SramNeededBytes)} of {Memory} (arena {Quantity.Bytes(ArenaBytes)} + reserved "
        + $"{Quantity.Bytes(ReservedIn(Place))})";

    /// <summary>The sentence that names the board's other memories which would hold the arena; empty where none would.</summary>
    private string OtherRegions()
    {
        MemoryRegion[] others = [.. Board.Regions.Where(region => region.Name != Place.Name && Sum(ArenaBytes, ReservedIn(region)) <= region.Bytes)];
        return others.Length == 0 ? "" : "Another memory of the board would hold the arena: " + string.Join(", ", others.Select(region =>
            $"{Style.Setting(Option, region.Name)} ({Quantity.Bytes(region.Bytes)}{(region.Has(MemoryRegion.External) ? ", external" : "")})")) + ". ";
    }

    private string Named() => $"{BoardName ?? Board.Id} ({Board.Name})";

    /// <summary>Answers the first objection of who knows the data sheet: the chip has more SRAM than that.</summary>
    private string OutOfReach() => Board.SramTotalBytes is { } total && total > Board.StaticRegionBytes
        ? $" (of {Quantity.Bytes(total)} in all{(OtherRegions().Length > 0 ? "" : "; a static array cannot use the rest")})"
        : "";

    /// <summary>The sentence that names boards which would hold both.</summary>
    internal string WouldFit(BoardCatalog catalog)
    {
        string kernels = Kernels ?? Board.Kernels;
        IReadOnlyList<Board> boards = catalog.FittingBoards(SramNeededBytes, FlashNeededBytes, Board, kernels);
        if (boards.Count == 0)
            return "No board of the catalog would fit";
        return "Would fit: " + string.Join(", ", boards.Select(board =>
            $"{board.Id} ({Quantity.Bytes(board.StaticRegionBytes)} SRAM, {Quantity.Bytes(board.UsableFlashBytes)} flash"
            + (kernels == Board.NoKernels || board.Kernels == kernels ? "" : $"; its {board.Kernels} kernels change the arena") + ")"));
    }

    /// <summary>How a memory is used, for the lines that a build prints.</summary>
    internal static string Use(long bytes, long reservedBytes, long availableBytes, string memory)
    {
        string reserved = reservedBytes > 0 ? $" + {Quantity.Bytes(reservedBytes)} reserved" : "";
        long left = availableBytes - bytes - reservedBytes;
        string rest = left >= 0 ? $"{Quantity.Bytes(left)} left" : $"{Quantity.Bytes(-left)} missing";
        return $"{Quantity.Bytes(bytes)}{reserved} of {Quantity.Bytes(availableBytes)} {memory}, {rest}";
    }

    private static long Sum(long a, long b)
    {
        if (a < 0 || b < 0)
            throw new ArgumentOutOfRangeException(nameof(a), "sizes are not negative");
        return a > long.MaxValue - b ? long.MaxValue : a + b;
    }
}
