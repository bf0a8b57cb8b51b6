using System.Globalization;
using TinyReorder.Fuzz.Repeatable;

namespace TinyReorder.Fuzz.Running;

/// <summary>Runs a mutant again in a process whose heap ends at the limit.</summary>
internal static class SmallHeap
{
    /// <summary>Whether <see cref="Program"/> with these arguments ends well there.</summary>
    public static bool Suffices(params string[] arguments) =>
        Tool.Run(arguments, ("DOTNET_GCHeapHardLimit", Fuzzer.MostBytes.ToString("X", CultureInfo.InvariantCulture))).ExitCode == 0;
}
