using TinyReorder.Fuzz.Mutations;
using TinyReorder.Fuzz.Sources;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Running;

/// <summary>Makes the mutant of a number: the same one wherever and whenever it is made.</summary>
internal sealed class Mutants(ulong seed)
{
    // Out of a thousand mutants.
    private const int Files = 620, Built = 200, BombShare = 3, Templates = 40, Boards = 40, Profiles = 40, Tables = 25, Sources = 12;

    /// <summary>Every kind that there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. FileMutations.Names, .. BuilderMutations.Names, .. Bombs.Names, "templates", "board files", "profile files", "buffer tables", "C arrays", "command line"];

    public Mutant Make(long number)
    {
        var random = new Pcg32((seed * 1_000_003) + (ulong)number);
        int share = random.Below(1000);
        if ((share -= Files) < 0)
            return OfFile(random, Targets.Optimize);
        if ((share -= Built) < 0)
        {
            int which = random.Below(BuilderMutations.Names.Count);
            return new Mutant(BuilderMutations.Names[which], () => BuilderMutations.Mutate(which, random), file => Targets.Optimize(file, random));
        }
        if ((share -= BombShare) < 0)
        {
            int which = random.Below(Bombs.Names.Count);
            return new Mutant(Bombs.Names[which], () => Bombs.Make(which, random), file => Targets.Optimize(file, random));
        }
        if ((share -= Templates) < 0)
            return new Mutant("templates", () => TextMutations.MutateTemplate(random.Pick(SeedTexts.Templates), random), file => Targets.Render(file, random));
        if ((share -= Boards) < 0)
            return new Mutant("board files", () => TextMutations.MutateJson(SeedTexts.Boards, random), file => Targets.ReadBoards(file, random));
        if ((share -= Profiles) < 0)
            return new Mutant("profile files", () => TextMutations.MutateJson(random.Pick(SeedTexts.Profiles), random), file =>
                Targets.ReadProfile(file, random));
        if ((share -= Tables) < 0)
            return new Mutant("buffer tables", () => TextMutations.MutateCsv(SeedTexts.Buffers, random), Targets.Place);
        if ((share -= Sources) < 0)
            return new Mutant("C arrays", () => TextMutations.MutateSource(random.Pick(SeedTexts.Arrays), random), Targets.ReadInput);
        Mutant mutant = OfFile(random, Targets.OnCommandLine);
        return mutant with { Kind = "command line" };
    }

    private static Mutant OfFile(Pcg32 random, Func<byte[], Pcg32, string> run)
    {
        SeedModel model = SeedModels.Shared.Count > 0 && random.OneIn(4) ? random.Pick(SeedModels.Shared) : random.Pick(SeedModels.Built);
        int which = random.Below(FileMutations.Names.Count);
        return new Mutant(FileMutations.Names[which], () => FileMutations.Mutate(model, which, random), file => run(file, random));
    }
}
