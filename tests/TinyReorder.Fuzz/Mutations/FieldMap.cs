using System.Buffers.Binary;

namespace TinyReorder.Fuzz.Mutations;

/// <summary>
/// Finds the fields of a model by a description of its own of the schema's tables (schema.fbs of tflite-micro), so that mutations hit what the reader looks
/// at. For sound files only.
/// </summary>
internal sealed class FieldMap
{
    private const int MostElements = 64;

    /// <summary>
    /// For each table, its slots: a scalar's width, <c>i4</c> an index, <c>s</c> a string, <c>[1]</c> scalars, <c>[i]</c> indices, <c>[d]</c> dimensions,
    /// <c>[T]</c> tables, <c>T</c> a table.
    /// </summary>
    private static readonly Dictionary<string, string> Schema = new()
    {
        ["Model"] = "4 [Code] [Subgraph] s [Buffer] [i] [Metadata] [Signature]",
        ["Code"] = "1 s 4 4",
        ["Subgraph"] = "[Tensor] [i] [i] [Operator] s",
        ["Tensor"] = "[d] 1 i4 s Quantization 1 Any [d] 1 [Any] i4",
        ["Quantization"] = "[4] [4] [4] [8] 1 Any i4",
        ["Operator"] = "i4 [i] [i] 1 Options [1] 1 [1] [i] 8 8 1 Options",
        ["Options"] = "4 4 4 4 4 4 4 4",
        ["Buffer"] = "[1] 8 8",
        ["Metadata"] = "s i4",
        ["Signature"] = "[Map] [Map] s s i4",
        ["Map"] = "s i4",
        ["Any"] = "",
    };

    private readonly byte[] bytes;
    private readonly List<FlatField> fields = [];
    private readonly HashSet<int> seen = [];

    private FieldMap(byte[] bytes) => this.bytes = bytes;

    /// <summary>Every field of <paramref name="file"/>; of long vectors the first elements and the last.</summary>
    public static IReadOnlyList<FlatField> Of(byte[] file)
    {
        var map = new FieldMap(file);
        var open = new Stack<(int At, string Type)>([(0, "Model")]);
        while (open.Count > 0)
        {
            (int at, string type) = open.Pop();
            map.ReadOffset(at, type, open);
        }
        return map.fields;
    }

    private void ReadOffset(int at, string type, Stack<(int At, string Type)> open)
    {
        Add(at, 4, FieldKind.Offset, type);
        int target = at + Int32(at);
        if (!seen.Add(target))
            return;
        if (type == "s")
            Add(target, 4, FieldKind.Length);
        else if (type[0] == '[')
            ReadVector(target, type[1..^1], open);
        else
            ReadTable(target, type, open);
    }

    private void ReadVector(int at, string element, Stack<(int At, string Type)> open)
    {
        Add(at, 4, FieldKind.Length);
        int length = Int32(at), width = element switch { "1" => 1, "8" => 8, _ => 4 };
        foreach (int i in Enumerable.Range(0, length).Where(i => i < MostElements || i == length - 1))
        {
            int place = at + 4 + (i * width);
            switch (element)
            {
                case "i": Add(place, width, FieldKind.Index); break;
                case "d": Add(place, width, FieldKind.Dimension); break;
                case "1" or "4" or "8": Add(place, width, FieldKind.Scalar); break;
                default: open.Push((place, element)); break;
            }
        }
    }

    private void ReadTable(int at, string type, Stack<(int At, string Type)> open)
    {
        Add(at, 4, FieldKind.VtableLink);
        int vtable = at - Int32(at), vtableBytes = UInt16(vtable);
        for (int entry = 0; entry < vtableBytes; entry += 2)
            Add(vtable + entry, 2, FieldKind.VtableEntry);
        string[] slots = Schema[type].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int slot = 0; slot < slots.Length && 4 + (2 * slot) < vtableBytes; slot++)
        {
            int offset = UInt16(vtable + 4 + (2 * slot));
            if (offset == 0)
                continue;
            string field = slots[slot];
            if (field == "i4")
                Add(at + offset, 4, FieldKind.Index);
            else if (char.IsDigit(field[0]))
                Add(at + offset, field[0] - '0', FieldKind.Scalar);
            else
                open.Push((at + offset, field));
        }
    }

    private void Add(int at, int width, FieldKind kind, string type = "") => fields.Add(new FlatField(at, width, kind, type));

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
