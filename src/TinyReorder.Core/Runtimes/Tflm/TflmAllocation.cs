using TinyReorder.Diagnostics;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>What TFLM does at AllocateTensors with a model: where everything lies, and the smallest arena in which it works.</summary>
internal sealed record TflmAllocation
{
    /// <summary>Planned tensors (subgraph by subgraph), then scratch buffers in the order in which they are requested.</summary>
    public required IReadOnlyList<TflmBuffer> Buffers { get; init; }

    /// <summary>The non-persistent part: the height of tensors and scratch together.</summary>
    public required long HeadBytes { get; init; }

    /// <summary>The height of the planned tensors alone.</summary>
    public required long PlannedBytes { get; init; }

    /// <summary>What scratch buffers add to the height: <see cref="HeadBytes"/> less <see cref="PlannedBytes"/>.</summary>
    public long ScratchBytes => HeadBytes - PlannedBytes;

    /// <summary>The persistent part (tail), which grows down from the end of the arena.</summary>
    public required long PersistentBytes { get; init; }

    /// <summary>The persistent part at the moment the memory planner runs.</summary>
    public required long TailAtPlanningBytes { get; init; }

    /// <summary>What the arena must hold while the memory planner works: its notes, its working memory and the tail so far.</summary>
    public required long PlannerBytes { get; init; }

    /// <summary>What the arena must hold while kernels prepare: their temporary tensors and the tail so far.</summary>
    public required long PrepareBytes { get; init; }

    /// <summary>The smallest arena that works, a multiple of 16. Resource variables are not in it.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>
    /// What <c>arena_used_bytes()</c> answers once the tensors are allocated: head and tail, without rounding. Resource variables are not in it.
    /// </summary>
    public required long UsedBytes { get; init; }

    /// <summary>The same where the program creates its resource variables in the same arena.</summary>
    public required long SharedUsedBytes { get; init; }

    /// <summary>The smallest arena that holds the resource variables alone, a multiple of 16; 0 without any.</summary>
    public required long ResourceVariableArenaBytes { get; init; }

    /// <summary>What the arena grows by when the program creates its resource variables in the same arena; 0 without any.</summary>
    public required long ResourceVariableBytes { get; init; }

    /// <summary>The number of resource variables that the program has to provide for.</summary>
    public required int ResourceVariableCount { get; init; }

    /// <summary>
    /// The smallest arena for tensors, scratch and planner where a program gives two arenas; a multiple of 16, null where the profile does not know.
    /// </summary>
    public required long? NonPersistentArenaBytes { get; init; }

    /// <summary>The smallest arena for what is kept where a program gives two arenas; a multiple of 16, null where the profile does not know.</summary>
    public required long? PersistentArenaBytes { get; init; }

    /// <summary>What <see cref="PersistentArenaBytes"/> grows by when the program creates its resource variables there.</summary>
    public required long SplitResourceVariableBytes { get; init; }

    /// <summary>Whether every figure is exact; otherwise <see cref="ArenaBytes"/> is an upper bound and <see cref="Diagnostics"/> says why.</summary>
    public required bool Exact { get; init; }

    /// <summary>Warnings about the model on this runtime.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Diagnosed.Value.All;

    /// <summary>Those of <see cref="Diagnostics"/> that hold for a plan of the device and not for an offline plan.</summary>
    public IReadOnlyList<Diagnostic> SolvedByPlan => Diagnosed.Value.SolvedByPlan;

    /// <summary>Both, worked out when they are first asked for: most allocations are trials.</summary>
    public required Lazy<(IReadOnlyList<Diagnostic> All, IReadOnlyList<Diagnostic> SolvedByPlan)> Diagnosed { get; init; }
}
