using TinyReorder.Fuzz.Sources;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>A copy of a seed with the places that are known in it; places may lie behind the end once it is cut.</summary>
internal sealed class MutatedFile(SeedModel seed)
{
    private const int Attempts = 8;

    /// <summary>The bytes; never empty.</summary>
    public byte[] Bytes { get; set; } = (byte[])seed.Bytes.Clone();

    public IReadOnlyList<FlatField> Fields => seed.Fields;

    public bool TryPick(Pcg32 random, FieldKind kind, out FlatField field) => TryPick(random, kind, null, out field);

    /// <summary>A random field of the kind and type that still lies inside the file.</summary>
    public bool TryPick(Pcg32 random, FieldKind kind, string? type, out FlatField field)
    {
        IReadOnlyList<FlatField> candidates = seed.FieldsOf(kind);
        for (int attempt = 0; attempt < Attempts && candidates.Count > 0; attempt++)
        {
            field = random.Pick(candidates);
            if (field.At + field.Width <= Bytes.Length && (type is null || field.Type == type))
                return true;
        }
        field = default;
        return false;
    }

    public ulong Read(FlatField field)
    {
        ulong value = 0;
        for (int i = 0; i < field.Width && field.At + i < Bytes.Length; i++)
            value |= (ulong)Bytes[field.At + i] << (8 * i);
        return value;
    }

    public void Write(FlatField field, ulong value)
    {
        for (int i = 0; i < field.Width && field.At + i < Bytes.Length; i++)
            Bytes[field.At + i] = (byte)(value >> (8 * i));
    }
}
