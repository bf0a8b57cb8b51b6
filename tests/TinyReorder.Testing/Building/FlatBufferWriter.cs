using System.Buffers.Binary;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Writes a graph of nodes as a FlatBuffer, front to back: a node comes behind all that point to it, since offsets are unsigned.
/// Alignment counts from the start of the file.
/// </summary>
internal sealed class FlatBufferWriter(bool vtablesBehindTables)
{
    private const int OutsideAlignment = 16;

    private readonly List<byte> bytes = [];
    private readonly List<(int At, FlatNode Target)> offsets = [];
    private readonly List<(int At, OutsideData Data)> absoluteOffsets = [];
    private readonly List<(int Table, string Vtable)> tables = [];
    private readonly Dictionary<string, int> vtables = [];

    public int Position => bytes.Count;

    /// <summary>The whole file with <paramref name="identifier"/>, the tree under <paramref name="root"/>, and data outside of it.</summary>
    public static byte[] Write(FlatNode root, string identifier, bool vtablesBehindTables) =>
        new FlatBufferWriter(vtablesBehindTables).WriteAll(root, identifier);

    public void Append(byte[] more) => bytes.AddRange(more);

    public void AppendOffset(FlatNode target)
    {
        offsets.Add((Position, target));
        Append(new byte[4]);
    }

    public void AppendAbsoluteOffset(OutsideData data)
    {
        absoluteOffsets.Add((Position, data));
        Append(new byte[8]);
    }

    /// <summary>Fills with zeros until what comes <paramref name="ahead"/> bytes later is aligned.</summary>
    public void Pad(int ahead, int alignment)
    {
        while ((Position + ahead) % alignment != 0)
            bytes.Add(0);
    }

    /// <summary>Writes the vtable, unless an equal one stands in the file already, and the link to it; the fields follow.</summary>
    public int BeginTable(int[] fieldOffsets, int tableBytes, int alignment)
    {
        string vtable = string.Join(",", fieldOffsets.Prepend(tableBytes).Prepend(4 + (2 * fieldOffsets.Length)));
        if (!vtablesBehindTables && !vtables.ContainsKey(vtable))
            WriteVtable(vtable);
        Pad(0, alignment);
        tables.Add((Position, vtable));
        Append(new byte[4]);
        return Position - 4;
    }

    private byte[] WriteAll(FlatNode root, string identifier)
    {
        AppendOffset(root);
        Append(identifier.Select(letter => (byte)letter).ToArray());
        var positions = new Dictionary<FlatNode, int>();
        foreach (FlatNode node in InOrder(root))
            positions.Add(node, node.Write(this));
        foreach (string vtable in tables.Select(table => table.Vtable).Distinct().Where(vtable => !vtables.ContainsKey(vtable)))
            WriteVtable(vtable);
        var outside = new Dictionary<OutsideData, int>();
        foreach ((_, OutsideData data) in absoluteOffsets)
        {
            Pad(0, OutsideAlignment);
            if (outside.TryAdd(data, Position))
                Append(data.Bytes);
        }
        byte[] file = [.. bytes];
        foreach ((int at, FlatNode target) in offsets)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)(positions[target] - at));
        foreach ((int table, string vtable) in tables)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(table), table - vtables[vtable]);
        foreach ((int at, OutsideData data) in absoluteOffsets)
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), (ulong)outside[data]);
        return file;
    }

    private void WriteVtable(string vtable)
    {
        Pad(0, 2);
        vtables.Add(vtable, Position);
        foreach (string entry in vtable.Split(','))
        {
            byte[] two = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(two, ushort.Parse(entry, System.Globalization.CultureInfo.InvariantCulture));
            Append(two);
        }
    }

    /// <summary>Every node, each behind all that point to it.</summary>
    private static IEnumerable<FlatNode> InOrder(FlatNode root)
    {
        var waiting = new Dictionary<FlatNode, int> { [root] = 0 };
        var open = new Stack<FlatNode>([root]);
        while (open.Count > 0)
        {
            foreach (FlatNode child in open.Pop().Children)
            {
                if (!waiting.TryGetValue(child, out int referrers))
                    open.Push(child);
                waiting[child] = referrers + 1;
            }
        }
        open.Push(root);
        while (open.Count > 0)
        {
            FlatNode node = open.Pop();
            yield return node;
            foreach (FlatNode child in node.Children.Reverse())
            {
                if (--waiting[child] == 0)
                    open.Push(child);
            }
        }
    }
}
