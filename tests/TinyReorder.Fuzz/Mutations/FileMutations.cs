using TinyReorder.Fuzz.Sources;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>Changes the bytes of a sound file.</summary>
internal static class FileMutations
{
    private const int MostChanges = 4;

    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 0x7FFF_FFF0, 0x7FFF_FFFE, 0x7FFF_FFFF, 0x8000_0000,
        0x8000_0001, 0xFFFF_FFF0,
        0xFFFF_FFFC, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    private static readonly (string Name, Action<MutatedFile, Pcg32> Change)[] All =
    [
        ("bit flips", FlipBits),
        ("bytes overwritten", OverwriteBytes),
        ("truncations", Truncate),
        ("bytes inserted or removed", InsertOrRemove),
        ("offsets to extremes", (file, random) => SetExtreme(file, random, FieldKind.Offset)),
        ("offsets to anywhere", SetOffsetAnywhere),
        ("lengths to extremes", (file, random) => SetExtreme(file, random, FieldKind.Length)),
        ("vtables moved", (file, random) => SetExtreme(file, random, FieldKind.VtableLink)),
        ("vtable entries to extremes", (file, random) => SetExtreme(file, random, FieldKind.VtableEntry)),
        ("slots duplicated", DuplicateSlot),
        ("tables shared", Share),
        ("tables shared by all", ShareByAll),
        ("numbers to extremes", (file, random) => SetExtreme(file, random, FieldKind.Scalar)),
        ("indices to extremes", (file, random) => SetExtreme(file, random, FieldKind.Index)),
        ("indices to others", SetIndex),
        ("shapes to extremes", (file, random) => SetExtreme(file, random, FieldKind.Dimension)),
        ("parts of another file", Splice),
    ];

    /// <summary>The names of the mutations.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(mutation => mutation.Name)];

    /// <summary>Mutates <paramref name="seed"/> by the mutation numbered <paramref name="which"/>, and now and then by others as well.</summary>
    public static byte[] Mutate(SeedModel seed, int which, Pcg32 random)
    {
        var file = new MutatedFile(seed);
        for (int more = random.OneIn(3) ? random.Between(1, MostChanges) : 1; more > 0; more--)
            All[which].Change(file, random);
        if (random.OneIn(4))
            random.Pick(All).Change(file, random);
        return file.Bytes;
    }

    private static void FlipBits(MutatedFile file, Pcg32 random)
    {
        for (int flips = 1 << random.Below(6); flips > 0; flips--)
            file.Bytes[Place(file, random)] ^= (byte)(1 << random.Below(8));
    }

    private static void OverwriteBytes(MutatedFile file, Pcg32 random)
    {
        int at = Place(file, random);
        for (int i = 0, count = random.Between(1, 16); i < count && at + i < file.Bytes.Length; i++)
            file.Bytes[at + i] = (byte)random.Next();
    }

    private static void Truncate(MutatedFile file, Pcg32 random) => file.Bytes = file.Bytes[..Place(file, random)];

    private static void InsertOrRemove(MutatedFile file, Pcg32 random)
    {
        int at = Place(file, random), count = Math.Min(random.Between(1, 64), file.Bytes.Length - at);
        file.Bytes = random.OneIn(2) ? [.. file.Bytes[..at], .. file.Bytes[(at + count)..]] : [.. file.Bytes[..at], .. new byte[count], .. file.Bytes[at..]];
    }

    private static void SetExtreme(MutatedFile file, Pcg32 random, FieldKind kind)
    {
        if (!file.TryPick(random, kind, out FlatField field))
            return;
        ulong extreme = random.Below(4) switch
        {
            0 => (ulong)(file.Bytes.Length + random.Between(-8, 8)),
            1 => (ulong)((long)file.Read(field) + random.Between(-4, 4)),
            _ => random.Pick(Extremes),
        };
        file.Write(field, extreme);
    }

    private static void SetOffsetAnywhere(MutatedFile file, Pcg32 random)
    {
        if (file.TryPick(random, FieldKind.Offset, out FlatField field))
            file.Write(field, (ulong)random.Below(Math.Max(1, file.Bytes.Length - field.At)));
    }

    private static void DuplicateSlot(MutatedFile file, Pcg32 random)
    {
        if (file.TryPick(random, FieldKind.VtableEntry, out FlatField to) && file.TryPick(random, FieldKind.VtableEntry, out FlatField from))
            file.Write(to, file.Read(random.OneIn(2) ? from : to with { At = Math.Max(0, to.At - 2) }));
    }

    private static void Share(MutatedFile file, Pcg32 random)
    {
        if (file.TryPick(random, FieldKind.Offset, out FlatField one) && file.TryPick(random, FieldKind.Offset, one.Type, out FlatField other))
            file.Write(one, (ulong)(other.At + (long)file.Read(other) - one.At));
    }

    private static void ShareByAll(MutatedFile file, Pcg32 random)
    {
        if (!file.TryPick(random, FieldKind.Offset, out FlatField chosen))
            return;
        long target = chosen.At + (long)file.Read(chosen);
        foreach (FlatField field in file.Fields.Where(field => field.Kind == FieldKind.Offset && field.Type == chosen.Type))
            file.Write(field, (ulong)(target - field.At));
    }

    private static void SetIndex(MutatedFile file, Pcg32 random)
    {
        if (file.TryPick(random, FieldKind.Index, out FlatField one) && file.TryPick(random, FieldKind.Index, out FlatField other))
            file.Write(one, random.OneIn(2) ? file.Read(other) : (ulong)random.Between(-1, 40));
    }

    private static void Splice(MutatedFile file, Pcg32 random)
    {
        byte[] other = random.Pick(SeedModels.Small).Bytes;
        int from = random.Below(other.Length), to = Place(file, random),
            count = Math.Min(random.Between(1, 256), Math.Min(other.Length - from, file.Bytes.Length - to));
        Array.Copy(other, from, file.Bytes, to, count);
    }

    /// <summary>Any byte; half of the time one of a field.</summary>
    private static int Place(MutatedFile file, Pcg32 random)
    {
        int at = random.OneIn(2) ? random.Pick(file.Fields).At : random.Below(Math.Max(1, file.Bytes.Length));
        return Math.Min(at, Math.Max(0, file.Bytes.Length - 1));
    }
}
