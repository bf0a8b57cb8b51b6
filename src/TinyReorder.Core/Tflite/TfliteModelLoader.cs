using TinyReorder.Diagnostics;

namespace TinyReorder.Tflite;

/// <summary>Reads the schema's tables (schema.fbs of tflite-micro) into the model's objects; knows at any moment where it is, for the diagnostic.</summary>
internal sealed class TfliteModelLoader(byte[] bytes, string name, IReadOnlyList<(long Start, long End)>? operatorLists = null)
{
    private const int MinimalBytes = 8;
    private const int KnownRootSlots = 10;

    private readonly FlatBufferReader reader = new(bytes) { OperatorLists = operatorLists };
    private readonly Dictionary<int, string> textByPosition = [];
    private readonly List<int> absoluteOffsetFields = [];
    private readonly List<(int Code, int LongCode, string CustomCode, int Version)> operatorCodes = [];
    private readonly Dictionary<(int Subgraph, int Tensor), int[]> openShapes = [];
    private List<TfliteBuffer> buffers = [];
    private string place = "the header";

    public TfliteModel Load()
    {
        if (bytes.Length < MinimalBytes || bytes[4] != 'T' || bytes[5] != 'F' || bytes[6] != 'L' || bytes[7] != '3')
            throw Bad(DiagnosticCodes.NotAModel, $"this is not a TensorFlow Lite model: {Describe()}; convert the model to a .tflite file first");
        try
        {
            return ReadModel();
        }
        catch (FlatBufferException e)
        {
            throw Bad(DiagnosticCodes.CorruptFile, $"the file is damaged or cut short: in {place}, {e.Message}; {DamageCure.Of(bytes)}");
        }
    }

    /// <summary>
    /// Whether anything else that the model says stands in the bytes of <paramref name="lists"/> (ascending, disjoint), which list operators.
    /// </summary>
    public static bool ReadsElsewhere(TfliteModel model, IReadOnlyList<(long Start, long End)> lists)
    {
        var loader = new TfliteModelLoader(model.Bytes, model.Name, lists);
        loader.Load();
        return loader.reader.OperatorListsAreShared;
    }

    private string Describe() => bytes.Length < MinimalBytes
        ? $"it has {bytes.Length} bytes"
        : "the identifier TFL3 is missing at byte 4";

    private TfliteModel ReadModel()
    {
        FlatTable root = reader.Table(reader.Follow(0));
        CheckRoot(root);
        place = "the operator codes";
        ForEachTable(root.Vector(1, 4), ReadOperatorCode);
        place = "the buffers";
        var all = new List<TfliteBuffer>();
        ForEachTable(root.Vector(4, 4), (table, _) => all.Add(ReadBuffer(table)));
        buffers = all;
        place = "the metadata";
        var metadata = new List<TfliteMetadata>();
        ForEachTable(root.Vector(6, 4), (table, index) => metadata.Add(ReadMetadata(table, index)));
        place = "the list of subgraphs";
        var subgraphs = new List<TfliteSubgraph>();
        FlatVector? tables = root.Vector(2, 4);
        if (tables is null || tables.Value.Length == 0)
            throw Bad(DiagnosticCodes.NoSubgraphs, "the model has no subgraph, so there is nothing to run; export it again");
        ForEachTable(tables, (table, index) => subgraphs.Add(ReadSubgraph(table, index)));
        var model = new TfliteModel(bytes, name)
        {
            Subgraphs = subgraphs,
            Buffers = buffers,
            Metadata = metadata,
            AbsoluteOffsetFields = absoluteOffsetFields,
            Root = root,
        };
        model.ControlDependencies = ControlDependencyMetadata.Read(model);
        return model;
    }

    /// <summary>The root's own fields are copied when metadata is added, also those that nothing here reads.</summary>
    private void CheckRoot(FlatTable root)
    {
        place = "the root table";
        root.UInt32(0);
        for (int slot = 1; slot < root.SlotCount; slot++)
        {
            int field = root.Field(slot);
            if (field != 0 && slot < KnownRootSlots)
                reader.Vector(reader.Follow(field), 1);
        }
    }

    private void ForEachTable(FlatVector? vector, Action<FlatTable, int> read)
    {
        if (vector is not { } tables)
            return;
        reader.Charge(tables.Length);
        for (int i = 0; i < tables.Length; i++)
            read(tables.TableAt(i), i);
    }

