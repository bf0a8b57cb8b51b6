using System.Globalization;
using TinyReorder.Json;
using TinyReorder.Sizes;

namespace TinyReorder.Runtimes;

/// <summary>
/// Sizes of the interpreter's objects, worked out from their fields as a C compiler for a 32-bit target does: each field at the next multiple of its
/// alignment, the whole rounded up to the largest of them.
/// </summary>
internal sealed class StructLayouts
{
    private const int MostCount = 4096;
    private const int MostDepth = 8;

    private readonly Dictionary<string, JsonValue> structs = new(StringComparer.Ordinal);
    private readonly TargetAbi abi;

    /// <summary>
    /// The structs that <paramref name="files"/> describe under <c>structs</c>; a later file replaces what an earlier one says of the same name.
    /// </summary>
    /// <exception cref="Diagnostics.TinyReorderException">A description cannot be read, or holds itself.</exception>
    public StructLayouts(IEnumerable<JsonValue> files, TargetAbi abi)
    {
        this.abi = abi;
        foreach (JsonValue entry in files.Select(file => file.Find("structs")).OfType<JsonValue>().SelectMany(described => described.AsObject().Children))
            structs[entry.Name!] = entry;
        foreach (JsonValue entry in structs.Values)
            LayOut(entry, depth: 0);
    }

    /// <summary>The layout of the struct that <paramref name="value"/> names.</summary>
    public Layout Of(JsonValue value) => Find(value, value.AsString(), depth: 0) ?? throw NoSuchStruct(value, value.AsString());

    private Layout LayOut(JsonValue entry, int depth)
    {
        if (depth > MostDepth)
            throw entry.Error("holds itself, or structs in more than 8 levels");
        long bytes = 0;
        int alignment = 1;
        foreach (JsonValue field in entry.AsArray())
        {
            (string type, int count) = Split(field);
            Layout layout = Find(field, type, depth + 1) ?? throw NoSuchStruct(field, type);
            bytes = Rounding.Up(bytes, layout.Alignment) + (layout.Bytes * count);
            alignment = Math.Max(alignment, layout.Alignment);
        }
        return new Layout(Rounding.Up(bytes, alignment), alignment);
    }

    private Layout? Find(JsonValue place, string type, int depth) => type switch
    {
        "bool" or "int8" => new Layout(1, 1),
        "int16" => new Layout(2, 2),
        "int" or "float" or "pointer" or "size" => new Layout(4, 4),
        "int64" => new Layout(8, 8),
        "enum" => abi == TargetAbi.ShortEnums ? new Layout(1, 1) : new Layout(4, 4),
        _ => structs.TryGetValue(type, out JsonValue? entry) ? LayOut(entry, depth) : null,
    };

    private static (string Type, int Count) Split(JsonValue field)
    {
        string text = field.AsString();
        int star = text.IndexOf('*');
        if (star < 0)
            return (text, 1);
        return int.TryParse(text.Substring(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= MostCount
            ? (text.Substring(0, star), count)
            : throw field.Error($"must be a type or a type and its count, such as \"int*8\", at most {MostCount}");
    }

    private static Diagnostics.TinyReorderException NoSuchStruct(JsonValue place, string type) =>
        place.Error($"names '{JsonText.Shorten(type)}', which is neither a type (bool, int8, int16, int, int64, float, enum, pointer, size) nor a struct "
            + "of the profile");
}
