using System.IO.Compression;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite.Lossless;

/// <summary>Random models, filled with everything that a reordering tool has no reason to understand.</summary>
internal static class OddModels
{
    private static readonly string[] Names = ["", "same", "same", "größer/κ:0", "a\"b\\c\n", "\u0001", new('x', 300)];

    /// <summary>The file of <paramref name="seed"/>; the same seed gives the same file.</summary>
    public static byte[] Create(ulong seed)
    {
        var random = new Pcg32(seed * 7919);
        ModelBuilder b = RandomModels.Create(seed);
        b.Description = random.Pick(Names);
        foreach (ModelTensor tensor in b.Subgraphs.SelectMany(subgraph => subgraph.Tensors).Where(_ => random.OneIn(4)))
            tensor.Name = random.Pick(Names);
        AddConstants(b, random);
        AddOperators(b, random);
        AddMetadata(b, random);
        foreach (SubgraphBuilder subgraph in b.Subgraphs.Where(_ => random.OneIn(2)))
            b.Signature(random.Pick(Names) + subgraph.Index, subgraph);
        b.Layout = new ModelLayout
        {
            VtablesBehindTables = random.OneIn(2),
            EqualOperatorsShareTable = random.OneIn(2),
            EqualIndexListsShareVector = random.OneIn(2),
            UnknownModelFields = random.OneIn(4) ? random.Between(1, 4) : 0,
            UnknownOperatorFields = random.OneIn(2) ? random.Between(1, 4) : 0,
            EmptyBufferPerTensor = random.OneIn(2),
            BuffersOutside = random.OneIn(3),
        };
        return WithTrailer(b.Build(), random);
    }

    private static void AddConstants(ModelBuilder b, Pcg32 random)
    {
        b.Constant("four bits", [3, 3], TensorType.Int4, Bytes(random, 5), Quantization.Activation);
        b.Constant("text", [2], TensorType.String, [.. ModelData.Int32s(2, 16, 19, 24), .. "catgooey"u8]);
        b.Constant("sparse", [4, 4], TensorType.Int8, Bytes(random, 3), Quantization.Activation).Sparsity = new FlatTableNode()
            .Int32s(0, [0, 1])
            .Tables(2, [new FlatTableNode().Int32(1, 4), new FlatTableNode().Byte(0, 1)]);
    }

    private static void AddOperators(ModelBuilder b, Pcg32 random)
    {
        ModelTensor source = b.Outputs[0];
        for (int i = random.Below(4); i > 0; i--)
        {
            ModelTensor made = b.Tensor($"odd {i}", source.Shape, source.Type, source.Quantization);
            ModelOperator op = b.Custom("Odd", [source], [made], Bytes(random, random.Below(20)));
            op.Intermediates = random.OneIn(2) ? [b.Tensor($"inside {i}", [1, 2])] : null;
            op.LargeCustomOptions = random.OneIn(2) ? Bytes(random, random.Between(1, 40)) : null;
            b.Output(made);
        }
    }

    private static void AddMetadata(ModelBuilder b, Pcg32 random)
    {
        for (int i = random.Below(4); i > 0; i--)
            b.Metadata($"entry {i}", Bytes(random, random.Below(50)));
        if (random.OneIn(2))
            b.Metadata("min_runtime_version", [.. "1.5.0"u8, .. new byte[11]]);
        if (random.OneIn(2) && b.Operators.Count > 1)
        {
            (int Before, int After)[] pairs = Enumerable.Range(0, random.Between(1, 4)).Select(_ => random.Below(b.Operators.Count - 1))
                .Select(before => (before, random.Between(before + 1, b.Operators.Count - 1))).ToArray();
            b.ControlDependencies([pairs]);
        }
    }

    private static byte[] WithTrailer(byte[] file, Pcg32 random)
    {
        using var stream = new MemoryStream();
        switch (random.Below(4))
        {
            case 0:
                return file;
            case 1:
                return [.. file, .. Bytes(random, random.Between(1, 60))];
            case 2:
                // The positions in this archive count from the start of the file, in the other one from its own.
                stream.Write(file);
                AddArchive(stream);
                return stream.ToArray();
            default:
                AddArchive(stream);
                return [.. file, .. stream.ToArray()];
        }
    }

    private static void AddArchive(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string name in new[] { "labels.txt", "vocabulary.txt" })
        {
            ZipArchiveEntry entry = archive.CreateEntry(name);
            entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var writer = new StreamWriter(entry.Open());
            writer.Write("one two three");
        }
    }

    private static byte[] Bytes(Pcg32 random, int count) => Enumerable.Range(0, count).Select(_ => (byte)random.Next()).ToArray();
}
