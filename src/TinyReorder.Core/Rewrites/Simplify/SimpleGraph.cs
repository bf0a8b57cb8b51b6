using TinyReorder.Operators;
using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>A subgraph that is being simplified: who makes and who reads each tensor, and the few ways in which that may change.</summary>
internal sealed class SimpleGraph
{
    private readonly TfliteModel model;
    private readonly TfliteSubgraph subgraph;
    private readonly DraftTensor[] tensors;
    private readonly SimpleOperator[] operators;
    private readonly Dictionary<DraftTensor, SimpleOperator> makers = [];
    private readonly Dictionary<DraftTensor, List<SimpleOperator>> readers = [];
    private readonly HashSet<DraftTensor> outputs;
    private readonly List<SimplifiedStep> steps = [];

    /// <summary>The graph as the file has it.</summary>
    public SimpleGraph(TfliteModel model, TfliteSubgraph subgraph)
    {
        this.model = model;
        this.subgraph = subgraph;
        tensors = [.. subgraph.Tensors.Select(DraftTensor.Of)];
        operators = [.. subgraph.Operators.Select(op => new SimpleOperator(op, tensors))];
        outputs = [.. subgraph.Outputs.Select(t => tensors[t])];
        foreach (SimpleOperator op in operators)
        {
            foreach (DraftTensor output in op.Outputs)
                makers[output] = op;
            foreach (DraftTensor? input in op.Inputs)
                AddReader(input, op);
        }
    }

    /// <summary>The model as the file has it.</summary>
    public TfliteModel Model => model;

    /// <summary>The subgraph as the file has it.</summary>
    public TfliteSubgraph Original => subgraph;

    /// <summary>What was done, in the order in which it was done.</summary>
    public IReadOnlyList<SimplifiedStep> Steps => steps;

    /// <summary>The operators that are left, in the order in which they run.</summary>
    public IReadOnlyList<SimpleOperator> Operators => [.. operators.Where(op => !op.IsGone)];

    /// <summary>
    /// Whether a subgraph can be simplified: each tensor is written at most once, and no operator has tensors of its own that are known by their index alone.
    /// </summary>
    public static bool CanSimplify(TfliteSubgraph subgraph)
    {
        var written = new HashSet<int>(subgraph.Inputs.Where(t => t >= 0));
        return subgraph.Inputs.Concat(subgraph.Outputs).All(t => t >= 0)
            && subgraph.Operators.All(op => op.Intermediates.Count == 0 && !op.MutatesInputs && op.Outputs.All(t => t >= 0 && written.Add(t)));
    }

    /// <summary>Whether an operator does more than its outputs show.</summary>
    public bool HasEffects(SimpleOperator op) => OperatorEffects.Has(model, subgraph, op.Like);

    /// <summary>The operator that makes a tensor; null for inputs and constants.</summary>
    public SimpleOperator? FindMaker(DraftTensor? tensor) => tensor is not null && makers.TryGetValue(tensor, out SimpleOperator? maker) ? maker : null;

    /// <summary>The operators that read a tensor; one that reads it twice is there twice.</summary>
    public IReadOnlyList<SimpleOperator> ReadersOf(DraftTensor tensor) => readers.TryGetValue(tensor, out List<SimpleOperator>? found) ? found : [];

    /// <summary>Whether the caller reads a tensor.</summary>
    public bool IsOutput(DraftTensor tensor) => outputs.Contains(tensor);

    /// <summary>Whether a tensor is one that an operator or the caller makes, and that keeps nothing from one run to the next.</summary>
    public static bool IsActivation(DraftTensor tensor) => tensor.Kept is { } kept && OperatorTensors.IsPlanned(kept) && !kept.IsSparse;

    /// <summary>The data of a constant in whole bytes that nobody writes over; null for any other tensor.</summary>
    public ArraySegment<byte>? FindData(DraftTensor? tensor)
    {
        if (tensor?.Data is { } own)
            return new ArraySegment<byte>(own);
        TfliteTensor? source = tensor?.Kept ?? tensor?.DataOf;
        bool isData = source is { IsConstant: true, IsVariable: false, IsSparse: false }
            && source.Type is TensorType.Float32 or TensorType.Int8 or TensorType.UInt8 or TensorType.Int16 or TensorType.Int32 or TensorType.Int64
                or TensorType.Bool
            && source.ConstantBytes.Count > 0 && source.ConstantBytes.Count == source.Bytes && !model.WrittenBuffers.Contains(source.Buffer);
        return isData ? source!.ConstantBytes : (ArraySegment<byte>?)null;
    }

