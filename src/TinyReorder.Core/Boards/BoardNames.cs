using TinyReorder.Diagnostics;

namespace TinyReorder.Boards;

/// <summary>The forms in which other tools write a board's name, and the names that come near one that nothing has.</summary>
internal static class BoardNames
{
    // stm32f4, nrf528, samd51: as much as makes a family.
    private const int FamilyCharacters = 6;
    private const int MostNearest = 5, MostEdits = 2, FqbnParts = 3;

    /// <summary>
    /// The name as it is, and what is left of it without what does not tell boards apart: the revision (<c>@1</c>) and the chip (<c>/nrf52840</c>) of Zephyr,
    /// further options of an fqbn of Arduino.
    /// </summary>
    public static IEnumerable<string> Forms(string name)
    {
        yield return name;
        int at = name.IndexOf('@'), slash = name.IndexOf('/');
        if (at > 0)
            name = name.Substring(0, at) + (slash > at ? name.Substring(slash) : "");
        yield return name;
        slash = name.IndexOf('/');
        // What stands behind the chip, such as another core of it, has another memory.
        if (slash > 0 && name.IndexOf('/', slash + 1) < 0 && name.IndexOf(':') < 0)
            yield return name.Substring(0, slash);
        for (int comma = name.LastIndexOf(','); comma > 0 && name.IndexOf(':') > 0; comma = name.LastIndexOf(',', comma - 1))
            yield return name.Substring(0, comma);
        string[] parts = name.Split(':');
        if (parts.Length > FqbnParts)
            yield return string.Join(":", parts.Take(FqbnParts));
    }

    /// <summary>
    /// What a user who wrote <paramref name="wanted"/> probably meant: names with a typing error, boards of the chip's family (these first where just that was
    /// written), then what is nearest.
    /// </summary>
    public static IReadOnlyList<string> Nearest(string wanted, IReadOnlyCollection<Board> boards, IEnumerable<string> names)
    {
        // The long names of build systems would crowd out what people type.
        string[] candidates = [.. names.Where(name => wanted.IndexOf(':') >= 0 || name.IndexOf(':') < 0)];
        IReadOnlyList<string> nearest = NearestNames.Find(wanted, candidates);
        string[] near = [.. nearest.Where(name => NearestNames.Within(wanted, [name], MostEdits) is not null)];
        (IEnumerable<string> family, bool isWhole) = Family(wanted, boards);
        return [.. (isWhole ? family.Concat(near) : near.Concat(family)).Concat(nearest).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNearest)];
    }

    /// <summary>
    /// The boards whose chips share the most of their names with <paramref name="wanted"/>, where that is a family, and whether it is all of what was written.
    /// </summary>
    private static (IEnumerable<string> Ids, bool IsWhole) Family(string wanted, IReadOnlyCollection<Board> boards)
    {
        string family = wanted.TrimEnd('x', 'X', '*');
        int most = boards.Count == 0 ? 0 : boards.Max(board => Shared(board.Mcu, family));
        if (most < FamilyCharacters)
            return ([], false);
        IEnumerable<Board> found = boards.Where(board => Shared(board.Mcu, family) == most).OrderBy(board => board.Id, StringComparer.OrdinalIgnoreCase);
        return (found.Select(board => board.Id), most == family.Length);
    }

    private static int Shared(string mcu, string other)
    {
        int shared = 0;
        while (shared < mcu.Length && shared < other.Length && char.ToUpperInvariant(mcu[shared]) == char.ToUpperInvariant(other[shared]))
            shared++;
        return shared;
    }
}
