using Google.FlatBuffers;

namespace TinyReorder.Tflite.Editing;

/// <summary>
/// Builds the new tables. The builder counts from the end of what it makes, behind which the old file lies: what stands at byte p of that is at -p.
/// </summary>
internal sealed class EditWriter(
    TfliteModel model,
    IReadOnlyList<(byte[] Data, int Alignment)> buffers,
    IReadOnlyList<(string Name, int Buffer)> metadata,
    IReadOnlyList<(int Code, int Version)> codes,
    IReadOnlyDictionary<int, SubgraphEdit> edits,
    IReadOnlyList<SubgraphEdit> added)
{
    private const int InitialBytes = 1024;
    private const int DataAlignment = 16;
    private const string Identifier = "TFL3";

    private readonly FlatBufferBuilder builder = new(InitialBytes);
    private readonly OldTables old = new(model);
    private readonly Dictionary<string, int> written = new(StringComparer.Ordinal);

    /// <summary>The tables, with the header of a file before them; their length is a multiple of 16.</summary>
    public byte[] Write()
    {
        // What the builder aligns, it aligns from the end: that has to lie on the boundary of data.
        builder.Prep(DataAlignment, 0);
        int[] root = new int[Schema.Root.KnownSlots];
        for (int slot = 1; slot < root.Length; slot++)
            root[slot] = -old.Target(model.Root, slot);
        if (buffers.Count > 0)
            root[Schema.Root.Buffers] = List(Schema.Root.Buffers, buffers.Select(buffer => Buffer(buffer.Data, buffer.Alignment)));
        if (metadata.Count > 0)
            root[Schema.Root.Metadata] = Metadata();
        if (codes.Count > 0)
            root[Schema.Root.OperatorCodes] = List(Schema.Root.OperatorCodes, codes.Select(code => Code(code.Code, code.Version)));
        if (edits.Count + added.Count > 0)
            root[Schema.Root.Subgraphs] = Subgraphs();
        if (edits.Values.Any(edit => edit.Indices is not null) && root[Schema.Root.Signatures] != 0)
            root[Schema.Root.Signatures] = Offsets([.. OldTables.Tables(model.Root, Schema.Root.Signatures).Select(Signature)]);
        builder.StartTable(root.Length);
        builder.AddUint(Schema.Root.Version, model.Root.UInt32(Schema.Root.Version), 0);
        for (int slot = 1; slot < root.Length; slot++)
            builder.AddOffset(slot, root[slot], 0);
        builder.Finish(builder.EndTable(), Identifier);
        return builder.SizedByteArray();
    }

    /// <summary>The root's list in <paramref name="slot"/> with more behind it.</summary>
    private int List(int slot, IEnumerable<int> more)
    {
        // Tables are built before the list that names them.
        int[] built = [.. more];
        return Offsets([.. Old(model.Root, slot), .. built]);
    }

    private IEnumerable<int> Old(FlatTable table, int slot) => old.Targets(table, slot).Select(position => -position);

    private int Metadata()
    {
        List<int> entries = [.. Old(model.Root, Schema.Root.Metadata)];
        foreach ((string name, int buffer) in metadata)
        {
            int entry = Entry(name, buffer), before = model.Metadata.ToList().FindLastIndex(known => known.Name == name);
            if (before >= 0)
                entries[before] = entry;
            else
                entries.Add(entry);
        }
        return Offsets(entries);
    }

    private int Entry(string name, int buffer)
    {
        int text = builder.CreateString(name).Value;
        builder.StartTable(Schema.Metadata.KnownSlots);
        builder.AddOffset(Schema.Metadata.Name, text, 0);
        builder.AddUint(Schema.Metadata.Buffer, (uint)buffer, 0);
        return builder.EndTable();
    }

    private int Buffer(byte[] data, int alignment)
    {
        builder.StartVector(1, data.Length, alignment);
        if (data.Length > 0)
            builder.Put(data);
        int vector = builder.EndVector().Value;
        builder.StartTable(Schema.Buffer.KnownSlots);
        builder.AddOffset(Schema.Buffer.Data, vector, 0);
        return builder.EndTable();
    }

    private int Code(int code, int version)
    {
        builder.StartTable(Schema.OperatorCode.KnownSlots);
        builder.AddInt(Schema.OperatorCode.Version, version, 1);
        builder.AddInt(Schema.OperatorCode.Code, code, 0);
        builder.AddSbyte(Schema.OperatorCode.OldCode, (sbyte)Math.Min(code, Schema.OperatorCode.LargestOldCode), 0);
        return builder.EndTable();
    }

    private int Subgraphs()
    {
        int[] present = [.. Old(model.Root, Schema.Root.Subgraphs)];
        foreach (KeyValuePair<int, SubgraphEdit> edit in edits)
            present[edit.Key] = Subgraph(edit.Value);
        int[] built = [.. added.Select(Subgraph)];
        return Offsets([.. present, .. built]);
    }

    private int Subgraph(SubgraphEdit edit)
    {
        FlatTable? before = edit.Index is { } index ? old.Subgraph(index) : null;
        int[] newTensors = [.. edit.NewTensors.Select(tensor => tensor.Table is var (from, like) ? -old.Tensor(from, like).Position : Tensor(tensor))];
        int tensors = Offsets([.. before is { } table && edit.Indices is null ? Old(table, Schema.Subgraph.Tensors) : [], .. newTensors]);
        int[] newOperators = [.. edit.Operators.Select(op => op.Kept is { } kept ? -old.Operator(edit.Index!.Value, kept).Position : Operator(op.Added!))];
        int operators = Offsets(newOperators), inputs = Numbers(edit.Inputs), outputs = Numbers(edit.Outputs);
        int name = before is { } named ? -old.Target(named, Schema.Subgraph.Name) : edit.Name.Length == 0 ? 0 : builder.CreateString(edit.Name).Value;
        builder.StartTable(Schema.Subgraph.KnownSlots);
        builder.AddOffset(Schema.Subgraph.Tensors, tensors, 0);
        builder.AddOffset(Schema.Subgraph.Inputs, inputs, 0);
        builder.AddOffset(Schema.Subgraph.Outputs, outputs, 0);
        builder.AddOffset(Schema.Subgraph.Operators, operators, 0);
        builder.AddOffset(Schema.Subgraph.Name, name, 0);
        return builder.EndTable();
    }

    /// <summary>What a signature says, with the new indices of the tensors of a subgraph that is told anew.</summary>
    private int Signature(FlatTable signature)
    {
        int subgraph = (int)signature.UInt32(Schema.Signature.Subgraph);
        if (!edits.TryGetValue(subgraph, out SubgraphEdit? edit) || edit.Indices is not { } indices)
            return -signature.Position;
        int inputs = SignatureTensors(signature, Schema.Signature.Inputs, indices), outputs = SignatureTensors(signature, Schema.Signature.Outputs, indices);
        builder.StartTable(Schema.Signature.KnownSlots);
        builder.AddOffset(Schema.Signature.Inputs, inputs, 0);
        builder.AddOffset(Schema.Signature.Outputs, outputs, 0);
        builder.AddOffset(Schema.Signature.Key, -old.Target(signature, Schema.Signature.Key), 0);
        builder.AddUint(Schema.Signature.Subgraph, (uint)subgraph, 0);
        return builder.EndTable();
    }

    private int SignatureTensors(FlatTable signature, int slot, IReadOnlyDictionary<int, int> indices)
    {
        var entries = new List<int>();
        foreach (FlatTable tensor in OldTables.Tables(signature, slot))
        {
            // A tensor that is gone was no input and no output of the subgraph.
            if (!indices.TryGetValue((int)tensor.UInt32(Schema.SignatureTensor.Tensor), out int index))
                continue;
            builder.StartTable(Schema.SignatureTensor.KnownSlots);
            builder.AddOffset(Schema.SignatureTensor.Name, -old.Target(tensor, Schema.SignatureTensor.Name), 0);
            builder.AddUint(Schema.SignatureTensor.Tensor, (uint)index, 0);
            entries.Add(builder.EndTable());
        }
        return Offsets(entries);
    }

    /// <summary>Only its place in a subgraph tells a tensor without a name from another one with the same table.</summary>
    private int Tensor(NewTensor tensor) => tensor.Name.Length > 0 ? Built(tensor)
        : Once($"tensor {(int)tensor.Type} {tensor.Buffer} {tensor.QuantizationOf} {string.Join(" ", tensor.Shape)}", () => Built(tensor));

    private int Built(NewTensor tensor)
    {
        int shape = Numbers(tensor.Shape), name = tensor.Name.Length == 0 ? 0 : builder.CreateString(tensor.Name).Value;
        int quantization = tensor.QuantizationOf is var (subgraph, like) ? -old.Target(old.Tensor(subgraph, like), Schema.Tensor.Quantization) : 0;
        builder.StartTable(Schema.Tensor.KnownSlots);
        builder.AddOffset(Schema.Tensor.Shape, shape, 0);
        builder.AddUint(Schema.Tensor.Buffer, (uint)tensor.Buffer, 0);
        builder.AddOffset(Schema.Tensor.Name, name, 0);
        builder.AddOffset(Schema.Tensor.Quantization, quantization, 0);
        builder.AddSbyte(Schema.Tensor.Type, (sbyte)tensor.Type, 0);
        return builder.EndTable();
    }

    /// <summary>Only its place in a subgraph tells an operator from an equal one of another loop.</summary>
    private int Operator(NewOperator op) => Once($"operator {op.Code} {op.OptionsOf} {op.Options?.UnionType} {string.Join(" ", op.Options?.Fields ?? [])} "
        + $"{string.Join(" ", op.Inputs)} to {string.Join(" ", op.Outputs)}", () => Built(op));

    private int Built(NewOperator op)
    {
        int inputs = Numbers(op.Inputs), outputs = Numbers(op.Outputs), options = op.Options is { } own ? Options(own) : 0;
        FlatTable? like = op.Options is null && op.OptionsOf is var (subgraph, index) ? old.Operator(subgraph, index) : null;
        builder.StartTable(Schema.Operator.KnownSlots);
        builder.AddUint(Schema.Operator.Code, (uint)op.Code, 0);
        builder.AddOffset(Schema.Operator.Inputs, inputs, 0);
        builder.AddOffset(Schema.Operator.Outputs, outputs, 0);
        builder.AddOffset(Schema.Operator.Options, like is { } first ? -old.Target(first, Schema.Operator.Options) : options, 0);
        if (like is { } known)
        {
            foreach (int slot in Schema.Operator.Copied)
                builder.AddOffset(slot, -old.Target(known, slot), 0);
            builder.AddByte(Schema.Operator.OptionsType2, known.Byte(Schema.Operator.OptionsType2), 0);
        }
        builder.AddByte(Schema.Operator.OptionsType, like?.Byte(Schema.Operator.OptionsType) ?? op.Options?.UnionType ?? 0, 0);
        return builder.EndTable();
    }

    private int Options(NewOptions options) => Once("options " + string.Join(" ", options.Fields), () => Built(options));

    private int Built(NewOptions options)
    {
        builder.StartTable(options.Fields.Select(field => field.Slot + 1).Append(0).Max());
        foreach ((int slot, bool isByte, int value) in options.Fields.OrderBy(field => field.IsByte))
        {
            if (isByte)
                builder.AddByte(slot, (byte)value, 0);
            else
                builder.AddInt(slot, value, 0);
        }
        return builder.EndTable();
    }

    private int Offsets(IReadOnlyList<int> offsets)
    {
        builder.StartVector(4, offsets.Count, 4);
        for (int i = offsets.Count - 1; i >= 0; i--)
            builder.AddOffset(offsets[i]);
        return builder.EndVector().Value;
    }

    private int Numbers(IReadOnlyList<int> numbers) => Once("numbers " + string.Join(" ", numbers), () =>
    {
        builder.StartVector(4, numbers.Count, 4);
        for (int i = numbers.Count - 1; i >= 0; i--)
            builder.AddInt(numbers[i]);
        return builder.EndVector().Value;
    });

    /// <summary>Equal new lists of numbers, options, tensors and operators stand in the file once: a loop has many of each.</summary>
    private int Once(string key, Func<int> write)
    {
        if (!written.TryGetValue(key, out int position))
            written[key] = position = write();
        return position;
    }
}
