using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Work;

/// <summary>The quantities of one operator that its work is proportional to, from shapes, options and places.</summary>
internal sealed class OperatorQuantities
{
    private const int Pair = 2;
    private const int Three = 3;
    private const int Group = 4;
    private const int Block = 16;
    private const int DeepChannels = 16;
    private const int LongElements = 512;

    private static readonly int Count = Enum.GetNames(typeof(WorkQuantity)).Length;

    private static readonly HashSet<string> WindowKinds =
        new(StringComparer.Ordinal) { "CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D" };

    private static readonly HashSet<string> ViewKinds = new(StringComparer.Ordinal) { "RESHAPE", "EXPAND_DIMS", "SQUEEZE", "DYNAMIC_UPDATE_SLICE" };

    private readonly double[] values = new double[Count];

    private OperatorQuantities(TensorType type) => Type = type;

    /// <summary>The type of the input that carries the data: the first one that is no constant, but for kinds that begin with something else.</summary>
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

    /// <summary>
    /// The quantities of an operator; <paramref name="placement"/> and <paramref name="turns"/> as <see cref="WorkModel.Estimate"/> has them.
    /// </summary>
    public static OperatorQuantities Of(
        TfliteModel model, TfliteSubgraph subgraph, TfliteOperator op, Func<int, int, long?>? placement, IReadOnlyDictionary<int, long> turns)
    {
        TfliteTensor[] read = [.. op.Inputs.Where(t => t >= 0).Select(t => subgraph.Tensors[t])];
        TfliteTensor[] fed = [.. read.Where(tensor => !tensor.IsConstant)];
        TfliteTensor[] written = [.. op.Outputs.Where(t => t >= 0).Select(t => subgraph.Tensors[t])];
        TfliteTensor? first = DataOf(subgraph, op) ?? fed.FirstOrDefault() ?? written.FirstOrDefault() ?? read.FirstOrDefault();
        var result = new OperatorQuantities(first?.Type ?? TensorType.Float32)
        {
            [WorkQuantity.Call] = 1,
            [WorkQuantity.Outputs] = written.Sum(Elements),
            [WorkQuantity.OutputBytes] = written.Sum(Bytes),
            [WorkQuantity.Inputs] = first is null ? 0 : Elements(first),
            [WorkQuantity.InputIndices] = first is null ? 0 : Elements(first) * first.Shape.Count,
            [WorkQuantity.InputBytes] = fed.Sum(Bytes),
            [WorkQuantity.Pixels] = written.Length > 0 ? Runs(written[0]) : 0,
            [WorkQuantity.Rows] = written.Length > 0 ? RowsOf(written[0]) : 0,
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
        this[WorkQuantity.RowWeights] = this[WorkQuantity.Weights] * this[WorkQuantity.Rows];
        Traits |= TraitsOf(subgraph, op);
        switch (op.Kind)
        {
            case "FULLY_CONNECTED" when OperatorTensors.Find(subgraph, op.Inputs, 1) is { Shape.Count: 2 } filter:
                this[WorkQuantity.RestMacs] = this[WorkQuantity.Outputs] * (filter.Shape[1] % Group);
                this[WorkQuantity.OddChannelOutputs] = this[WorkQuantity.Pixels] * (filter.Shape[0] % Pair);
                this[WorkQuantity.OddChannelMacs] = this[WorkQuantity.OddChannelOutputs] * filter.Shape[1];
                this[WorkQuantity.ThirdOutputs] = this[WorkQuantity.Pixels] * (filter.Shape[0] % Three);
                this[WorkQuantity.ThirdMacs] = this[WorkQuantity.ThirdOutputs] * filter.Shape[1];
                break;
            case "TRANSPOSE_CONV":
                this[WorkQuantity.PaddedMacs] = this[WorkQuantity.Pixels] * this[WorkQuantity.Weights];
                break;
            case "SPLIT":
            case "SPLIT_V":
                this[WorkQuantity.Pieces] = SlicedTensor.OfInput(subgraph, op) is { } split ? split.Rounds * split.Starts.Count : 0;
                break;
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
                SubgraphCopies copies = SubgraphCopies.Of(model, subgraph, op, placement, turns);
                (this[WorkQuantity.Copies], this[WorkQuantity.MovedBytes], this[WorkQuantity.SubgraphRuns]) = (copies.Count, copies.Bytes, copies.Runs);
                AreKnown = copies.AreKnown;
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
        double rows = (double)window.Batches * window.OutputHeight;
        bool isByRow = window is { IsPointwise: true } and not { StrideHeight: 1, StrideWidth: 1 };
        double odd = isByRow ? rows * (window.OutputWidth % Pair) : places % Pair;
        double rest = window.OutputChannels % Group, oddChannel = window.OutputChannels % Pair;
        double elements = (double)window.FilterHeight * window.FilterWidth * depth;
        this[WorkQuantity.Pixels] = places;
        this[WorkQuantity.Taps] = inside;
        this[WorkQuantity.OutsideTaps] = all - inside;
        this[WorkQuantity.Macs] = inside * depth;
        this[WorkQuantity.PaddedMacs] = all * depth;
        this[WorkQuantity.Columns] = places * elements;
        this[WorkQuantity.OddOutputs] = odd * window.OutputChannels;
        this[WorkQuantity.OddMacs] = odd * window.OutputChannels * elements;
        this[WorkQuantity.RestMacs] = places * window.OutputChannels * (elements % Group);
        this[WorkQuantity.BlockOutputs] = elements >= Block ? places * window.OutputChannels : 0;
        this[WorkQuantity.BlockRestMacs] = places * window.OutputChannels * ((elements % Block) - (elements % Group));
        this[WorkQuantity.OddChannelOutputs] = places * oddChannel;
        this[WorkQuantity.OddChannelMacs] = places * oddChannel * elements;
        this[WorkQuantity.PlaceTaps] = inside / window.OutputChannels;
        this[WorkQuantity.PlaceOutsideTaps] = (all - inside) / window.OutputChannels;
        this[WorkQuantity.WindowRows] = places * window.FilterHeight * window.OutputChannels;
        this[WorkQuantity.PlaceWindowRows] = places * window.FilterHeight;
        this[WorkQuantity.RestOutputs] = places * rest;
        this[WorkQuantity.RestTaps] = inside / window.OutputChannels * rest;
        Traits |= TraitsOf(window);
    }

    private static WorkTrait TraitsOf(WindowShape window) =>
        (window.IsPointwise ? WorkTrait.Pointwise : 0)
        | (window is { StrideHeight: 1, StrideWidth: 1 } ? WorkTrait.UnitStride : 0)
        | (window.IsDilated ? 0 : WorkTrait.Undilated)
        | (window is { FilterHeight: 3, FilterWidth: 3 } ? WorkTrait.ThreeByThree : 0)
        | (window.InputChannels == window.OutputChannels ? WorkTrait.OneToOne : 0)
        | ((double)window.FilterHeight * window.FilterWidth * window.FilterChannels >= LongElements ? WorkTrait.LongWindow : 0)
        | (window.Batches == 1 ? WorkTrait.OneBatch : 0)
        | (window.FilterChannels == window.InputChannels ? WorkTrait.OneGroup : 0)
        | (window.OutputChannels / window.InputChannels % Group == 0 ? WorkTrait.MultiplierOfFour : 0);

    private static WorkTrait TraitsOf(TfliteSubgraph subgraph, TfliteOperator op) => op.Kind switch
    {
        "MEAN" when op.Options.Bool(0) && OperatorTensors.Find(subgraph, op.Inputs, 0) is { Shape.Count: 4 }
            && OperatorTensors.FindConstants(OperatorTensors.Find(subgraph, op.Inputs, 1), Pair) is { Length: Pair } axes
            && axes.Min() == 1 && axes.Max() == 2 => WorkTrait.OverImage,
        "ADD" or "SUB" or "MUL" when op.Inputs.Any(t => t >= 0 && subgraph.Tensors[t].ElementCount == 1) => WorkTrait.OneValue,
        "SELECT_V2" when op.Inputs.Skip(1).Any(t => t >= 0 && subgraph.Tensors[t].ElementCount == 1) => WorkTrait.OneValue,
        "PAD" or "PADV2" when LastOf(OperatorTensors.Find(subgraph, op.Inputs, 0)) < LastOf(OperatorTensors.Find(subgraph, op.Outputs, 0)) =>
            WorkTrait.Widens,
        "TRANSPOSE_CONV" when LastOf(OperatorTensors.Find(subgraph, op.Inputs, 2)) > DeepChannels => WorkTrait.Deep,
        _ => WorkTrait.None,
    };

    private static long LastOf(TfliteTensor? tensor) => tensor is { Shape.Count: > 0 } ? tensor.Shape[tensor.Shape.Count - 1] : 0;

    /// <summary>The input that carries the data, for kinds where that is not the first one.</summary>
    private static TfliteTensor? DataOf(TfliteSubgraph subgraph, TfliteOperator op) => op.Kind switch
    {
        "SELECT_V2" or "SPLIT" => OperatorTensors.Find(subgraph, op.Inputs, 1),
        "TRANSPOSE_CONV" => OperatorTensors.Find(subgraph, op.Inputs, 2),
        _ => null,
    };

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

    private static double RowsOf(TfliteTensor tensor) =>
        tensor.Shape.Count > 1 && tensor.Shape[tensor.Shape.Count - 2] is > 0 and var width ? Runs(tensor) / width : 1;
}
