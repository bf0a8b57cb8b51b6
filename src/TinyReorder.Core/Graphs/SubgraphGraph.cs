using TinyReorder.Diagnostics;
using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Graphs;

/// <summary>Makes the <see cref="Graph"/> of a subgraph, refusing one whose operators could not run in the file's order.</summary>
internal static class SubgraphGraph
{
    // Sizes are 32-bit on the devices, so no tensor that is larger can ever be planned there.
    private const long LargestTensorBytes = int.MaxValue;

    /// <summary>Makes the graph of subgraph <paramref name="subgraphIndex"/>.</summary>
    /// <exception cref="TinyReorderException">TINY2005 to TINY2009: the subgraph cannot be run or planned.</exception>
    public static Graph Create(TfliteModel model, int subgraphIndex, GraphSizing sizing) =>
        Sized(CreatePlain(model, subgraphIndex, sizing.KeepsInputs), subgraphIndex, sizing);

    /// <summary>The same graph with other bytes, reserved bytes and shares.</summary>
    /// <param name="plain">The graph with plain bytes.</param>
    /// <param name="subgraphIndex">The subgraph that it is of.</param>
    /// <param name="sizing">How bytes are counted; which inputs are held stays as it is.</param>
    internal static Graph Sized(Graph plain, int subgraphIndex, GraphSizing sizing)
    {
        GraphTensor[] tensors = [.. plain.Tensors.Select(tensor => tensor with { Bytes = sizing.IsUncounted(subgraphIndex, tensor.Index) ? 0 : BytesOf(plain, tensor, sizing) })];
        var idOf = new Lazy<Dictionary<int, int>>(() => tensors.ToDictionary(tensor => tensor.Index, tensor => tensor.Id));
        return new Graph(tensors, [.. plain.Operators.Select(op => op with
        {
            ReservedBytes = sizing.ReservedBytes(subgraphIndex, op.Index),
            Shares = sizing.Shares(subgraphIndex, op.Index) is { Count: > 0 } shares ? Usable(shares, tensors, idOf.Value) : [],
        })]);
    }

    private static long BytesOf(Graph plain, GraphTensor tensor, GraphSizing sizing)
    {
        bool isHandle = tensor.Producer >= 0 && plain.Operators[tensor.Producer].Kind == "VAR_HANDLE";
        return isHandle && !sizing.CountsVariableHandles ? 0 : sizing.Round(tensor.Bytes);
    }

    private static GraphShare[] Usable(IReadOnlyList<TensorShare> shares, GraphTensor[] tensors, Dictionary<int, int> idOf) =>
    [
        .. shares.Where(share => idOf.ContainsKey(share.Input) && idOf.ContainsKey(share.Output))
            .Select(share => new GraphShare(idOf[share.Input], idOf[share.Output], share.DistanceBytes, share.IsExact))
            .Where(share => share.CanBeUsed(tensors[share.Input], tensors[share.Output])),
    ];

    /// <summary>Makes the graph with plain sums of bytes, nothing reserved and nothing shared.</summary>
    /// <exception cref="TinyReorderException">TINY2005 to TINY2009: the subgraph cannot be run or planned.</exception>
    internal static Graph CreatePlain(TfliteModel model, int subgraphIndex, bool keepsInputs)
    {
        TfliteSubgraph subgraph = model.Subgraphs[subgraphIndex];
        int[] producers = Producers(model, subgraph);
        var builder = new GraphBuilder();
        int[] idOf = Enumerable.Repeat(-1, subgraph.Tensors.Count).ToArray();
        var outputs = new HashSet<int>(subgraph.Outputs);
        if (keepsInputs && subgraphIndex == 0)
            outputs.UnionWith(subgraph.Inputs);
        foreach (TfliteTensor tensor in subgraph.Tensors)
        {
            if (IsActivation(subgraph, producers, tensor))
                idOf[tensor.Index] = builder.AddTensor(PlainBytes(model, subgraph, tensor), outputs.Contains(tensor.Index), tensor.Index, tensor.Name);
        }
        int previousWithEffect = -1;
        foreach (TfliteOperator next in subgraph.Operators)
        {
            CheckReads(model, subgraph, producers, next);
            builder.AddOperator(next.Kind, Ids(next.Inputs, idOf), Ids(next.Outputs, idOf));
            if (!OperatorEffects.Has(model, subgraph, next))
                continue;
            if (previousWithEffect >= 0)
                builder.AddConstraint(previousWithEffect, next.Index);
            previousWithEffect = next.Index;
        }
        if (subgraphIndex < model.ControlDependencies.Count)
        {
            foreach ((int before, int after) in model.ControlDependencies[subgraphIndex])
                builder.AddConstraint(before, after);
        }
        return builder.Build();
    }

