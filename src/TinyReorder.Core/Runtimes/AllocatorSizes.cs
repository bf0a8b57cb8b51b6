namespace TinyReorder.Runtimes;

/// <summary>Sizes of the objects of TFLM's own allocator and planner on a 32-bit target, in bytes (micro/micro_allocator.cc).</summary>
internal sealed class AllocatorSizes
{
    /// <summary>The alignment of the arena's ends, of planned buffers and of what kernels keep.</summary>
    public required int Alignment { get; init; }

    /// <summary>The alignment of the allocator's own objects.</summary>
    public required int ObjectAlignment { get; init; }

    /// <summary>Objects made before the model is looked at, in order.</summary>
    public required IReadOnlyList<long> Objects { get; init; }

    /// <summary>How many of <see cref="Objects"/> exist when a program creates resource variables in the same arena.</summary>
    public required int ObjectsBeforeVariables { get; init; }

    /// <summary>
    /// What takes the place of the first of <see cref="Objects"/> where a program gives two arenas: an allocator for each (micro/arena_allocator). Empty
    /// where that is not known.
    /// </summary>
    public required IReadOnlyList<long> SplitObjects { get; init; }

    /// <summary>An entry of the list of subgraphs.</summary>
    public required long SubgraphBytes { get; init; }

    /// <summary>What is kept of each tensor.</summary>
    public required long EvalTensorBytes { get; init; }

    /// <summary>What is kept of each operator.</summary>
    public required long NodeBytes { get; init; }

    /// <summary>What is kept of each scratch buffer.</summary>
    public required long ScratchHandleBytes { get; init; }

    /// <summary>A pointer in the lists of inputs and outputs.</summary>
    public required long PointerBytes { get; init; }

    /// <summary>A full tensor object of an input or output of the model.</summary>
    public required long TensorBytes { get; init; }

    /// <summary>The quantization object of a full tensor.</summary>
    public required long QuantizationBytes { get; init; }

    /// <summary>A request for a scratch buffer while kernels prepare.</summary>
    public required long ScratchRequestBytes { get; init; }

    /// <summary>Requests that are kept free for the next operator.</summary>
    public required int ScratchRequestReserve { get; init; }

    /// <summary>Whether handles for all scratch buffers are made for each subgraph: until August 2022.</summary>
    public bool HandlesForEachSubgraph { get; init; }

    /// <summary>
    /// Whether memory is planned subgraph by subgraph, with variable tensors behind the plan and the requests for scratch still in front of it: until March
    /// 2022.
    /// </summary>
    public bool PlansEachSubgraph { get; init; }

    /// <summary>
    /// Whether an offline plan is read from its start again for each subgraph, which leaves several subgraphs with wrong offsets: until March 2023.
    /// </summary>
    public bool OfflinePlanRestarts { get; init; }

    /// <summary>A subgraph's place in the planner's list.</summary>
    public required long SubgraphOffsetBytes { get; init; }

    /// <summary>The planner's note of each tensor and scratch buffer.</summary>
    public required long AllocationInfoBytes { get; init; }

    /// <summary>The planner's working memory for each planned buffer.</summary>
    public required long PlannerEntryBytes { get; init; }

    /// <summary>The object that holds the resource variables.</summary>
    public required long ResourceVariablesBytes { get; init; }

    /// <summary>Each resource variable.</summary>
    public required long ResourceVariableBytes { get; init; }
}
