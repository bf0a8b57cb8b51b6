using System.Diagnostics;
using System.Globalization;

namespace TinyReorder.Fuzz.Running;

/// <summary>Runs mutants on several threads, measures each, and watches for one that does not end.</summary>
internal sealed class Fuzzer(ulong seed)
{
    /// <summary>What one mutant may take.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <summary>What one may take that is a valid model: its loops are searched for as in any other.</summary>
    public static readonly TimeSpan MostTimeOfValid = TimeSpan.FromSeconds(8);

    /// <summary>What one mutant may have on the heap.</summary>
    public const long MostBytes = 256L << 20;

    private const int MostRepetitions = 3;

    // By the wall, on a machine that may be busy; what the work itself takes is measured apart.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(10);

    private readonly Mutants mutants = new(seed);
    private readonly Tally tally = new();
    private long next;
    private long end;

    /// <summary>Where files that end in a fault are kept; null keeps none.</summary>
    public string? FaultFolder { get; init; }

    /// <summary>Only mutants with this in their kind run; null runs all.</summary>
    public string? Kinds { get; init; }

    /// <summary>Is told each fault at once: the next mutant may end the process.</summary>
    public Action<string>? OnFault { get; init; }

    /// <summary>Is told now and then how far it went.</summary>
    public Action<Tally>? Progress { get; init; }

    /// <summary>Runs the mutants from <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    public Tally Run(long first, long count, int workers)
    {
        WarmUp();
        next = first;
        end = first + count;
        Worker[] all = Enumerable.Range(0, workers).Select(_ => new Worker(this)).ToArray();
        var sinceTold = Stopwatch.StartNew();
        while (all.Any(worker => worker.IsAlive))
        {
            Thread.Sleep(50);
            foreach (Worker worker in all.Where(worker => worker.RunsFor > Hang))
            {
                string fault = $"mutant {worker.Number} does not end";
                tally.AddFault("hang", fault, Hang, 0);
                OnFault?.Invoke(fault);
                return tally;
            }
            if (sinceTold.Elapsed < TimeSpan.FromSeconds(30))
                continue;
            Progress?.Invoke(tally);
            sinceTold.Restart();
        }
        return tally;
    }

    /// <summary>Runs one mutant on this thread and tells what it took.</summary>
    public string RunOne(long number)
    {
        Mutant mutant = mutants.Make(number);
        byte[] file = mutant.Make();
        Keep(number, file);
        var cost = Cost.Start();
        string outcome = mutant.Run(file);
        (TimeSpan time, long bytes) = cost.Spent();
        return string.Create(CultureInfo.InvariantCulture,
            $"{mutant.Kind}, {file.Length} bytes: {outcome}, {time.TotalMilliseconds:0} ms, {bytes / 1e6:0.0} MB");
    }

    /// <summary>What is done once in a process counts for no mutant.</summary>
    private void WarmUp()
    {
        for (long number = -40; number < 0; number++)
        {
            Mutant mutant = mutants.Make(number);
            byte[] file = mutant.Make();
            try
            {
                mutant.Run(file);
            }
            catch (Exception e)
            {
                tally.AddFault(mutant.Kind, Describe(number, mutant, file, e), default, 0);
            }
        }
    }

    private void Run(long number)
    {
        Mutant mutant = mutants.Make(number);
        if (Kinds is { } kinds && !mutant.Kind.Contains(kinds, StringComparison.Ordinal))
            return;
        byte[] file = mutant.Make();
        var cost = Cost.Start();
        string outcome;
        string? fault = null;
        try
        {
            outcome = mutant.Run(file);
        }
        catch (Exception e)
        {
            outcome = Tally.Fault;
            fault = Describe(number, mutant, file, e);
        }
        (TimeSpan time, long bytes) = cost.Spent();
        if (fault is null)
            time = LeastTime(time, () => TimeOnceMore(number));
        // What is allocated in all is an upper bound of what is held at once: where it is too much, a process tells that cannot have more.
        bool isTooMuch = bytes > MostBytes && !SmallHeap.Suffices("only", Text(number), Text((long)seed));
        if (fault is null && (time > (outcome is "valid" or Targets.Streamed ? MostTimeOfValid : MostTime) || isTooMuch))
            fault = string.Create(CultureInfo.InvariantCulture,
                $"mutant {number} ({mutant.Kind}, {file.Length} bytes) took {time.TotalSeconds:0.0} s and allocated {bytes / 1e6:0} MB: {outcome}");
        if (fault is null)
        {
            tally.Add(mutant.Kind, outcome, time, bytes);
            return;
        }
        Keep(number, file);
        tally.AddFault(mutant.Kind, fault, time, bytes);
        OnFault?.Invoke(fault);
    }

    /// <summary>
    /// The least time of some repetitions, where one is too long: other programs on the same core and in its caches, and what is compiled once, make work
    /// take more processor time than it does, and never less.
    /// </summary>
    public static TimeSpan LeastTime(TimeSpan first, Func<TimeSpan> again)
    {
        TimeSpan least = first;
        for (int i = 0; i < MostRepetitions && least > MostTime; i++)
        {
            TimeSpan time = again();
            least = time < least ? time : least;
        }
        return least;
    }

    private TimeSpan TimeOnceMore(long number)
    {
        Mutant mutant = mutants.Make(number);
        byte[] file = mutant.Make();
        var cost = Cost.Start();
        mutant.Run(file);
        return cost.Spent().Time;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Describe(long number, Mutant mutant, byte[] file, Exception e) => $"mutant {number} ({mutant.Kind}, {file.Length} bytes): {e}";

    private void Keep(long number, byte[] file)
    {
        if (FaultFolder is null)
            return;
        Directory.CreateDirectory(FaultFolder);
        File.WriteAllBytes(Path.Combine(FaultFolder, $"mutant-{number}.bin"), file);
    }

    /// <summary>A thread that takes the next mutant until there is none.</summary>
    private sealed class Worker
    {
        private readonly Fuzzer fuzzer;
        private readonly Thread thread;
        private long started = Stopwatch.GetTimestamp();

        public Worker(Fuzzer fuzzer)
        {
            this.fuzzer = fuzzer;
            // A thread that hangs must not keep the process.
            thread = new Thread(Work) { IsBackground = true };
            thread.Start();
        }

        public long Number { get; private set; }

        public bool IsAlive => thread.IsAlive;

        public TimeSpan RunsFor => thread.IsAlive ? Stopwatch.GetElapsedTime(Volatile.Read(ref started)) : TimeSpan.Zero;

        private void Work()
        {
            for (; ; )
            {
                Number = Interlocked.Increment(ref fuzzer.next) - 1;
                if (Number >= fuzzer.end)
                    return;
                Volatile.Write(ref started, Stopwatch.GetTimestamp());
                fuzzer.Run(Number);
            }
        }
    }
}
