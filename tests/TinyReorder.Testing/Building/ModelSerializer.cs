using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>Turns a <see cref="ModelBuilder"/> into the tables of the schema (schema.fbs of tflite-micro) and those into bytes.</summary>
internal sealed class ModelSerializer(ModelBuilder model)
{
    private const int SchemaVersion = 3, Custom = 32, LargestDeprecatedCode = 127, BufferAlignment = 16;

    private readonly ModelLayout layout = model.Layout;
    private readonly List<FlatNode> buffers = [new FlatTableNode()];
    private readonly Dictionary<byte[], int> bufferOfData = [];
    private readonly List<(string Kind, int Version)> codes = [];
    private readonly Dictionary<string, FlatNode> sharedOperators = [];
    private readonly Dictionary<string, FlatNode> sharedLists = [];

    public byte[] Serialize()
    {
        FlatNode[] subgraphs = model.Subgraphs.Select(Subgraph).ToArray();
        FlatNode[] metadata = model.MetadataEntries.Select(entry => (FlatNode)new FlatTableNode().Text(0, entry.Name).Int32(1, NewBuffer(entry.Data)))
            .ToArray();
        FlatTableNode root = new FlatTableNode()
            .Int32(0, SchemaVersion)
            .Tables(1, codes.Select(code => (FlatNode)OperatorCode(code.Kind, code.Version)).ToArray(), evenEmpty: true)
            .Tables(2, subgraphs, evenEmpty: true)
            .Text(3, model.Description)
            .Tables(4, buffers)
            .Tables(6, metadata)
            .Tables(7, model.Signatures.Select(Signature).ToArray());
        AddUnknownFields(root, firstSlot: 10, layout.UnknownModelFields);
        return [.. FlatBufferWriter.Write(root, "TFL3", layout.VtablesBehindTables), .. layout.TrailingBytes];
    }

    private FlatNode Subgraph(SubgraphBuilder subgraph) => new FlatTableNode()
        .Tables(0, subgraph.Tensors.Select(Tensor).ToArray(), evenEmpty: true)
        .Reference(1, Indices(subgraph.Inputs))
        .Reference(2, Indices(subgraph.Outputs))
        .Tables(3, subgraph.Operators.Select(Operator).ToArray(), evenEmpty: true)
        .Text(4, subgraph.Name);

    private FlatNode Tensor(ModelTensor tensor) => new FlatTableNode()
        .Int32s(0, tensor.Shape)
        .Byte(1, (int)tensor.Type)
        .Int32(2, tensor.Data is not null ? BufferOf(tensor.Data) : layout.EmptyBufferPerTensor ? NewBuffer([]) : 0)
        .Text(3, tensor.Name)
        .Reference(4, tensor.Quantization is { } quantization
            ? new FlatTableNode()
                .Reference(2, FlatVectorNode.Single(quantization.Scales))
                .Reference(3, FlatVectorNode.Int64(quantization.ZeroPoints))
                .Int32(6, quantization.Dimension)
            : null)
        .Bool(5, tensor.IsVariable)
        .Reference(6, tensor.Sparsity)
        .Int32s(7, tensor.ShapeSignature)
        .Bool(8, true);

    private FlatNode Operator(ModelOperator source)
    {
        FlatTableNode table = new FlatTableNode()
            .Int32(0, CodeIndex(source.Kind, source.Version))
            .Reference(1, Indices(source.Inputs))
            .Reference(2, Indices(source.Outputs))
            .Byte(3, source.Options is { Second: false } first ? first.Union : 0)
            .Reference(4, source.Options is { Second: false } ? source.Options.Table : null)
            .Reference(5, source.CustomOptions is null ? null : FlatVectorNode.Bytes(source.CustomOptions))
            .Reference(7,
                source.MutatingInputs is null ? null : FlatVectorNode.Bytes(source.MutatingInputs.Select(mutated => mutated ? (byte)1 : (byte)0).ToArray()))
            .Reference(8, source.Intermediates is null ? null : Indices(source.Intermediates))
            .Byte(11, source.Options is { Second: true } second ? second.Union : 0)
            .Reference(12, source.Options is { Second: true } ? source.Options.Table : null);
        if (source.LargeCustomOptions is not null)
            table.Outside(9, 10, new OutsideData(source.LargeCustomOptions));
        AddUnknownFields(table, firstSlot: 14, layout.UnknownOperatorFields);
        if (!layout.EqualOperatorsShareTable || source.LargeCustomOptions is not null)
            return table;
        string content = Convert.ToHexString(FlatBufferWriter.Write(table, "", vtablesBehindTables: false));
        return sharedOperators.TryGetValue(content, out FlatNode? equal) ? equal : sharedOperators[content] = table;
    }

    private FlatNode Indices(IReadOnlyList<ModelTensor?> tensors)
    {
        int[] indices = tensors.Select(tensor => tensor?.Index ?? -1).ToArray();
        string content = string.Join(",", indices);
        if (!layout.EqualIndexListsShareVector || !sharedLists.TryGetValue(content, out FlatNode? list))
            sharedLists[content] = list = FlatVectorNode.Int32(indices);
        return list;
    }

    private FlatNode Signature(ModelSignature signature) => new FlatTableNode()
        .Tables(0, signature.Subgraph.Inputs.Select(Named).ToArray(), evenEmpty: true)
        .Tables(1, signature.Subgraph.Outputs.Select(Named).ToArray(), evenEmpty: true)
        .Text(2, signature.Key)
        .Int32(4, signature.Subgraph.Index);

    private static FlatNode Named(ModelTensor tensor) => new FlatTableNode().Text(0, tensor.Name).Int32(1, tensor.Index);

    private int CodeIndex(string kind, int version)
    {
        int index = codes.IndexOf((kind, version));
        if (index >= 0)
            return index;
        codes.Add((kind, version));
        return codes.Count - 1;
    }

    private static FlatTableNode OperatorCode(string kind, int version)
    {
        int code = Enumerable.Range(0, 256).FirstOrDefault(number => BuiltinOperators.NameOf(number) == kind, Custom);
        return new FlatTableNode()
            .Byte(0, Math.Min(code, LargestDeprecatedCode))
            .Text(1, code == Custom ? kind : null)
            .Int32(2, version, absent: 1)
            .Int32(3, code);
    }

    private int BufferOf(byte[] data)
    {
        if (!bufferOfData.TryGetValue(data, out int index))
            bufferOfData[data] = index = NewBuffer(data);
        return index;
    }

    private int NewBuffer(byte[] data)
    {
        var table = new FlatTableNode();
        if (data.Length > 0 && layout.BuffersOutside)
            table.Outside(1, 2, new OutsideData(data));
        else if (data.Length > 0)
            table.Reference(0, FlatVectorNode.Bytes(data, BufferAlignment));
        buffers.Add(table);
        return buffers.Count - 1;
    }

    private static void AddUnknownFields(FlatTableNode table, int firstSlot, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (i % 2 == 0)
                table.Int32(firstSlot + i, 0x5EED + i);
            else
                table.Reference(firstSlot + i, FlatVectorNode.Int32([i, 0x5EED]));
        }
    }
}
