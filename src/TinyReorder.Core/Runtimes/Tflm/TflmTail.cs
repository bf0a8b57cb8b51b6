using TinyReorder.Runtimes.Kernels;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>
/// The persistent part of the arena, which grows down from its end, in the order in which TFLM allocates (micro/micro_allocator.cc,
/// micro_interpreter.cc): t = roundup(t + size, alignment) at each step.
/// </summary>
internal sealed class TflmTail(TfliteModel model, AllocatorSizes sizes, ModelOrder orders, KernelRequests[][] requests)
{
    /// <summary>The tail when the memory planner runs.</summary>
    public long AtPlanningBytes { get; private set; }

    /// <summary>The tail when all is allocated.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// What the arena must hold while kernels prepare: the list of scratch requests so far with its reserve, an operator's temporary tensor objects, and
    /// the tail with what it keeps. TFLM only checks the tail before what is kept last, so that a smaller arena lets a kernel write over the temporary
    /// objects that it is still reading.
    /// </summary>
    public long PrepareBytes { get; private set; }

    /// <summary>A full tensor object: with its quantization and zero points where it is affinely quantized.</summary>
    public static long TensorObjectBytes(AllocatorSizes sizes, TfliteTensor tensor) =>
        sizes.TensorBytes + (KernelContext.AffineScales(tensor) is var scales and > 0 ? sizes.QuantizationBytes + (sizes.PointerBytes * (1 + scales)) : 0);

    /// <summary>The part of <see cref="PrepareBytes"/> that is not the tail: what kernels need of an arena of its own while they prepare.</summary>
    public long PrepareTemporaryBytes { get; private set; }

    /// <summary>
    /// Allocates everything. <paramref name="variablesInArena"/>: resource variables that the program creates in the same arena; <paramref
    /// name="isSplit"/>: the program gives an arena of its own for what is kept.
    /// </summary>
    public TflmTail Allocate(OfflinePlan? plan, int variablesInArena = 0, bool isSplit = false)
    {
        if (isSplit)
            sizes.SplitObjects.ToList().ForEach(bytes => Grow(bytes, sizes.ObjectAlignment));
        for (int i = isSplit ? 1 : 0; i < sizes.Objects.Count; i++)
        {
            if (i == sizes.ObjectsBeforeVariables)
                AllocateResourceVariables(variablesInArena);
            Grow(sizes.Objects[i], sizes.ObjectAlignment);
        }
        AllocateModel();
        foreach ((KernelRequests request, _) in Requests())
        {
            if (request.OptionsBytes > 0)
                Grow(request.OptionsBytes, request.OptionsAlignment);
        }
        foreach ((KernelRequests request, _) in Requests())
            request.InitBytes.ForEach(bytes => Grow(bytes, sizes.Alignment));
        long scratchBuffers = 0;
        foreach ((KernelRequests request, _) in Requests())
        {
            request.PrepareBytes.ForEach(bytes => Grow(bytes, sizes.Alignment));
            long requestList = sizes.ScratchRequestBytes * (sizes.ScratchRequestReserve + scratchBuffers);
            PrepareTemporaryBytes = Math.Max(PrepareTemporaryBytes, requestList + request.TemporaryBytes);
            PrepareBytes = Math.Max(PrepareBytes, requestList + request.TemporaryBytes + Bytes);
            scratchBuffers += request.ScratchBytes.Count;
        }
        for (int i = 0; i < (sizes.HandlesForEachSubgraph ? model.Subgraphs.Count : 1); i++)
        {
            if (scratchBuffers > 0)
                Grow(sizes.ScratchHandleBytes * scratchBuffers, sizes.ObjectAlignment);
        }
        if (sizes.PlansEachSubgraph && model.Subgraphs.Count == 1)
            AtPlanningBytes = Bytes;
        AllocateVariableTensors(plan);
        if (AtPlanningBytes == 0)
            AtPlanningBytes = Bytes;
        AllocateInterface(model.Subgraphs[0].Inputs);
        AllocateInterface(model.Subgraphs[0].Outputs);
        return this;
    }

    /// <summary>Allocates what an arena for resource variables alone holds: an allocator of its own, and the variables.</summary>
    public TflmTail AllocateVariablesAlone(int count)
    {
        foreach (long bytes in sizes.Objects.Take(sizes.ObjectsBeforeVariables))
            Grow(bytes, sizes.ObjectAlignment);
        AllocateResourceVariables(count);
        return this;
    }

    private IEnumerable<(KernelRequests Request, int Operator)> Requests() =>
        orders.SelectMany((order, subgraph) => order.Select(op => (requests[subgraph][op], op)));

    private void AllocateResourceVariables(int count)
    {
        if (count == 0)
            return;
        Grow(sizes.ResourceVariablesBytes, sizes.Alignment);
        Grow(sizes.ResourceVariableBytes * count, sizes.Alignment);
    }

    private void AllocateModel()
    {
        Grow(sizes.SubgraphBytes * model.Subgraphs.Count, sizes.ObjectAlignment);
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
            Grow(sizes.EvalTensorBytes * subgraph.Tensors.Count, sizes.ObjectAlignment);
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
            Grow(sizes.NodeBytes * subgraph.Operators.Count, sizes.ObjectAlignment);
    }

    /// <summary>
    /// Variable tensors that the plan leaves alone. The device looks into the plan by the tensor's index in its subgraph, also past the first.
    /// </summary>
    private void AllocateVariableTensors(OfflinePlan? plan)
    {
        foreach (TfliteTensor tensor in model.Subgraphs.SelectMany(subgraph => subgraph.Tensors).Where(tensor => tensor.IsVariable))
        {
            if (plan is null || plan.OffsetBytes[tensor.Index] == OfflinePlan.Online)
                Grow(tensor.Bytes, sizes.Alignment);
        }
    }

    private void AllocateInterface(IReadOnlyList<int> tensors)
    {
        Grow(sizes.PointerBytes * tensors.Count, sizes.Alignment);
        foreach (int index in tensors)
        {
            Grow(sizes.TensorBytes, sizes.ObjectAlignment);
            long scales = KernelContext.AffineScales(model.Subgraphs[0].Tensors[index]);
            if (scales == 0)
                continue;
            Grow(sizes.QuantizationBytes, sizes.ObjectAlignment);
            Grow(sizes.PointerBytes * (1 + scales), sizes.ObjectAlignment);
        }
    }

    private void Grow(long bytes, int alignment)
    {
        long end = Bytes + bytes;
        if (bytes > int.MaxValue || end > int.MaxValue - alignment)
            throw TflmErrors.Overflow(model, "what the interpreter keeps");
        Bytes = Rounding.Up(end, alignment);
    }
}
