using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>The quantities of one operator that its work is proportional to, from shapes, options and places.</summary>
internal sealed class OperatorQuantities
{
    private static readonly int Count = Enum.GetValues(typeof(WorkQuantity)).Length;

    private static readonly HashSet<string> WindowKinds =
        new(StringComparer.Ordinal) { "CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D" };

    private static readonly HashSet<string> ViewKinds = new(StringComparer.Ordinal) { "RESHAPE", "EXPAND_DIMS", "SQUEEZE", "DYNAMIC_UPDATE_SLICE" };

    private readonly double[] values = new double[Count];

    private OperatorQuantities(TensorType type) => Type = type;

    /// <summary>The type of the first input that is no constant, else of the first output.</summary>
    public TensorType Type { get; }

    /// <summary>What rules may ask for.</summary>
    public WorkTrait Traits { get; private set; }

    /// <summary>Whether shapes and options are such that the rates of its kind apply.</summary>
    public bool AreKnown { get; private set; } = true;

    /// <summary>How much there is of a quantity; 0 where the operator has no such thing.</summary>
    public double this[WorkQuantity quantity]
    {
        get => values[(int)quantity];
        private set => values[(int)quantity] = value;
    }

    /// <summary>The quantities of an operator; <paramref name="placement"/> and <paramref name="turns"/> as <see cref="WorkModel.Estimate"/> has them.</summary>
    public static OperatorQuantities Of(
        TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        TfliteTensor[] read = [.. op.Inputs.Where(t => t >= 0).Select(t => subgraph.Tensors[t])];
        TfliteTensor[] fed = [.. read.Where(tensor => !tensor.IsConstant)];
        TfliteTensor[] written = [.. op.Outputs.Where(t => t >= 0).Select(t => subgraph.Tensors[t])];
        TfliteTensor? first = fed.FirstOrDefault() ?? read.FirstOrDefault() ?? written.FirstOrDefault();
        var result = new OperatorQuantities((fed.FirstOrDefault() ?? written.FirstOrDefault() ?? first)?.Type ?? TensorType.Float32)
        {
            [WorkQuantity.Call] = 1,
            [WorkQuantity.Outputs] = written.Sum(Elements),
            [WorkQuantity.OutputBytes] = written.Sum(Bytes),
            [WorkQuantity.Inputs] = first is null ? 0 : Elements(first),
            [WorkQuantity.InputBytes] = fed.Sum(Bytes),
            [WorkQuantity.Pixels] = written.Length > 0 ? Runs(written[0]) : 0,
            [WorkQuantity.Macs] = OperatorCost.Macs(subgraph, op) ?? 0,
        };
        if (written.Length > 0 && read.Any(tensor => Elements(tensor) != Elements(written[0])))
            result.Traits |= WorkTrait.Broadcast;
        if (written.Length > 0 && written[0].Shape.Count > 0 && written[0].Shape[written[0].Shape.Count - 1] == 1)
            result.Traits |= WorkTrait.OneChannel;
        result.Add(model, subgraph, op, placement, turns);
        return result;
    }

    private void Add(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        if (WindowKinds.Contains(op.Kind))
            AddWindow(WindowShape.Of(subgraph, op), op.Kind == "CONV_2D");
        if (ViewKinds.Contains(op.Kind))
            AddView(subgraph, op, placement);
        if (OperatorTensors.Find(subgraph, op.Inputs, 1) is { IsConstant: true } weights)
            this[WorkQuantity.Weights] = Elements(weights);
        switch (op.Kind)
        {
            case "GATHER" when OperatorTensors.Find(subgraph, op.Inputs, 1) is { } list:
                this[WorkQuantity.Indices] = Elements(list);
                break;
            case "SELECT_V2" when OperatorTensors.Find(subgraph, op.Inputs, 0) is { } mask:
                this[WorkQuantity.Indices] = Elements(mask);
                break;
            case "CONCATENATION" when SlicedTensor.OfOutput(subgraph, op) is { } whole:
                this[WorkQuantity.Pieces] = whole.Rounds * whole.Starts.Count;
                break;
            case "DYNAMIC_UPDATE_SLICE" when OperatorTensors.Find(subgraph, op.Inputs, 1) is { } update:
                this[WorkQuantity.UpdateBytes] = Bytes(update);
                this[WorkQuantity.Pieces] = Runs(update);
                break;
            case "WHILE":
            case "IF":
                (double copies, double bytes, bool isKnown) = SubgraphCopies.Of(model, subgraph, op, placement, turns);
                (this[WorkQuantity.Copies], this[WorkQuantity.MovedBytes], AreKnown) = (copies, bytes, isKnown);
                break;
        }
    }

