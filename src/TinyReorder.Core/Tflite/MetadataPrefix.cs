using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Sizes;

namespace TinyReorder.Tflite;

/// <summary>
/// Adds metadata to a model without touching a table that is there: offsets only point forward, so a new root table, a longer list of buffers and a longer list
/// of metadata are put before everything else, and everything else moves up as one block. Absolute offsets (data behind the flatbuffer, positions in an
/// archive there) move with it.
/// </summary>
internal static class MetadataPrefix
{
    private const int HeaderBytes = 8;
    private const int DataAlignment = 16;
    private const int LargestAlignment = 4096;
    private const int BuffersSlot = 4;
    private const int MetadataSlot = 6;
    private const int KnownRootSlots = 10;

    public static bool CanMoveRoot(TfliteModel model) => Enumerable.Range(KnownRootSlots, Math.Max(0, model.Root.SlotCount - KnownRootSlots)).All(slot => model.Root.Field(slot) == 0);

    /// <summary>Inserts the entries; one whose name is there already is replaced.</summary>
    /// <exception cref="TinyReorderException">The result would exceed what 32-bit offsets can address: TINY2009.</exception>
    public static byte[] Insert(TfliteModel model, byte[] bytes, IReadOnlyList<(string Name, byte[] Data)> entries)
    {
        if (!CanMoveRoot(model))
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadMetadata,
                "the model's root table has fields that are newer than this project, so no metadata can be added; use Plan=\"device\"") with { File = model.Name });
        var layout = new Layout(model, entries);
        if ((long)bytes.Length + layout.PrefixBytes > int.MaxValue)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.SizeOverflow,
                "the model is too large for metadata to be added; use Plan=\"device\"") with { File = model.Name });
        int[] moved = model.Buffers.Where(buffer => buffer.IsOutside).Select(buffer => buffer.OffsetField).Concat(model.AbsoluteOffsetFields).Distinct().ToArray();
        IReadOnlyList<int> positions = ZipTrailer.PositionFields(bytes);
        CheckNoData(model, [.. moved, .. positions]);
        byte[] result = new byte[bytes.Length + layout.PrefixBytes];
        Array.Copy(bytes, HeaderBytes, result, HeaderBytes + layout.PrefixBytes, bytes.Length - HeaderBytes);
        Array.Copy(bytes, 0, result, 0, HeaderBytes);
        layout.Write(bytes, result);
        foreach (int field in moved)
            Shift(result, field + layout.PrefixBytes, layout.PrefixBytes);
        foreach (int field in positions)
            TfliteRewriter.WriteUInt32(result, field + layout.PrefixBytes, TfliteRewriter.ReadUInt32(bytes, field) + (uint)layout.PrefixBytes);
        if (moved.Length > 0 && !ModelContent.IsIn(TfliteModel.Load(bytes, model.Name), TfliteModel.Load(result, model.Name)))
            throw Knotted(model);
        return result;
    }

    /// <summary>A file may be knotted such that data of a tensor is at the same time a position that has to follow.</summary>
    private static void CheckNoData(TfliteModel model, int[] fields)
    {
        const int widest = 8;
        Array.Sort(fields);
        foreach (TfliteBuffer buffer in model.Buffers.Where(buffer => buffer.Length > 0))
        {
            int first = Array.BinarySearch(fields, Math.Max(0, buffer.Start - widest + 1));
            first = first < 0 ? ~first : first;
            // The header stays where it is, so that data which begin in it would be torn apart.
            bool isTorn = buffer.Start < HeaderBytes;
            if (isTorn || (first < fields.Length && fields[first] < buffer.Start + (long)buffer.Length))
                throw Knotted(model);
        }
    }

    private static TinyReorderException Knotted(TfliteModel model) => new(Diagnostic.Error(
        DiagnosticCodes.CorruptFile, "no metadata can be added: parts of the file overlap that say where data lies; export the model again") with
    { File = model.Name });

    private static void Shift(byte[] bytes, int field, int by)
    {
        ulong value = TfliteRewriter.ReadUInt32(bytes, field) | ((ulong)TfliteRewriter.ReadUInt32(bytes, field + 4) << 32);
        value += (ulong)by;
        TfliteRewriter.WriteUInt32(bytes, field, (uint)value);
        TfliteRewriter.WriteUInt32(bytes, field + 4, (uint)(value >> 32));
    }

    /// <summary>Where each new object stands; everything old stands <see cref="PrefixBytes"/> further than it did.</summary>
    private sealed class Layout
    {
        private readonly TfliteModel model;
        private readonly List<(string Name, byte[] Data, int Replaces)> entries;
        private readonly int[] rootSlots;
        private readonly int vtable;
        private readonly int root;
        private readonly int buffers;
        private readonly int metadata;
        private readonly int tables;
        private readonly int[] names;
        private readonly int[] data;
        private readonly int added;

        public Layout(TfliteModel model, IReadOnlyList<(string Name, byte[] Data)> changes)
        {
            this.model = model;
            entries = changes.Select(change => (change.Name, change.Data, model.Metadata.ToList().FindLastIndex(entry => entry.Name == change.Name))).ToList();
            added = entries.Count(entry => entry.Replaces < 0);
            rootSlots = Enumerable.Range(0, KnownRootSlots).Where(slot => slot is BuffersSlot or MetadataSlot || model.Root.Field(slot) != 0).ToArray();
            int at = HeaderBytes;
            vtable = at;
            at += Aligned(4 + (2 * KnownRootSlots), 4);
            root = at;
            at += 4 + (4 * rootSlots.Length);
            buffers = at;
            at += 4 + (4 * (model.BufferCount + entries.Count));
            metadata = at;
            at += 4 + (4 * (model.Metadata.Count + added));
            // Per entry: a vtable and a table of a Buffer (one field), and of a Metadata (two fields).
            tables = at;
            at += entries.Count * EntryTableBytes;
            names = new int[entries.Count];
            data = new int[entries.Count];
            for (int i = 0; i < entries.Count; i++)
            {
                names[i] = Aligned(at, 4);
                at = Aligned(names[i] + 4 + Encoding.UTF8.GetByteCount(entries[i].Name) + 1, 4);
                data[i] = Aligned(at + 4, DataAlignment) - 4;
                at = data[i] + 4 + entries[i].Data.Length;
            }
            PrefixBytes = Aligned(at - HeaderBytes, BlockAlignment());
        }

        private const int EntryTableBytes = 8 + 8 + 8 + 12;

        public int PrefixBytes { get; }

        public void Write(byte[] old, byte[] result)
        {
            int moved = PrefixBytes;
            void Offset(int at, int target) => TfliteRewriter.WriteUInt32(result, at, checked((uint)(target - at)));
            void Short(int at, int value) => (result[at], result[at + 1]) = ((byte)value, (byte)(value >> 8));
            int Follow(int field) => (int)(field + TfliteRewriter.ReadUInt32(old, field));

            Offset(0, root);
            Short(vtable, 4 + (2 * KnownRootSlots));
            Short(vtable + 2, 4 + (4 * rootSlots.Length));
            TfliteRewriter.WriteUInt32(result, root, (uint)(root - vtable));
            for (int i = 0; i < rootSlots.Length; i++)
            {
                int slot = rootSlots[i], field = root + 4 + (4 * i);
                Short(vtable + 4 + (2 * slot), field - root);
                if (slot == 0)
                    TfliteRewriter.WriteUInt32(result, field, TfliteRewriter.ReadUInt32(old, model.Root.Field(0)));
                else
                    Offset(field, slot == BuffersSlot ? buffers : slot == MetadataSlot ? metadata : Follow(model.Root.Field(slot)) + moved);
            }

            int oldBuffers = model.Root.Field(BuffersSlot) is var b and not 0 ? Follow(b) : 0;
            TfliteRewriter.WriteUInt32(result, buffers, (uint)(model.BufferCount + entries.Count));
            for (int i = 0; i < model.BufferCount; i++)
                Offset(buffers + 4 + (4 * i), Follow(oldBuffers + 4 + (4 * i)) + moved);
            int oldMetadata = model.Root.Field(MetadataSlot) is var m and not 0 ? Follow(m) : 0;
            TfliteRewriter.WriteUInt32(result, metadata, (uint)(model.Metadata.Count + added));
            for (int i = 0; i < model.Metadata.Count; i++)
                Offset(metadata + 4 + (4 * i), Follow(oldMetadata + 4 + (4 * i)) + moved);

            int next = model.Metadata.Count;
            for (int i = 0; i < entries.Count; i++)
            {
                int bufferTable = tables + (i * EntryTableBytes) + 8, metadataTable = bufferTable + 16;
                Short(bufferTable - 8, 6);
                Short(bufferTable - 6, 8);
                Short(bufferTable - 4, 4);
                TfliteRewriter.WriteUInt32(result, bufferTable, 8);
                Offset(bufferTable + 4, data[i]);
                Short(metadataTable - 8, 8);
                Short(metadataTable - 6, 12);
                Short(metadataTable - 4, 4);
                Short(metadataTable - 2, 8);
                TfliteRewriter.WriteUInt32(result, metadataTable, 8);
                Offset(metadataTable + 4, names[i]);
                TfliteRewriter.WriteUInt32(result, metadataTable + 8, (uint)(model.BufferCount + i));
                Offset(buffers + 4 + (4 * (model.BufferCount + i)), bufferTable);
                Offset(metadata + 4 + (4 * (entries[i].Replaces < 0 ? next++ : entries[i].Replaces)), metadataTable);
                byte[] name = Encoding.UTF8.GetBytes(entries[i].Name);
                TfliteRewriter.WriteUInt32(result, names[i], (uint)name.Length);
                Array.Copy(name, 0, result, names[i] + 4, name.Length);
                TfliteRewriter.WriteUInt32(result, data[i], (uint)entries[i].Data.Length);
                Array.Copy(entries[i].Data, 0, result, data[i] + 4, entries[i].Data.Length);
            }
        }

        /// <summary>What the old bytes must move by a multiple of, so that all data keeps the alignment that it has.</summary>
        private int BlockAlignment()
        {
            IEnumerable<long> starts = model.Buffers.Where(buffer => buffer.IsOutside).Select(buffer => (long)buffer.Start)
                .Concat(model.AbsoluteOffsetFields.Select(field => (long)TfliteRewriter.ReadUInt32(model.Bytes, field)));
            int alignment = DataAlignment;
            foreach (long start in starts)
            {
                while (alignment < LargestAlignment && start % (2 * alignment) == 0)
                    alignment *= 2;
            }
            return alignment;
        }

        private static int Aligned(int value, int alignment) => (int)Rounding.Up(value, alignment);
    }
}
