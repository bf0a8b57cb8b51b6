using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>
/// One memory for everything: the arena from 0 on, behind it the tensors that the placement leaves out, each alone, and the constants.
/// </summary>
internal sealed class TensorPlaces
{
    private const int Alignment = 16;

    private readonly TfliteModel model;
    private readonly byte[] memory;
    private readonly int[][] addresses;
    private readonly TensorView?[][] views;

    /// <param name="model">Whose tensors.</param>
    /// <param name="placement">The offset in bytes of a tensor of a subgraph in the arena, or null for memory of its own.</param>
    /// <param name="fill">What memory holds before anything is written.</param>
    public TensorPlaces(TfliteModel model, Func<int, int, long?>? placement, byte fill)
    {
        this.model = model;
        addresses = model.Subgraphs.Select(subgraph => new int[subgraph.Tensors.Count]).ToArray();
        views = model.Subgraphs.Select(subgraph => new TensorView?[subgraph.Tensors.Count]).ToArray();
        var others = new List<(int Subgraph, TfliteTensor Tensor)>();
        int end = 0;
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            foreach (TfliteTensor tensor in subgraph.Tensors)
            {
                // Handles of resource variables lie in no arena.
                if (!tensor.IsConstant && tensor.Type != TensorType.Resource && placement?.Invoke(subgraph.Index, tensor.Index) is { } offset)
                    end = Math.Max(end, (addresses[subgraph.Index][tensor.Index] = checked((int)offset)) + checked((int)tensor.Bytes));
                else
                    others.Add((subgraph.Index, tensor));
            }
        }
        ArenaBytes = end;
        var constants = new Dictionary<int, int>();
        foreach ((int subgraph, TfliteTensor tensor) in others)
        {
            end = (end + Alignment - 1) / Alignment * Alignment;
            int bytes = Math.Max((int)tensor.Bytes, tensor.ConstantBytes.Count);
            if (tensor.IsConstant && !constants.TryAdd(tensor.Buffer, end))
                addresses[subgraph][tensor.Index] = constants[tensor.Buffer];
            else
                end = (addresses[subgraph][tensor.Index] = end) + bytes;
        }
        memory = new byte[end];
        Array.Fill(memory, fill);
        foreach ((int subgraph, TfliteTensor tensor) in others.Where(each => each.Tensor.IsConstant))
            tensor.ConstantBytes.AsSpan().CopyTo(memory.AsSpan(addresses[subgraph][tensor.Index]));
    }

    /// <summary>The bytes that the placement takes.</summary>
    public int ArenaBytes { get; }

    /// <summary>A tensor with the bytes that it has at the moment.</summary>
    public TensorView this[int subgraph, int tensor] =>
        views[subgraph][tensor] ??= new TensorView(model.Subgraphs[subgraph].Tensors[tensor], memory, addresses[subgraph][tensor]);
}
