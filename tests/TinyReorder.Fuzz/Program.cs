using System.Globalization;
using TinyReorder.Fuzz.Repeatable;
using TinyReorder.Fuzz.Running;

namespace TinyReorder.Fuzz;

/// <summary>
/// The longer mode: <c>dotnet run -c Release --project tests/TinyReorder.Fuzz -- COUNT [SEED [WORKERS [KIND]]]</c>, or <c>-- only NUMBER [SEED]</c> to run
/// one mutant again, or <c>-- bomb NUMBER</c>; further ones are what tests start. Prints a table; exit code 1 when a mutant ended in a fault, whose file is
/// kept in <c>artifacts/fuzz</c>.
/// </summary>
public static class Program
{
    /// <summary>The argument before the number of a bomb that is not measured, as where only its memory counts.</summary>
    public const string Once = "bomb-once";

    private const ulong UsualSeed = 1;
    private const int Fine = 0, Faulty = 1;

    public static int Main(string[] arguments)
    {
        string faults = Tests.Shared.RepositoryFiles.PathOf("artifacts", "fuzz");
        if (arguments is ["only", var number, ..])
        {
            Console.WriteLine(new Fuzzer(Number(arguments, 2, UsualSeed)) { FaultFolder = faults }.RunOne(long.Parse(number, CultureInfo.InvariantCulture)));
            return Fine;
        }
        switch (arguments)
        {
            case ["bomb", var which]:
                Console.WriteLine(LargestBomb.Run(int.Parse(which, CultureInfo.InvariantCulture)).ToString());
                return Fine;
            case [Once, var which]:
                Console.WriteLine(LargestBomb.RunOnce(int.Parse(which, CultureInfo.InvariantCulture)));
                return Fine;
            case ["under", var culture, var model, var folder]:
                return Tool.WriteUnder(culture, model, folder);
            case ["write-for-ever", var a, var b, var folder]:
                return Tool.WriteForEver(a, b, folder);
        }
        var fuzzer = new Fuzzer(Number(arguments, 1, UsualSeed))
        {
            FaultFolder = faults,
            Kinds = arguments.Length > 3 ? arguments[3] : null,
            OnFault = Console.WriteLine,
            Progress = tally => Tell(tally, faults),
        };
        Tally tally = fuzzer.Run(0, (long)Number(arguments, 0, 200_000), (int)Number(arguments, 2, (ulong)Environment.ProcessorCount));
        Console.Write(tally);
        return tally.Faults.Count == 0 ? Fine : Faulty;
    }

    /// <summary>The table so far is kept as well: a run that is broken off has one.</summary>
    private static void Tell(Tally tally, string folder)
    {
        Console.Error.WriteLine($"{tally.Count} mutants, {tally.Faults.Count} faults");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tally.txt"), tally.ToString());
    }

    private static ulong Number(string[] arguments, int position, ulong usual) =>
        arguments.Length > position ? ulong.Parse(arguments[position], CultureInfo.InvariantCulture) : usual;
}
