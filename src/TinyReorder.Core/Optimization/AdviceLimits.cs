using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>How far other settings are tried to advise: it comes with a failing build, or for many boards, and must not take long.</summary>
internal static class AdviceLimits
{
    /// <summary>Larger models are not streamed.</summary>
    public const int MostStreamedOperators = 64;

    /// <summary>How many plans a search for regions may make.</summary>
    public const int MostPlans = 12;

    /// <summary>How many bytes a file may grow.</summary>
    public const long MostFlashBytes = 65_536;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>How long an order may be searched for, where <paramref name="asked"/> allows that much.</summary>
    public static TimeSpan SearchTime(PlanningSettings asked) => asked.SearchTime < MostTime ? asked.SearchTime : MostTime;

    /// <summary>Whether something has shown that kernels may share memory at a distance.</summary>
    public static bool MayShare(RuntimeProfile rules) => rules.DefaultOverlap != OverlapChoice.None && rules.MostOverlap >= OverlapChoice.Diagonal;
}
