using System.Buffers.Binary;
using System.Text;

namespace TinyReorder.Tests.Shared;

/// <summary>A vector of scalars, a string, or a vector of offsets.</summary>
public sealed class FlatVectorNode : FlatNode
{
    private readonly byte[] elements = [];
    private readonly FlatNode[]? references;
    private readonly int length, alignment;
    private readonly bool terminated;

    private FlatVectorNode(byte[] elements, int elementBytes, int alignment, bool terminated = false)
    {
        this.elements = elements;
        length = elements.Length / elementBytes;
        this.alignment = alignment;
        this.terminated = terminated;
    }

    private FlatVectorNode(FlatNode[] references)
    {
        this.references = references;
        length = references.Length;
        alignment = 4;
    }

    internal override IEnumerable<FlatNode> Children => references ?? [];

    public static FlatVectorNode Bytes(byte[] bytes, int alignment = 1) => new(bytes, 1, alignment);

    public static FlatVectorNode Text(string text) => new(Encoding.UTF8.GetBytes(text), 1, 1, terminated: true);

    public static FlatVectorNode Int32(IEnumerable<int> values) => new(values.SelectMany(ModelData.Int32).ToArray(), 4, 4);

    public static FlatVectorNode Int64(IEnumerable<long> values) => new(values.SelectMany(ModelData.Int64).ToArray(), 8, 8);

    public static FlatVectorNode Single(IEnumerable<float> values) => new(values.SelectMany(ModelData.Single).ToArray(), 4, 4);

    public static FlatVectorNode References(IEnumerable<FlatNode> nodes) => new(nodes.ToArray());

    internal override int Write(FlatBufferWriter file)
    {
        // The elements are aligned, and the length stands right before them.
        file.Pad(4, Math.Max(4, alignment));
        int position = file.Position;
        byte[] count = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, length);
        file.Append(count);
        foreach (FlatNode node in references ?? [])
            file.AppendOffset(node);
        file.Append(elements);
        if (terminated)
            file.Append([0]);
        return position;
    }
}