    private static IEnumerable<int> Ids(IReadOnlyList<int> tensors, int[] idOf) => tensors.Where(t => t >= 0 && idOf[t] >= 0).Select(t => idOf[t]);

    private static bool IsActivation(TfliteSubgraph subgraph, int[] producers, TfliteTensor tensor) =>
        !tensor.IsConstant && !tensor.IsVariable && (producers[tensor.Index] >= 0 || producers[tensor.Index] == InputMark);

    private const int InputMark = -2;

    private static int[] Producers(TfliteModel model, TfliteSubgraph subgraph)
    {
        int[] producers = Enumerable.Repeat(-1, subgraph.Tensors.Count).ToArray();
        foreach (int input in subgraph.Inputs)
            producers[input] = InputMark;
        foreach (TfliteOperator writer in subgraph.Operators)
        {
            foreach (int t in writer.Outputs)
            {
                // A constant or a variable is no activation: whoever writes one is held in place as an operator with an effect.
                if (t < 0 || subgraph.Tensors[t].IsConstant || subgraph.Tensors[t].IsVariable)
                    continue;
                if (producers[t] != -1)
                    throw Bad(model, subgraph, writer, DiagnosticCodes.TensorWrittenTwice,
                        $"writes tensor {t} ('{Quote.Text(subgraph.Tensors[t].Name)}'), which is already "
                            + $"{(producers[t] == InputMark ? "an input of the subgraph" : $"written by operator {producers[t]}")}");
                producers[t] = writer.Index;
            }
        }
        return producers;
    }

    private static void CheckReads(TfliteModel model, TfliteSubgraph subgraph, int[] producers, TfliteOperator reader)
    {
        foreach (int t in reader.Inputs)
        {
            if (t < 0 || producers[t] < reader.Index)
                continue;
            throw producers[t] == reader.Index
                ? Bad(model, subgraph, reader, DiagnosticCodes.TensorWrittenTwice, $"reads and writes the same tensor {t} "
                    + $"('{Quote.Text(subgraph.Tensors[t].Name)}')")
                : Bad(model, subgraph, reader, DiagnosticCodes.NotTopological, $"reads tensor {t} ('{Quote.Text(subgraph.Tensors[t].Name)}') before "
                    + $"operator {producers[t]} ({Quote.Text(subgraph.Operators[producers[t]].Kind)}) writes it: the operators stand in no order in which "
                    + "they could run");
        }
    }

    private static long PlainBytes(TfliteModel model, TfliteSubgraph subgraph, TfliteTensor tensor)
    {
        if (!tensor.Type.IsKnown())
            throw Bad(model, subgraph, tensor, DiagnosticCodes.UnsizedTensor, $"has the type {tensor.Type}, which is newer than this project, so its size "
                + "is not known; keep such tensors out of the model");
        if (tensor.Bytes > LargestTensorBytes)
            throw Bad(model, subgraph, tensor, DiagnosticCodes.SizeOverflow, $"has the shape {Quote.List(tensor.Shape)}, which is more than the "
                + $"{Quantity.Bytes(LargestTensorBytes)} that an interpreter with 32-bit sizes can address");
        return tensor.Bytes;
    }

    private static TinyReorderException Bad(TfliteModel model, TfliteSubgraph subgraph, TfliteTensor tensor, string code, string what) =>
        new(Diagnostic.Error(code, $"tensor {tensor.Index} ('{Quote.Text(tensor.Name)}') of subgraph {subgraph.Index} {what}") with
        {
            File = model.Name,
            Subgraph = subgraph.Index
        });

    private static TinyReorderException Bad(TfliteModel model, TfliteSubgraph subgraph, TfliteOperator culprit, string code, string what) =>
        new(Diagnostic.Error(code, $"operator {culprit.Index} ({Quote.Text(culprit.Kind)}) of subgraph {subgraph.Index} {what}; export the model again") with
        {
            File = model.Name,
            Subgraph = subgraph.Index,
            Operator = culprit.Index,
        });
}
