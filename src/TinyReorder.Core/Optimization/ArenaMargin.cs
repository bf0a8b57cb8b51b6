using System.Globalization;
using TinyReorder.Sizes;

namespace TinyReorder.Optimization;

/// <summary>What the user wants on top of a computed arena: bytes, or a share of it.</summary>
internal readonly record struct ArenaMargin
{
    /// <summary>
    /// The share that is added where the arena is not exact and the user says nothing. The bound is made of an allowance for each operator that the profile
    /// does not know; what such a kernel takes beyond it grows with the model, so the margin does as well. 5 % of a bound that is mostly tensors is more
    /// than a kernel's usual persistent data, and little SRAM for a number that cannot be vouched for.
    /// </summary>
    public const decimal DefaultPercentWhereInexact = 5;

    private const decimal MostPercent = 1000;

    private readonly long bytes;
    private readonly decimal percent;

    private ArenaMargin(long bytes, decimal percent) => (this.bytes, this.percent) = (bytes, percent);

    /// <summary>What is taken where the user says nothing.</summary>
    public static ArenaMargin Default(bool exact) => new(0, exact ? 0 : DefaultPercentWhereInexact);

    /// <summary>Reads a whole number of bytes such as <c>512</c>, or a share such as <c>5%</c>; null for anything else.</summary>
    public static ArenaMargin? TryParse(string text)
    {
        if (text.EndsWith("%", StringComparison.Ordinal))
        {
            bool isShare = decimal.TryParse(text.Substring(0, text.Length - 1).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal percent);
            return isShare && percent <= MostPercent ? new ArenaMargin(0, percent) : null;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes <= int.MaxValue
            ? new ArenaMargin(bytes, 0) : null;
    }

    /// <summary>The margin on <paramref name="arenaBytes"/>, such that both together are a multiple of <paramref name="alignmentBytes"/>.</summary>
    public long Of(long arenaBytes, long alignmentBytes)
    {
        long wanted = arenaBytes + bytes + (long)decimal.Ceiling(arenaBytes * percent / 100);
        return Rounding.Up(wanted, alignmentBytes) - arenaBytes;
    }
}