    private void AddWindow(WindowShape? window, bool mixesChannels)
    {
        if (window is null)
        {
            AreKnown = false;
            return;
        }
        double places = (double)window.Batches * window.OutputHeight * window.OutputWidth;
        double inside = (double)window.Batches * window.RowTaps() * window.ColumnTaps() * window.OutputChannels;
        double all = places * window.FilterHeight * window.FilterWidth * window.OutputChannels;
        double depth = mixesChannels ? window.FilterChannels : 1;
        double odd = places % 2;
        this[WorkQuantity.Pixels] = places;
        this[WorkQuantity.Taps] = inside;
        this[WorkQuantity.OutsideTaps] = all - inside;
        this[WorkQuantity.Macs] = inside * depth;
        this[WorkQuantity.PaddedMacs] = all * depth;
        this[WorkQuantity.Columns] = places * window.FilterHeight * window.FilterWidth * depth;
        this[WorkQuantity.OddOutputs] = odd * window.OutputChannels;
        this[WorkQuantity.OddMacs] = odd * window.OutputChannels * window.FilterHeight * window.FilterWidth * depth;
        Traits |= TraitsOf(window, inside < all);
    }

    private static WorkTrait TraitsOf(WindowShape window, bool isPadded) =>
        (window.IsPointwise ? WorkTrait.Pointwise : 0)
        | (window is { StrideHeight: 1, StrideWidth: 1 } ? WorkTrait.UnitStride : 0)
        | (window.IsDilated ? WorkTrait.Dilated : 0)
        | (isPadded ? WorkTrait.Padded : 0)
        | (window is { FilterHeight: 3, FilterWidth: 3 } ? WorkTrait.ThreeByThree : 0)
        | (window is { InputHeight: 1, FilterHeight: 1 } ? WorkTrait.OneRow : 0)
        | (window.InputChannels == window.OutputChannels ? WorkTrait.OneToOne : 0)
        | (window.Batches == 1 ? WorkTrait.OneBatch : 0)
        | (window.StrideWidth * window.InputChannels % 4 == 0 ? WorkTrait.StepsByFour : 0)
        | (window.FilterChannels == window.InputChannels ? WorkTrait.OneGroup : 0);

    /// <summary>What is copied only where the output does not lie on the first input.</summary>
    private void AddView(TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement)
    {
        if (OperatorTensors.Find(subgraph, op.Outputs, 0) is not { } output || OperatorTensors.Find(subgraph, op.Inputs, 0) is not { } input)
            return;
        bool isSame = placement?.Invoke(subgraph.Index, output.Index) is { } place && placement(subgraph.Index, input.Index) == place;
        this[WorkQuantity.MovedBytes] = isSame ? 0 : Bytes(output);
    }

    private static double Elements(TfliteTensor tensor) => tensor.ElementCount;

    private static double Bytes(TfliteTensor tensor) => tensor.Bytes;

    private static double Runs(TfliteTensor tensor) =>
        tensor.Shape.Count > 0 && tensor.Shape[tensor.Shape.Count - 1] is > 0 and var last ? Elements(tensor) / last : Elements(tensor);
}
