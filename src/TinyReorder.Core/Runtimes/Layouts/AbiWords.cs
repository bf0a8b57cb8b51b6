namespace TinyReorder.Runtimes;

/// <summary>The words by which options, profiles, JSON and reports name an ABI.</summary>
public static class AbiWords
{
    /// <summary>The words, by their ABI.</summary>
    public static IReadOnlyList<(string Word, TargetAbi Abi)> All { get; } = [("short-enums", TargetAbi.ShortEnums), ("int-enums", TargetAbi.IntEnums)];

    /// <summary>The word for <paramref name="abi"/>.</summary>
    public static string Of(TargetAbi abi) => All.First(entry => entry.Abi == abi).Word;

    /// <summary>The ABI that <paramref name="word"/> names, whatever its case; null for any other word.</summary>
    public static TargetAbi? Find(string word)
    {
        foreach ((string known, TargetAbi abi) in All)
        {
            if (string.Equals(word, known, StringComparison.OrdinalIgnoreCase))
                return abi;
        }
        return null;
    }
}
