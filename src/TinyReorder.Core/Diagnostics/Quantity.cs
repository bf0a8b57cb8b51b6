using System.Globalization;

namespace TinyReorder.Diagnostics;

/// <summary>How quantities are shown to people: exact, with thousands separators, the same in every culture.</summary>
internal static class Quantity
{
    /// <summary>A number with thousands separators, such as <c>18,144</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes with thousands separators and unit, such as <c>18,144 B</c>.</summary>
    public static string Bytes(long bytes) => Count(bytes) + " B";
}
