using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// Evaluates a model directly: operators in the file's order, in one arena, reading and writing element by element in the order of TensorFlow Lite Micro's
/// reference kernels and in their arithmetic. A tensor that lies where it must not gives a wrong answer here, as it does on a device.
/// <code>
/// byte[][] outputs = ArenaInterpreter.Run(model, inputs, ArenaInterpreter.PlacementOf(model, plan));
/// </code>
/// </summary>
internal sealed class ArenaInterpreter
{
    private readonly TfliteModel model;
    private readonly TensorPlaces places;
    private readonly HashSet<(int Subgraph, int Operator)> ranOnce = [];

    /// <param name="model">What is evaluated.</param>
    /// <param name="placement">The offset in bytes of a tensor (subgraph, tensor) in the arena, or null for memory of its own; null: all of them.</param>
    /// <param name="fill">What memory holds before anything is written: an answer that depends on it read what nobody wrote.</param>
    public ArenaInterpreter(TfliteModel model, Func<int, int, long?>? placement = null, byte fill = 0xA5)
    {
        this.model = model;
        places = new TensorPlaces(model, placement, fill);
    }

    /// <summary>The resource variables.</summary>
    public VariableStore Variables { get; } = new();

    /// <summary>The bytes that the placement takes.</summary>
    public int ArenaBytes => places.ArenaBytes;

    /// <summary>Turns after which a WHILE is taken to be endless.</summary>
    public int MostTurns { get; init; } = 1_000_000;

    /// <summary>Called with subgraph, tensor and bytes after each operator for each tensor that it wrote; null for nobody.</summary>
    public Action<int, int, byte[]>? Written { get; init; }

    /// <summary>Evaluates a model once.</summary>
    /// <param name="model">What is evaluated.</param>
    /// <param name="inputs">The bytes of each input of the main subgraph.</param>
    /// <param name="placement">As in the constructor.</param>
    /// <param name="written">As <see cref="Written"/>.</param>
    /// <returns>The bytes of each output of the main subgraph.</returns>
    /// <exception cref="NotSupportedException">An operator is not evaluated, or not for its types.</exception>
    /// <exception cref="InvalidOperationException">A copy of whole blocks overlaps itself, or a loop does not end.</exception>
    public static byte[][] Run(
        TfliteModel model, IReadOnlyList<byte[]> inputs, Func<int, int, long?>? placement = null, Action<int, int, byte[]>? written = null) =>
        new ArenaInterpreter(model, placement) { Written = written }.Invoke(inputs);

    /// <summary>Where a plan puts tensors; those that it leaves to the device have memory of their own.</summary>
    public static Func<int, int, long?> PlacementOf(TfliteModel model, OfflinePlan plan)
    {
        int[] firsts = new int[model.Subgraphs.Count];
        for (int i = 1; i < firsts.Length; i++)
            firsts[i] = firsts[i - 1] + model.Subgraphs[i - 1].Tensors.Count;
        return (subgraph, tensor) => plan.OffsetBytes[firsts[subgraph] + tensor] is var offset && offset != OfflinePlan.Online ? offset : null;
    }

    /// <summary>Evaluates the model; what it keeps from one time to the next lives in this object. Throws as <see cref="Run"/> does.</summary>
    public byte[][] Invoke(IReadOnlyList<byte[]> inputs)
    {
        TfliteSubgraph main = model.Subgraphs[0];
        if (inputs.Count != main.Inputs.Count)
            throw new ArgumentException($"{inputs.Count} inputs were given to a model that has {main.Inputs.Count}", nameof(inputs));
        for (int i = 0; i < inputs.Count; i++)
        {
            TensorView input = View(0, main.Inputs[i]);
            if (inputs[i].Length != input.ByteCount)
                throw new ArgumentException($"input {i} has {inputs[i].Length} bytes in place of {input.ByteCount}", nameof(inputs));
            inputs[i].CopyTo(input.Bytes);
        }
        RunSubgraph(0);
        return main.Outputs.Select(output => View(0, output).Bytes.ToArray()).ToArray();
    }

    /// <summary>A tensor with the bytes that it has at the moment.</summary>
    public TensorView View(int subgraph, int tensor) => places[subgraph, tensor];

    /// <summary>The inputs of a subgraph.</summary>
    public TensorView[] InputsOf(int subgraph) => model.Subgraphs[subgraph].Inputs.Select(tensor => View(subgraph, tensor)).ToArray();

    /// <summary>The outputs of a subgraph.</summary>
    public TensorView[] OutputsOf(int subgraph) => model.Subgraphs[subgraph].Outputs.Select(tensor => View(subgraph, tensor)).ToArray();

    /// <summary>Runs the operators of a subgraph.</summary>
    public void RunSubgraph(int index)
    {
        TfliteSubgraph subgraph = model.Subgraphs[index];
        foreach (TfliteOperator operation in subgraph.Operators)
        {
            if (operation.Kind == "CALL_ONCE" && !ranOnce.Add((index, operation.Index)))
                continue;
            var call = new OperatorCall(this, subgraph, operation);
            Kernels.Find(call)(call);
            foreach (int tensor in Written is null ? [] : operation.Outputs.Where(tensor => tensor >= 0))
                Written!(index, tensor, View(index, tensor).Bytes.ToArray());
        }
    }
}
