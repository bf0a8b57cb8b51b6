using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyReorder.Fuzz.Running;

/// <summary>What a piece of work on this thread takes: its processor time, so that a busy machine does not count, and what it allocates in all.</summary>
internal readonly struct Cost
{
    private const int ThreadProcessorTime = 3;

    private readonly TimeSpan time;
    private readonly long allocatedBytes;

    private Cost(TimeSpan time, long allocatedBytes) => (this.time, this.allocatedBytes) = (time, allocatedBytes);

    public static Cost Start() => new(Now(), GC.GetAllocatedBytesForCurrentThread());

    public (TimeSpan Time, long AllocatedBytes) Spent() => (Now() - time, GC.GetAllocatedBytesForCurrentThread() - allocatedBytes);

    /// <summary>The clock of the wall where the system's own is not known.</summary>
    private static TimeSpan Now()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && NativeMethods.ClockGetTime(ThreadProcessorTime, out Timespec now) == 0)
            return TimeSpan.FromSeconds(now.Seconds) + TimeSpan.FromTicks(now.Nanoseconds / TimeSpan.NanosecondsPerTick);
        return TimeSpan.FromTicks(Stopwatch.GetTimestamp() * TimeSpan.TicksPerSecond / Stopwatch.Frequency);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "clock_gettime")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int ClockGetTime(int clock, out Timespec time);
    }
}
