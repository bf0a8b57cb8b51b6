using TinyReorder.Diagnostics;
using TinyReorder.Sizes;

namespace TinyReorder.Tflite.Editing;

/// <summary>
/// Adds to a model without touching a byte of it: offsets only point forward, so new tables, and longer lists in the place of those that grow, are put before
/// the whole file. Absolute offsets (data behind the flatbuffer, positions in an archive there) move with it.
/// </summary>
internal sealed class ModelEditor
{
    private const int HeaderBytes = 8;
    private const int DataAlignment = 16;
    private const int LargestAlignment = 4096;

    private readonly TfliteModel model;
    private readonly List<(byte[] Data, int Alignment)> buffers = [];
    private readonly List<(string Name, int Buffer)> metadata = [];
    private readonly List<(int Code, int Version)> codes = [];
    private readonly SortedDictionary<int, SubgraphEdit> edits = [];
    private readonly List<SubgraphEdit> added = [];

    /// <summary>An editor that has nothing to do yet.</summary>
    /// <exception cref="TinyReorderException">The root table cannot be written anew: TINY2011.</exception>
    public ModelEditor(TfliteModel model)
    {
        if (!CanEdit(model))
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadMetadata,
                "the model's root table has fields that are newer than this project, so no metadata can be added; let the device place the tensors") with
            { File = model.Name });
        this.model = model;
    }

    /// <summary>Whether anything can be added: the root table must have no field that this project does not know how to write.</summary>
    public static bool CanEdit(TfliteModel model) => OldTables.CanCopy(model.Root, Schema.Root.KnownSlots);

    /// <summary>Adds a buffer with <paramref name="data"/>, which begins at a multiple of <paramref name="alignment"/>, and returns its index.</summary>
    public int AddBuffer(byte[] data, int alignment = DataAlignment)
    {
        buffers.Add((data, alignment));
        return model.BufferCount + buffers.Count - 1;
    }

    /// <summary>Adds a metadata entry, or replaces the last one of that name.</summary>
    public void SetMetadata(string name, byte[] data) => metadata.Add((name, AddBuffer(data)));

    /// <summary>The index of an operator code for a built-in operator: one that the file has, or a new one.</summary>
    public int OperatorCode(int code, int version)
    {
        var old = new OldTables(model);
        int known = old.FindCode(code, version);
        if (known >= 0)
            return known;
        int before = old.CodeCount, at = codes.IndexOf((code, version));
        if (at >= 0)
            return before + at;
        codes.Add((code, version));
        return before + codes.Count - 1;
    }

    /// <summary>The subgraph <paramref name="index"/> of the file, to change.</summary>
    public SubgraphEdit Edit(int index) =>
        edits.TryGetValue(index, out SubgraphEdit? edit) ? edit : edits[index] = new SubgraphEdit(model.Subgraphs[index]);

    /// <summary>The subgraph <paramref name="index"/> of the file with other tensors and operators in the place of its own.</summary>
    /// <param name="index">The subgraph.</param>
    /// <param name="indices">The new index of each of its tensors that stays.</param>
    public SubgraphEdit Replace(int index, IReadOnlyDictionary<int, int> indices) => edits[index] = new SubgraphEdit(model.Subgraphs[index], indices);

    /// <summary>The index of the operator code of an operator of the file.</summary>
    public int OperatorCodeOf(int subgraph, int index) => (int)new OldTables(model).Operator(subgraph, index).UInt32(Schema.Operator.Code);

    /// <summary>Adds a subgraph and says its index.</summary>
    public SubgraphEdit AddSubgraph(string name, out int index)
    {
        var subgraph = new SubgraphEdit(name);
        added.Add(subgraph);
        index = model.Subgraphs.Count + added.Count - 1;
        return subgraph;
    }

    /// <summary>The model with all that, in front of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The file, in which lists may have been permuted.</param>
    /// <exception cref="TinyReorderException">
    /// The result would exceed what 32-bit offsets can address (TINY2009), or parts of the file overlap that say where data lies (TINY2002).
    /// </exception>
    public byte[] Write(byte[] bytes)
    {
        byte[] tables = new EditWriter(model, buffers, metadata, codes, edits, added).Write();
        // Everything old moves by a multiple of this, so that all data keeps the alignment that it has.
        long prefixBytes = Rounding.Up(tables.Length, BlockAlignment());
        if (bytes.Length + prefixBytes > int.MaxValue)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.SizeOverflow,
                "the model is too large for metadata to be added; let the device place the tensors") with
            { File = model.Name });
        int moved = (int)prefixBytes;
        byte[] result = new byte[moved + bytes.Length];
        Array.Copy(tables, 0, result, moved - tables.Length, tables.Length);
        LittleEndian.WriteUInt32(result, 0, (uint)(moved - tables.Length) + LittleEndian.ReadUInt32(tables, 0));
        Array.Copy(bytes, 4, result, 4, HeaderBytes - 4);
        Array.Copy(bytes, 0, result, moved, bytes.Length);
        MoveOffsets(bytes, result, moved);
        return result;
    }

    private void MoveOffsets(byte[] bytes, byte[] result, int moved)
    {
        int[] fields = model.Buffers.Where(buffer => buffer.IsOutside).Select(buffer => buffer.OffsetField).Concat(model.AbsoluteOffsetFields).Distinct()
            .ToArray();
        IReadOnlyList<int> positions = ZipTrailer.PositionFields(bytes);
        CheckNoData([.. fields, .. positions]);
        foreach (int field in fields)
            LittleEndian.WriteUInt64(result, field + moved, LittleEndian.ReadUInt64(bytes, field) + (ulong)moved);
        foreach (int field in positions)
            LittleEndian.WriteUInt32(result, field + moved, LittleEndian.ReadUInt32(bytes, field) + (uint)moved);
        if (fields.Length > 0 && edits.Count == 0 && !ModelContent.IsIn(TfliteModel.Load(bytes, model.Name), TfliteModel.Load(result, model.Name)))
            throw Knotted();
    }

    /// <summary>A file may be knotted such that data of a tensor is at the same time a position that has to follow.</summary>
    private void CheckNoData(int[] fields)
    {
        const int widest = 8;
        Array.Sort(fields);
        foreach (TfliteBuffer buffer in model.Buffers.Where(buffer => buffer.Length > 0))
        {
            int first = Array.BinarySearch(fields, Math.Max(0, buffer.Start - widest + 1));
            first = first < 0 ? ~first : first;
            if (first < fields.Length && fields[first] < buffer.Start + (long)buffer.Length)
                throw Knotted();
        }
    }

    private TinyReorderException Knotted() => new(Diagnostic.Error(
        DiagnosticCodes.CorruptFile, "no metadata can be added: parts of the file overlap that say where data lies; export the model again") with
    { File = model.Name });

    private int BlockAlignment()
    {
        IEnumerable<long> starts = model.Buffers.Where(buffer => buffer.IsOutside).Select(buffer => (long)buffer.Start)
            .Concat(model.AbsoluteOffsetFields.Select(field => (long)LittleEndian.ReadUInt32(model.Bytes, field)));
        int alignment = DataAlignment;
        foreach (long start in starts)
        {
            while (alignment < LargestAlignment && start % (2 * alignment) == 0)
                alignment *= 2;
        }
        return alignment;
    }
}
