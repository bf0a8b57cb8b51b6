using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Regions;

/// <summary>Consecutive operators of the first subgraph that all work row by row: what enters and what leaves.</summary>
internal sealed class Region
{
    private readonly RowOperator[] rowOperators;

    private Region(TfliteSubgraph subgraph, int first, int last, int axis, RowOperator[] rowOperators)
    {
        Subgraph = subgraph;
        First = first;
        Last = last;
        Axis = axis;
        this.rowOperators = rowOperators;
    }

    /// <summary>The model's first subgraph.</summary>
    public TfliteSubgraph Subgraph { get; }

    /// <summary>Its first operator, in the file's order.</summary>
    public int First { get; }

    /// <summary>Its last operator.</summary>
    public int Last { get; }

    /// <summary>The axis of the rows.</summary>
    public int Axis { get; }

    /// <summary>Tensors from outside that are read row by row.</summary>
    public IReadOnlyList<int> Inputs { get; private set; } = [];

    /// <summary>Tensors from outside that are read whole, such as a scale for each channel.</summary>
    public IReadOnlyList<int> WholeInputs { get; private set; } = [];

    /// <summary>Tensors that are read outside.</summary>
    public IReadOnlyList<int> Outputs { get; private set; } = [];

    /// <summary>Those of <see cref="Inputs"/> that nothing reads behind the region, so that an output may be written over them.</summary>
    public IReadOnlyList<int> DyingInputs { get; private set; } = [];

    /// <summary>How operator <paramref name="op"/> works row by row.</summary>
    public RowOperator RowsOf(int op) => rowOperators[op - First];

    /// <summary>Rows of a tensor of the region.</summary>
    public int RowsOfTensor(int tensor) => Subgraph.Tensors[tensor].Shape[Axis];

    /// <summary>Bytes of a row of a tensor.</summary>
    public long RowBytes(int tensor) => Subgraph.Tensors[tensor].Bytes / RowsOfTensor(tensor);

    /// <summary>Operators <paramref name="first"/> to <paramref name="last"/> as a region, or null where they are none.</summary>
    public static Region? Of(TfliteModel model, int first, int last, int axis)
    {
        TfliteSubgraph subgraph = model.Subgraphs[0];
        var rowOperators = new RowOperator[last - first + 1];
        for (int k = first; k <= last; k++)
        {
            if (RowOperators.Of(subgraph, subgraph.Operators[k], axis) is not { } rows)
                return null;
            rowOperators[k - first] = rows;
        }
        var region = new Region(subgraph, first, last, axis, rowOperators);
        return region.Close() ? region : null;
    }

    /// <summary>
    /// Whether rows of it are of 16 bits, which GATHER does not take (micro/kernels/gather.cc): then it can be made in bands, but be no loop.
    /// </summary>
    public bool HasShorts => RowTensors.Any(t => Subgraph.Tensors[t].Type == TensorType.Int16);

    /// <summary>The images that it reads row by row and makes.</summary>
    public IEnumerable<int> RowTensors => Inputs.Concat(Enumerable.Range(First, Last - First + 1).SelectMany(k => Subgraph.Operators[k].Outputs));

    /// <summary>Where a STRIDED_SLICE begins along each dimension when it gets the rows from the first that it takes on.</summary>
    public int[] TakenFrom(TfliteOperator op) => Places(op, 1, 0);

    /// <summary>Where it ends, when it gets so many rows.</summary>
    public int[] TakenTo(TfliteOperator op, int rows) => Places(op, 2, rows);

    private int[] Places(TfliteOperator op, int position, int ofRows)
    {
        const int Rank = 4;
        int[] places = [.. OperatorTensors.FindConstants(Subgraph.Tensors[op.Inputs[position]], Rank)!.Select(place => (int)place)];
        places[Axis] = ofRows;
        return places;
    }

    private bool Close()
    {
        var made = new HashSet<int>();
        List<int> inputs = [], whole = [];
        for (int k = First; k <= Last; k++)
        {
            TfliteOperator op = Subgraph.Operators[k];
            for (int position = 0; position < op.Inputs.Count; position++)
            {
                int t = op.Inputs[position];
                if (t < 0 || Subgraph.Tensors[t].IsConstant)
                    continue;
                bool hasRows = RowsOf(k).RowInputs.Contains(position);
                // What is read whole is there only when all its rows are made, which is after the loop.
                if (Subgraph.Tensors[t].IsVariable || (made.Contains(t) && !hasRows))
                    return false;
                if (made.Contains(t))
                    continue;
                List<int> list = hasRows ? inputs : whole;
                if (!list.Contains(t))
                    list.Add(t);
            }
            made.UnionWith(op.Outputs);
        }
        var readOutside = new HashSet<int>(Subgraph.Outputs);
        foreach (TfliteOperator op in Subgraph.Operators.Where(op => op.Index < First || op.Index > Last))
            readOutside.UnionWith(op.Inputs);
        Inputs = inputs;
        WholeInputs = whole;
        Outputs = [.. made.Where(readOutside.Contains).OrderBy(t => t)];
        DyingInputs = [.. inputs.Where(t => !readOutside.Contains(t))];
        bool isUnwritten = inputs.Concat(whole).Any(t => !Subgraph.Inputs.Contains(t) && !Subgraph.Operators.Any(op => op.Outputs.Contains(t)));
        return inputs.Count > 0 && Outputs.Count > 0 && !inputs.Intersect(whole).Any() && !isUnwritten && made.All(t => !Subgraph.Inputs.Contains(t));
    }
}