    private void ReadOperatorCode(FlatTable table, int index)
    {
        place = $"operator code {index}";
        int longCode = table.Int32(3), code = Math.Max((sbyte)table.Byte(0), longCode);
        operatorCodes.Add((code, longCode, Text(table, 1), table.Int32(2, 1)));
    }

    private TfliteBuffer ReadBuffer(FlatTable table)
    {
        ulong offset = table.UInt64(1), size = table.UInt64(2);
        // Offsets 0 and 1 mean that there is no data behind the flatbuffer (schema.fbs, Buffer).
        if (offset > 1)
        {
            if (offset > (ulong)bytes.Length || size > (ulong)bytes.Length - offset)
                throw new FlatBufferException($"a buffer of {size} bytes at byte {offset} reaches behind the end of the file");
            reader.Touch((long)offset, (long)size);
            return new TfliteBuffer((int)offset, (int)size, table.Field(1));
        }
        return table.Vector(0, 1) is { Length: > 0 } data ? new TfliteBuffer(data.Start, data.Length, 0) : default;
    }

    private TfliteMetadata ReadMetadata(FlatTable table, int index)
    {
        place = $"metadata entry {index}";
        var entry = new TfliteMetadata(Text(table, 0), BufferIndex(table.UInt32(1)));
        return entry;
    }

    private TfliteSubgraph ReadSubgraph(FlatTable table, int index)
    {
        place = $"subgraph {index}";
        string subgraphName = Text(table, 4);
        var tensors = new List<TfliteTensor>();
        ForEachTable(table.Vector(0, 4), (tensor, i) => tensors.Add(ReadTensor(tensor, index, i)));
        place = $"the inputs and outputs of subgraph {index}";
        int[] inputs = TensorIndices(table, 1, tensors.Count, allowOmitted: false);
        int[] outputs = TensorIndices(table, 2, tensors.Count, allowOmitted: false);
        var operators = new List<TfliteOperator>();
        FlatVector? slots = OperatorSlots(table);
        ForEachOperator(slots, (entry, i) => operators.Add(ReadOperator(entry, index, i, tensors.Count)));
        CheckShapes(index, tensors, inputs.Concat(outputs).Concat(operators.SelectMany(op => op.Inputs.Concat(op.Outputs).Concat(op.Intermediates))));
        return new TfliteSubgraph
        {
            Index = index,
            Name = subgraphName,
            Tensors = tensors,
            Inputs = inputs,
            Outputs = outputs,
            Operators = operators,
            OperatorSlots = slots?.Start ?? 0,
        };
    }

    /// <summary>A tensor that nothing refers to may have any shape: it is never planned by us.</summary>
    private void CheckShapes(int subgraph, List<TfliteTensor> tensors, IEnumerable<int> used)
    {
        if (openShapes.Count > 0 && used.Where(index => index >= 0 && tensors[index].HasOpenShape).Cast<int?>().FirstOrDefault() is { } open)
        {
            throw Bad(
                DiagnosticCodes.DynamicShape,
                $"tensor {open} of subgraph {subgraph} ('{Quote.Text(tensors[open].Name)}') has the dynamic shape "
                    + $"{Quote.List(openShapes[(subgraph, open)])}, but an arena is planned for fixed sizes; export the model with a fixed input shape",
                subgraph);
        }
    }

    /// <summary>The list of operators; its own reads are told from those that only happen to lead there.</summary>
    private FlatVector? OperatorSlots(FlatTable subgraph)
    {
        int field = subgraph.Field(3);
        if (field == 0)
            return null;
        reader.IsReadingOperatorLists = true;
        FlatVector slots = reader.Vector(reader.Follow(field), 4);
        reader.IsReadingOperatorLists = false;
        return slots;
    }

    private void ForEachOperator(FlatVector? vector, Action<FlatTable, int> read)
    {
        if (vector is not { } slots)
            return;
        reader.Charge(slots.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            reader.IsReadingOperatorLists = true;
            uint offset = reader.ReadUInt32(slots.Slot(i));
            reader.IsReadingOperatorLists = false;
            read(reader.Table(reader.Behind(slots.Slot(i), offset)), i);
        }
    }

