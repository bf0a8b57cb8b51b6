using TinyReorder.Diagnostics;

namespace TinyReorder.Tflite;

/// <summary>
/// Writes a model with its operators in another order and nothing else changed: the slots of each list of operators are permuted in a copy of the bytes, and
/// metadata that speaks of the order is brought up to date. Without new metadata the file keeps its size and every other byte.
/// </summary>
public static class TfliteRewriter
{
    /// <summary>The model with its operators in the given orders.</summary>
    /// <param name="model">The model.</param>
    /// <param name="orders">For each subgraph, order[i] is the file's index of the operator that runs i-th.</param>
    /// <param name="metadata">Metadata entries to add, or to replace where the model has an entry of that name.</param>
    /// <exception cref="TinyReorderException">The operators of the file are laid out so that they cannot be moved: TINY2002.</exception>
    public static byte[] Rewrite(TfliteModel model, IReadOnlyList<IReadOnlyList<int>> orders, IReadOnlyList<(string Name, byte[] Data)>? metadata = null)
    {
        byte[] bytes = (byte[])model.Bytes.Clone();
        for (int s = 0; s < orders.Count; s++)
            Permute(model, s, orders[s], bytes);
        var changes = new List<(string Name, byte[] Data)>(metadata ?? []);
        if (model.ControlDependencies.Any(pairs => pairs.Count > 0) && !orders.All(IsFileOrder))
            changes.Add((TfliteMetadata.ControlDependenciesName, ControlDependencyMetadata.Remap(model.ControlDependencies, orders)));
        changes.RemoveAll(change => TryOverwrite(model, bytes, change.Name, change.Data));
        return changes.Count == 0 ? bytes : MetadataPrefix.Insert(model, bytes, changes);
    }

    /// <summary>Whether <see cref="Rewrite"/> can add metadata: the root table must have no field that this project does not know how to move.</summary>
    public static bool CanAddMetadata(TfliteModel model) => MetadataPrefix.CanMoveRoot(model);

    private static void Permute(TfliteModel model, int subgraph, IReadOnlyList<int> order, byte[] bytes)
    {
        int first = model.Subgraphs[subgraph].OperatorSlots, count = order.Count;
        if (IsFileOrder(order))
            return;
        CheckNoOverlap(model, subgraph);
        for (int to = 0; to < count; to++)
        {
            long slot = first + (4L * order[to]);
            long table = slot + ReadUInt32(model.Bytes, (int)slot);
            long offset = table - (first + (4L * to));
            // Offsets are unsigned: the table must lie behind its slot wherever that slot goes.
            if (offset <= 0 || offset > uint.MaxValue)
                throw Unmovable(model, subgraph, "some of its operators lie inside the list of operators itself");
            WriteUInt32(bytes, first + (4 * to), (uint)offset);
        }
    }

    private static bool IsFileOrder(IReadOnlyList<int> order) => Enumerable.Range(0, order.Count).All(i => order[i] == i);

    private static void CheckNoOverlap(TfliteModel model, int subgraph)
    {
        TfliteSubgraph own = model.Subgraphs[subgraph];
        foreach (TfliteSubgraph other in model.Subgraphs)
        {
            bool overlaps = other.Index != subgraph
                && other.OperatorSlots < own.OperatorSlots + (4 * own.Operators.Count)
                && own.OperatorSlots < other.OperatorSlots + (4 * other.Operators.Count);
            if (overlaps)
                throw Unmovable(model, subgraph, $"it shares its list of operators with subgraph {other.Index}");
        }
    }

    private static TinyReorderException Unmovable(TfliteModel model, int subgraph, string why) => new(
        Diagnostic.Error(DiagnosticCodes.CorruptFile, $"the operators of subgraph {subgraph} cannot be moved: {why}; export the model again") with { File = model.Name, Subgraph = subgraph });

    /// <summary>Puts <paramref name="data"/> over an entry's present data when it has exactly the same length.</summary>
    private static bool TryOverwrite(TfliteModel model, byte[] bytes, string name, byte[] data)
    {
        TfliteMetadata? entry = model.Metadata.LastOrDefault(metadata => metadata.Name == name);
        if (entry is null)
            return false;
        ArraySegment<byte> present = model.BufferBytes(entry.Buffer);
        if (present.Count == 0 || present.Count != data.Length || IsShared(model, entry))
            return false;
        Array.Copy(data, 0, bytes, present.Offset, data.Length);
        return true;
    }

    private static bool IsShared(TfliteModel model, TfliteMetadata entry) =>
        model.Metadata.Count(other => other.Buffer == entry.Buffer) > 1
        || model.Subgraphs.Any(subgraph => subgraph.Tensors.Any(tensor => tensor.Buffer == entry.Buffer))
        || model.Buffers.Count(other => other.Start == model.Buffers[entry.Buffer].Start && other.Length > 0) > 1;

    internal static uint ReadUInt32(byte[] bytes, int at) => (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));

    internal static void WriteUInt32(byte[] bytes, int at, uint value)
    {
        for (int i = 0; i < 4; i++)
            bytes[at + i] = (byte)(value >> (8 * i));
    }
}
