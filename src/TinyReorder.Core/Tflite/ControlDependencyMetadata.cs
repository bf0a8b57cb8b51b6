using TinyReorder.Diagnostics;

namespace TinyReorder.Tflite;

/// <summary>
/// The metadata entry that names pairs of operators which must keep their order: variable-length integers (7 bits a byte, low ones first), a version 1,
/// then for each subgraph the number of pairs and the pairs, zigzag-coded (lite/experimental/remat/metadata_util.cc).
/// </summary>
internal static class ControlDependencyMetadata
{
    private const uint SupportedVersion = 1;

    public static IReadOnlyList<IReadOnlyList<(int Before, int After)>> Read(TfliteModel model)
    {
        TfliteMetadata? entry = model.Metadata.FirstOrDefault(metadata => metadata.Name == TfliteMetadata.ControlDependenciesName);
        if (entry is null)
            return [];
        var cursor = new Cursor(model, model.BufferBytes(entry.Buffer));
        if (cursor.Next() is var version && version != SupportedVersion)
            throw Bad(model, $"has version {version}; this project knows version {SupportedVersion}");
        uint subgraphs = cursor.Next();
        if (subgraphs > model.Subgraphs.Count)
            throw Bad(model, $"speaks of {subgraphs} subgraphs, but the model has {model.Subgraphs.Count}");
        var all = new List<IReadOnlyList<(int, int)>>();
        for (int s = 0; s < subgraphs; s++)
        {
            uint count = cursor.Next();
            var pairs = new List<(int, int)>();
            for (uint i = 0; i < count; i++)
            {
                int before = cursor.NextSigned(), after = cursor.NextSigned();
                int operators = model.Subgraphs[s].Operators.Count;
                if (before < 0 || after < 0 || before >= operators || after >= operators || before >= after)
                    throw Bad(model, $"wants operator {before} before operator {after} in subgraph {s}, which has {operators} operators in their own order");
                pairs.Add((before, after));
            }
            all.Add(pairs);
        }
        if (!cursor.AtEnd)
            throw Bad(model, "has bytes behind its last pair");
        return all;
    }

    /// <summary>
    /// The same pairs in the numbers of the new orders: <paramref name="orders"/>[s][i] is the old index of the operator that runs i-th in subgraph s.
    /// </summary>
    public static byte[] Remap(IReadOnlyList<IReadOnlyList<(int Before, int After)>> dependencies, ModelOrder orders)
    {
        var bytes = new List<byte>();
        Write(bytes, SupportedVersion);
        Write(bytes, (uint)dependencies.Count);
        for (int s = 0; s < dependencies.Count; s++)
        {
            int[] newIndex = new int[orders[s].Count];
            for (int i = 0; i < newIndex.Length; i++)
                newIndex[orders[s][i]] = i;
            Write(bytes, (uint)dependencies[s].Count);
            foreach ((int before, int after) in dependencies[s])
            {
                Write(bytes, (uint)newIndex[before] * 2);
                Write(bytes, (uint)newIndex[after] * 2);
            }
        }
        return [.. bytes];
    }

    private static void Write(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    private static TinyReorderException Bad(TfliteModel model, string what) =>
        new(Diagnostic.Error(DiagnosticCodes.BadMetadata, $"the metadata entry {TfliteMetadata.ControlDependenciesName} {what}; export the model again or "
            + "remove the entry") with
        { File = model.Name });

    private sealed class Cursor(TfliteModel model, ArraySegment<byte> data)
    {
        private int at;

        public bool AtEnd => at == data.Count;

        public uint Next()
        {
            uint value = 0;
            for (int shift = 0; ; shift += 7)
            {
                if (at >= data.Count || shift > 28)
                    throw Bad(model, "is cut short");
                byte part = data.Array![data.Offset + at++];
                value |= (uint)(part & 0x7F) << shift;
                if (part < 0x80)
                    return value;
            }
        }

        public int NextSigned()
        {
            uint value = Next();
            return (value & 1) != 0 ? -(int)(value >> 1) - 1 : (int)(value >> 1);
        }
    }
}
