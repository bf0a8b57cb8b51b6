using System.Globalization;
using TinyReorder.Fuzz.Mutations;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Running;

/// <summary>A bomb at its largest, on its way through everything.</summary>
/// <param name="Kind">Which.</param>
/// <param name="FileBytes">How large the file is.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Time">The processor time that it took.</param>
/// <param name="AllocatedBytes">What it allocated in all.</param>
internal sealed record LargestBomb(string Kind, long FileBytes, string Outcome, TimeSpan Time, long AllocatedBytes)
{
    // Goes the same ways, so that what is compiled and loaded once in a process is so before.
    private const int SmallDivisor = 50;

    /// <summary>Runs the bomb numbered <paramref name="which"/>, after a small one of its kind that is not measured.</summary>
    public static LargestBomb Run(int which)
    {
        byte[] file = Bombs.Largest(which);
        Targets.Optimize(Bombs.Largest(which, SmallDivisor), new Pcg32((ulong)which));
        (string outcome, TimeSpan time, long bytes) = Measure(file, which);
        return new LargestBomb(Bombs.Names[which], file.Length, outcome, Fuzzer.LeastTime(time, () => Measure(file, which).Time), bytes);
    }

    /// <summary>Sends it on its way once, and measures nothing.</summary>
    public static string RunOnce(int which) => Targets.Optimize(Bombs.Largest(which), new Pcg32((ulong)which));

    private static (string Outcome, TimeSpan Time, long AllocatedBytes) Measure(byte[] file, int which)
    {
        var cost = Cost.Start();
        string outcome = Targets.Optimize(file, new Pcg32((ulong)which));
        (TimeSpan time, long bytes) = cost.Spent();
        return (outcome, time, bytes);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Kind,-40} {FileBytes,9} bytes {Time.TotalMilliseconds,6:0} ms {AllocatedBytes / 1e6,7:0.0} MB  {Outcome}");
}
