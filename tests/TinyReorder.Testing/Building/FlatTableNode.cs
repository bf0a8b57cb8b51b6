namespace TinyReorder.Tests.Shared;

/// <summary>A table: fields by slot. A field whose value is the schema's default is left out, as the usual writers do.</summary>
public sealed class FlatTableNode : FlatNode
{
    private readonly SortedDictionary<int, (byte[] Scalar, FlatNode? Reference, OutsideData? Outside)> fields = [];

    internal override IEnumerable<FlatNode> Children => fields.Values.Select(value => value.Reference).OfType<FlatNode>();

    public FlatTableNode Byte(int slot, int value, int absent = 0) => Scalar(slot, [(byte)value], value == absent);

    public FlatTableNode Bool(int slot, bool value, bool absent = false) => Byte(slot, value ? 1 : 0, absent ? 1 : 0);

    public FlatTableNode Int32(int slot, int value, int absent = 0) => Scalar(slot, ModelData.Int32(value), value == absent);

    public FlatTableNode UInt64(int slot, ulong value) => Scalar(slot, ModelData.Int64((long)value), value == 0);

    public FlatTableNode Single(int slot, float value) => Scalar(slot, ModelData.Single(value), value == 0);

    public FlatTableNode Text(int slot, string? text) => Reference(slot, string.IsNullOrEmpty(text) ? null : FlatVectorNode.Text(text));

    public FlatTableNode Int32s(int slot, IReadOnlyCollection<int>? values) => Reference(slot, values is null ? null : FlatVectorNode.Int32(values));

    public FlatTableNode Tables(int slot, IReadOnlyCollection<FlatNode> nodes, bool evenEmpty = false) =>
        Reference(slot, nodes.Count == 0 && !evenEmpty ? null : FlatVectorNode.References(nodes));

    public FlatTableNode Reference(int slot, FlatNode? node)
    {
        if (node is not null)
            fields[slot] = ([0, 0, 0, 0], node, null);
        return this;
    }

    /// <summary>The absolute offset, in <paramref name="offsetSlot"/>, and the size, in <paramref name="sizeSlot"/>, of data behind the flatbuffer.</summary>
    internal FlatTableNode Outside(int offsetSlot, int sizeSlot, OutsideData data)
    {
        fields[offsetSlot] = (new byte[8], null, data);
        return UInt64(sizeSlot, (ulong)data.Bytes.Length);
    }

    internal override int Write(FlatBufferWriter file)
    {
        // Wide fields first, so that all of them are aligned without gaps once the table is.
        int alignment = Math.Max(4, fields.Values.Select(field => field.Scalar.Length).DefaultIfEmpty(4).Max());
        var byWidth = fields.OrderByDescending(field => field.Value.Scalar.Length).ToList();
        int[] offsets = new int[fields.Count == 0 ? 0 : fields.Keys.Max() + 1];
        int tableBytes = alignment;
        foreach ((int slot, var field) in byWidth)
        {
            offsets[slot] = tableBytes;
            tableBytes += field.Scalar.Length;
        }
        int position = file.BeginTable(offsets, tableBytes, alignment);
        file.Append(new byte[alignment - 4]);
        foreach ((_, (byte[] scalar, FlatNode? reference, OutsideData? outside)) in byWidth)
        {
            if (reference is not null)
                file.AppendOffset(reference);
            else if (outside is not null)
                file.AppendAbsoluteOffset(outside);
            else
                file.Append(scalar);
        }
        return position;
    }

    private FlatTableNode Scalar(int slot, byte[] bytes, bool isDefault)
    {
        if (!isDefault)
            fields[slot] = (bytes, null, null);
        return this;
    }
}
