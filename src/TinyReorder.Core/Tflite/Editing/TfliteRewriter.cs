using TinyReorder.Diagnostics;

namespace TinyReorder.Tflite.Editing;

/// <summary>
/// Writes a model with its operators in another order and nothing else changed: the slots of each list of operators are permuted in a copy of the bytes, and
/// metadata that speaks of the order is brought up to date. Without new metadata the file keeps its size and every other byte.
/// </summary>
internal static class TfliteRewriter
{
    /// <summary>The model with its operators in the given orders.</summary>
    /// <param name="model">The model.</param>
    /// <param name="orders">For each subgraph, order[i] is the file's index of the operator that runs i-th.</param>
    /// <param name="metadata">Metadata entries to add, or to replace where the model has an entry of that name.</param>
    /// <exception cref="TinyReorderException">The operators of the file are laid out so that they cannot be moved: TINY2002.</exception>
    public static byte[] Rewrite(TfliteModel model, ModelOrder orders, IReadOnlyList<(string Name, byte[] Data)>? metadata = null)
    {
        byte[] bytes = (byte[])model.Bytes.Clone();
        int[] changed = Enumerable.Range(0, orders.Count).Where(s => !IsFileOrder(orders[s])).ToArray();
        CheckNothingElseIsThere(model, changed);
        foreach (int s in changed)
            Permute(model, s, orders[s], bytes);
        var changes = new List<(string Name, byte[] Data)>(metadata ?? []);
        if (model.ControlDependencies.Any(pairs => pairs.Count > 0) && !orders.All(IsFileOrder))
            changes.Add((TfliteMetadata.ControlDependenciesName, ControlDependencyMetadata.Remap(model.ControlDependencies, orders)));
        changes.RemoveAll(change => TryOverwrite(model, bytes, change.Name, change.Data));
        if (changes.Count == 0)
            return bytes;
        var editor = new ModelEditor(model);
        foreach ((string name, byte[] data) in changes)
            editor.SetMetadata(name, data);
        return editor.Write(bytes);
    }

    /// <summary>Whether <see cref="Rewrite"/> can add metadata: the root table must have no field that this project does not know how to move.</summary>
    public static bool CanAddMetadata(TfliteModel model) => ModelEditor.CanEdit(model);

    private static void Permute(TfliteModel model, int subgraph, IReadOnlyList<int> order, byte[] bytes)
    {
        int first = model.Subgraphs[subgraph].OperatorSlots, count = order.Count;
        for (int to = 0; to < count; to++)
        {
            long slot = first + (4L * order[to]);
            long table = slot + LittleEndian.ReadUInt32(model.Bytes, (int)slot);
            long offset = table - (first + (4L * to));
            // Offsets are unsigned: the table must lie behind its slot wherever that slot goes.
            if (offset <= 0 || offset > uint.MaxValue)
                throw Unmovable(model, subgraph, "some of its operators lie inside the list of operators itself");
            LittleEndian.WriteUInt32(bytes, first + (4 * to), (uint)offset);
        }
    }

    private static bool IsFileOrder(IReadOnlyList<int> order)
    {
        for (int i = 0; i < order.Count; i++)
        {
            if (order[i] != i)
                return false;
        }
        return true;
    }

    /// <summary>
    /// A file may be knotted such that its lists of operators are also names, shapes or lists of others: what is written there would change those.
    /// </summary>
    private static void CheckNothingElseIsThere(TfliteModel model, int[] changed)
    {
        if (changed.Length == 0)
            return;
        var lists = model.Subgraphs.Where(subgraph => subgraph.Operators.Count > 0).OrderBy(subgraph => subgraph.OperatorSlots).ToList();
        foreach ((TfliteSubgraph one, TfliteSubgraph next) in lists.Zip(lists.Skip(1), (one, next) => (one, next)))
        {
            if (EndOfList(one) > next.OperatorSlots)
                throw Unmovable(model, one.Index, $"it shares its list of operators with subgraph {next.Index}");
        }
        if (TfliteModelLoader.ReadsElsewhere(model, lists.Select(subgraph => (subgraph.OperatorSlots - 4L, EndOfList(subgraph))).ToArray()))
            throw Unmovable(model, changed[0], "the list of operators is at the same time another part of the file");
    }

    private static long EndOfList(TfliteSubgraph subgraph) => subgraph.OperatorSlots + (4L * subgraph.Operators.Count);

    private static TinyReorderException Unmovable(TfliteModel model, int subgraph, string why) => new(
        Diagnostic.Error(DiagnosticCodes.CorruptFile,
            $"the operators of subgraph {subgraph} cannot be moved: {why}; export the model again") with
        { File = model.Name, Subgraph = subgraph });

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
        || model.Buffers.Count(other => Overlap(other, model.Buffers[entry.Buffer])) > 1;

    private static bool Overlap(TfliteBuffer a, TfliteBuffer b) =>
        a.Length > 0 && b.Length > 0 && a.Start < b.Start + (long)b.Length && b.Start < a.Start + (long)a.Length;
}
