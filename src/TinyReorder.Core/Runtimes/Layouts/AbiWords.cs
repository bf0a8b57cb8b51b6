using TinyReorder.Diagnostics;

namespace TinyReorder.Runtimes;

/// <summary>The words by which options, profiles, JSON and reports name an ABI.</summary>
internal static class AbiWords
{
    /// <summary>The words as a choice.</summary>
    public static Choice<TargetAbi> Choice { get; } = new([("short-enums", TargetAbi.ShortEnums), ("int-enums", TargetAbi.IntEnums)]);

    /// <summary>All ABIs.</summary>
    public static IReadOnlyList<TargetAbi> All { get; } = [TargetAbi.ShortEnums, TargetAbi.IntEnums];

    /// <summary>The word for <paramref name="abi"/>.</summary>
    public static string Of(TargetAbi abi) => Choice.Of(abi);

    /// <summary>The ABI that <paramref name="word"/> names, whatever its case; null for any other word.</summary>
    public static TargetAbi? Find(string word) => Choice.Find(word);
}
