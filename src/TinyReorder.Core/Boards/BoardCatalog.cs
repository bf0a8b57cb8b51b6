using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Boards;

/// <summary>Boards and the names that find them. A catalog never changes.</summary>
internal sealed class BoardCatalog
{
    /// <summary>The most bytes of a board file.</summary>
    public const long MaxFileBytes = JsonFile.MaxFileBytes;

    private static readonly Lazy<BoardCatalog> LazyBuiltIn = new(LoadBuiltIn);

    private readonly Dictionary<string, Board> byName;

    private BoardCatalog(IReadOnlyList<Board> boards, Dictionary<string, Board> byName)
    {
        Boards = boards;
        this.byName = byName;
    }

    /// <summary>The ids of the kernel libraries that a board may name; <c>none</c> where TensorFlow Lite Micro does not run.</summary>
    public static IReadOnlyList<string> KernelLibraries { get; } =
        ["reference", "cmsis-nn-dsp", "cmsis-nn-c", "cmsis-nn-mve", "esp-nn", "esp-nn-s3", "esp-nn-p4", "none"];

    /// <summary>The boards that come with this library.</summary>
    public static BoardCatalog BuiltIn => LazyBuiltIn.Value;

    /// <summary>Every board once, in the order of the file, users' boards last.</summary>
    public IReadOnlyList<Board> Boards { get; }

    /// <summary>Reads a board file (docs/boards.md).</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="fileName">The file as the user named it, for diagnostics.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadBoardFile"/>.</exception>
    public static BoardCatalog Load(byte[] json, string fileName)
    {
        IReadOnlyList<Board> boards = BoardReader.Read(json, fileName);
        Dictionary<string, Board> byName = new(StringComparer.OrdinalIgnoreCase);
        AddNames(byName, boards);
        return new BoardCatalog(boards, byName);
    }

    /// <summary>
    /// This catalog with the boards of <paramref name="user"/> beside its own. A user's board replaces the one of the same id, whose aliases then find the
    /// user's; a name that both catalogs know finds the user's board.
    /// </summary>
    public BoardCatalog With(BoardCatalog user)
    {
        Dictionary<string, Board> replaced = user.Boards.ToDictionary(board => board.Id, StringComparer.OrdinalIgnoreCase);
        List<Board> boards = Boards.Where(board => !replaced.ContainsKey(board.Id)).Concat(user.Boards).ToList();
        Dictionary<string, Board> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, Board> name in this.byName)
            byName[name.Key] = replaced.TryGetValue(name.Value.Id, out Board? board) ? board : name.Value;
        AddNames(byName, user.Boards);
        return new BoardCatalog(boards, byName);
    }

    /// <summary>
    /// The board of that id or alias, without regard to case; else the chip of that name (<see cref="ChipCatalog"/>), or the target that it describes (<see
    /// cref="BoardSpec"/>).
    /// </summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.UnknownBoard"/>, with the nearest names.</exception>
    public Board Find(string name)
    {
        string wanted = name.Trim();
        foreach (string form in BoardNames.Forms(wanted))
        {
            if (byName.TryGetValue(form, out Board? board))
                return board;
        }
        if ((BoardSpec.TryParse(wanted) ?? ChipCatalog.Find(wanted)) is { } found)
            return found;
        string nearest = string.Join(", ", BoardNames.Nearest(wanted, Boards, byName.Keys));
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.UnknownBoard,
            $"no board is named \"{ForMessage(wanted)}\"; nearest: {nearest}. "
            + $"'tinyreorder boards' lists all {Quantity.Count(Boards.Count)}; boards of your own go into a board file"));
    }

    /// <summary>
    /// The boards nearest to <paramref name="like"/> that hold the given bytes: those of the same chip family first, then of the same vendor; within
    /// these, those for which <paramref name="kernels"/> is the kernel library first (another library's arena has another size); then the smallest. One
    /// board a chip; no board without a kernel library unless <paramref name="kernels"/> is <c>none</c>.
    /// </summary>
    /// <param name="sramBytes">What the static region has to hold.</param>
    /// <param name="flashBytes">What the flash has to hold.</param>
    /// <param name="like">The board that does not fit, which is left out, or null.</param>
    /// <param name="kernels">The kernel library that the arena was computed for, or null for that of <paramref name="like"/>.</param>
    /// <param name="most">How many boards at most.</param>
    public IReadOnlyList<Board> FittingBoards(long sramBytes, long flashBytes, Board? like = null, string? kernels = null, int most = 3)
    {
        string wanted = kernels ?? like?.Kernels ?? "reference";
        return Boards
            .Where(board => board.StaticRegionBytes >= sramBytes && board.UsableFlashBytes >= flashBytes)
            .Where(board => wanted == Board.NoKernels || board.Kernels != Board.NoKernels)
            .Where(board => like is null || !string.Equals(board.Id, like.Id, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(board => Kinship(board.Mcu, like?.Mcu ?? ""))
            .ThenBy(board => wanted == Board.NoKernels || board.Kernels == wanted ? 0 : 1)
            .ThenBy(board => board.StaticRegionBytes)
            .ThenBy(board => board.UsableFlashBytes)
            .GroupBy(board => board.Mcu.Length == 0 ? board.Id : board.Mcu, StringComparer.OrdinalIgnoreCase)
            .Select(chip => chip.First())
            .Take(most)
            .ToList();
    }

    /// <summary>
    /// How near two chips are, by the beginning of their names that they share: 2 the same family (stm32f1), 1 the same vendor (stm32), 0 neither.
    /// </summary>
    private static int Kinship(string mcu, string other)
    {
        int shared = 0;
        while (shared < mcu.Length && shared < other.Length && char.ToUpperInvariant(mcu[shared]) == char.ToUpperInvariant(other[shared]))
            shared++;
        return shared >= 7 || (shared > 0 && shared == mcu.Length && shared == other.Length) ? 2 : shared >= 3 ? 1 : 0;
    }

    private static string ForMessage(string name) =>
        new((name.Length <= 60 ? name : name.Substring(0, 60) + "...").Select(c => char.IsControl(c) ? '?' : c).ToArray());

    private static void AddNames(Dictionary<string, Board> byName, IEnumerable<Board> boards)
    {
        foreach (Board board in boards)
        {
            foreach (string alias in board.Aliases)
                byName[alias] = board;
            byName[board.Id] = board;
        }
    }

    private static BoardCatalog LoadBuiltIn() => Load(EmbeddedFile.Read("TinyReorder.Boards.boards.json"), "boards.json");
}
