using TinyReorder.Fuzz.Mutations;

namespace TinyReorder.Fuzz.Sources;

/// <summary>A sound file to make mutants of.</summary>
internal sealed class SeedModel
{
    private readonly Dictionary<FieldKind, FlatField[]> byKind;

    public SeedModel(string name, byte[] bytes)
    {
        Name = name;
        Bytes = bytes;
        Fields = FieldMap.Of(bytes);
        byKind = Fields.GroupBy(field => field.Kind).ToDictionary(group => group.Key, group => group.ToArray());
    }

    public string Name { get; }

    public byte[] Bytes { get; }

    public IReadOnlyList<FlatField> Fields { get; }

    public IReadOnlyList<FlatField> FieldsOf(FieldKind kind) => byKind.GetValueOrDefault(kind, []);
}