    /// <summary>The whole numbers of a constant of type INT32; null for any other tensor.</summary>
    public int[]? FindNumbers(DraftTensor? tensor) => tensor?.Type == TensorType.Int32 && FindData(tensor) is { } data
        ? [.. Enumerable.Range(0, data.Count / 4).Select(i => unchecked((int)LittleEndian.ReadUInt32(data.Array!, data.Offset + (4 * i))))] : null;

    /// <summary>Whether two tensors have one type and one quantization.</summary>
    public static bool AreAlike(DraftTensor a, DraftTensor b) => a.Type == b.Type && IsSame(a.Like, b.Like);

    /// <summary>Whether one tensor may stand where the other does: they differ in nothing but their names.</summary>
    public static bool AreEqual(DraftTensor a, DraftTensor b) => AreAlike(a, b) && a.Shape.SequenceEqual(b.Shape);

    /// <summary>
    /// Lets the only output of an operator be <paramref name="same"/>, which holds the same bytes, and removes the operator. Where the caller reads the
    /// output, the operator that makes <paramref name="same"/> writes that in its place: outputs of the model stay the tensors that they are.
    /// </summary>
    /// <returns>Whether that could be done.</returns>
    public bool Bypass(SimpleOperator op, DraftTensor same, string rule)
    {
        DraftTensor output = op.Outputs[0];
        SimpleOperator? maker = FindMaker(same);
        if (op.Outputs.Length != 1 || output == same)
            return false;
        if (IsOutput(output))
        {
            if (maker is null || IsOutput(same) || HasEffects(maker))
                return false;
            Remove(op, rule, maker.Index);
            maker.Outputs[Array.IndexOf(maker.Outputs, same)] = output;
            makers.Remove(same);
            makers[output] = maker;
            Redirect(same, output);
        }
        else
        {
            Remove(op, rule, maker?.Index);
            Redirect(output, same);
        }
        return true;
    }

    /// <summary>Lets all who read <paramref name="from"/> read <paramref name="to"/>.</summary>
    public void Redirect(DraftTensor from, DraftTensor to)
    {
        foreach (SimpleOperator reader in ReadersOf(from).Distinct().ToArray())
        {
            for (int i = 0; i < reader.Inputs.Length; i++)
            {
                if (reader.Inputs[i] == from)
                    SetInput(reader, i, to);
            }
        }
    }

    /// <summary>Lets an operator read another tensor.</summary>
    public void SetInput(SimpleOperator op, int position, DraftTensor tensor)
    {
        if (op.Inputs[position] is { } before)
            readers[before].Remove(op);
        op.Inputs[position] = tensor;
        AddReader(tensor, op);
    }

    /// <summary>Removes an operator whose outputs nobody needs any more.</summary>
    public void Remove(SimpleOperator op, string rule, int? into = null)
    {
        op.IsGone = true;
        foreach (DraftTensor? input in op.Inputs)
        {
            if (input is not null)
                readers[input].Remove(op);
        }
        foreach (DraftTensor output in op.Outputs)
            makers.Remove(output);
        steps.Add(new SimplifiedStep(rule, subgraph.Index, op.Index, into));
    }

    /// <summary>The graph as a draft; tensors that nothing names are not in it.</summary>
    public DraftSubgraph ToDraft()
    {
        var whole = new DraftSubgraph(subgraph.Name) { IsAsItWas = true };
        var draft = new DraftSubgraph(subgraph.Name);
        draft.Inputs.AddRange(subgraph.Inputs.Select(t => tensors[t]));
        draft.Outputs.AddRange(subgraph.Outputs.Select(t => tensors[t]));
        draft.Operators.AddRange(Operators.Select(op => op.ToDraft()));
        int unnamed = subgraph.Tensors.Count - NamedBefore();
        if (unnamed > 0)
            steps.Add(new SimplifiedStep(Simplifier.UnnamedTensors, subgraph.Index, -1, Tensors: unnamed));
        return steps.Count > 0 ? draft : whole;
    }

    private int NamedBefore() => subgraph.Operators.SelectMany(op => op.Inputs.Concat(op.Outputs)).Concat(subgraph.Inputs).Concat(subgraph.Outputs)
        .Where(t => t >= 0).Distinct().Count();

    private static bool IsSame(TfliteTensor? a, TfliteTensor? b) => a == b || (a is not null && b is not null && a.Scales.SequenceEqual(b.Scales)
        && a.ZeroPointCount == b.ZeroPointCount && a.ZeroPointCount <= 1 && a.ZeroPoint == b.ZeroPoint && a.QuantizedDimension == b.QuantizedDimension);

    private void AddReader(DraftTensor? tensor, SimpleOperator op)
    {
        if (tensor is null)
            return;
        if (!readers.TryGetValue(tensor, out List<SimpleOperator>? known))
            readers[tensor] = known = [];
        known.Add(op);
    }
}