    private TfliteTensor ReadTensor(FlatTable table, int subgraph, int index)
    {
        place = $"tensor {index} of subgraph {subgraph}";
        int[] shape = table.Int32Array(0);
        bool isOpen = shape.Any(dimension => dimension < 0);
        if (isOpen)
            openShapes.Add((subgraph, index), shape);
        int buffer = BufferIndex(table.UInt32(2));
        FlatTable? quantization = table.Table(4);
        FlatVector? zeroPoints = quantization?.Vector(3, 8);
        return new TfliteTensor
        {
            Index = index,
            Name = Text(table, 3),
            Shape = isOpen ? shape.Select(dimension => Math.Max(dimension, 0)).ToArray() : shape,
            ShapeSignature = table.Int32Array(7),
            HasOpenShape = isOpen,
            Type = (TensorType)(sbyte)table.Byte(1),
            Buffer = buffer,
            IsConstant = (buffer < buffers.Count && (buffers[buffer].Length > 0 || buffers[buffer].IsOutside)) || table.UInt32(10) != 0,
            IsVariable = table.Byte(5) != 0,
            Scales = quantization?.Vector(2, 4)?.ToSingleArray() ?? [],
            ZeroPointCount = zeroPoints?.Length ?? 0,
            ZeroPoint = zeroPoints is { Length: > 0 } points ? unchecked((long)reader.ReadUInt64(points.Start)) : 0,
            QuantizedDimension = quantization?.Int32(6) ?? 0,
            IsSparse = table.Field(6) != 0,
            ConstantBytes = buffer < buffers.Count ? new ArraySegment<byte>(bytes, buffers[buffer].Start, buffers[buffer].Length) : new([]),
        };
    }

    private TfliteOperator ReadOperator(FlatTable table, int subgraph, int index, int tensorCount)
    {
        place = $"operator {index} of subgraph {subgraph}";
        uint codeIndex = table.UInt32(0);
        if (codeIndex >= operatorCodes.Count)
            throw Bad(DiagnosticCodes.IndexOutOfRange, $"{place} names operator code {codeIndex}, but the model has {operatorCodes.Count}", subgraph, index);
        (int code, int longCode, string customCode, int version) = operatorCodes[(int)codeIndex];
        FlatVector? customOptions = table.Vector(5, 1);
        byte[] custom = [];
        if (customOptions is { } raw)
        {
            reader.Charge(raw.Length);
            custom = new byte[raw.Length];
            Array.Copy(bytes, raw.Start, custom, 0, raw.Length);
        }
        if (table.UInt64(9) > 1)
            absoluteOffsetFields.Add(table.Field(9));
        bool second = table.Byte(11) != 0;
        return new TfliteOperator
        {
            Index = index,
            Code = code,
            LongCode = longCode,
            CustomCode = code == BuiltinOperators.Custom ? customCode : "",
            Version = version,
            Inputs = TensorIndices(table, 1, tensorCount, allowOmitted: true),
            Outputs = TensorIndices(table, 2, tensorCount, allowOmitted: true),
            Intermediates = TensorIndices(table, 8, tensorCount, allowOmitted: true),
            MutatesInputs = MutatesInputs(table),
            Options = new OperatorOptions(table.Byte(3), table.Table(second ? 12 : 4), custom, place),
        };
    }

    private bool MutatesInputs(FlatTable table)
    {
        if (table.Vector(7, 1) is not { } flags)
            return false;
        reader.Charge(flags.Length);
        return Enumerable.Range(0, flags.Length).Any(i => reader.ReadByte(flags.Slot(i)) != 0);
    }

    private int[] TensorIndices(FlatTable table, int slot, int tensorCount, bool allowOmitted)
    {
        int[] indices = table.Int32Array(slot);
        foreach (int index in indices)
        {
            if (index >= tensorCount || index < (allowOmitted ? -1 : 0))
                throw Bad(DiagnosticCodes.IndexOutOfRange, $"in {place}, tensor {index} is named, but the subgraph has {tensorCount} tensors; the file is "
                    + "damaged, export the model again");
        }
        return indices;
    }

    private int BufferIndex(uint buffer)
    {
        // A model without any buffer leaves every tensor at the default, 0.
        if (buffer != 0 && buffer >= buffers.Count)
            throw Bad(DiagnosticCodes.IndexOutOfRange, $"{place} names buffer {buffer}, but the model has {buffers.Count}; the file is damaged, export the "
                + "model again");
        return (int)buffer;
    }

    private string Text(FlatTable table, int slot)
    {
        int field = table.Field(slot);
        if (field == 0)
            return "";
        int position = reader.Follow(field);
        if (!textByPosition.TryGetValue(position, out string? text))
        {
            text = reader.Text(position);
            textByPosition.Add(position, text);
        }
        return text;
    }

    private TinyReorderException Bad(string code, string message, int? subgraph = null, int? operatorIndex = null) =>
        new(Diagnostic.Error(code, message) with { File = name, Subgraph = subgraph, Operator = operatorIndex });
}
