using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Sizes;

namespace TinyReorder.Planning;

/// <summary>The arena that the interpreter needs for one order and one way of planning.</summary>
internal sealed record ArenaResult
{
    /// <summary>The name of no runtime.</summary>
    public const string NoRuntime = "none";

    /// <summary><c>tflm</c> or <c>none</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Whether an interpreter runs the model; without one the arena is the plan alone.</summary>
    public bool HasRuntime => Runtime != NoRuntime;

    /// <summary>The kernel library's id, or <c>none</c>.</summary>
    public required string Kernels { get; init; }

    /// <summary>The id of the runtime profile, or <c>none</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The versions of runtime and kernel library that the numbers are of; empty for <c>none</c>.</summary>
    public required string ProfileVersion { get; init; }

    /// <summary>The library with its version, such as <c>tflm@2026-08</c>; null for <c>none</c>.</summary>
    public string? Library { get; init; }

    /// <summary>The ABI that the sizes are of; null for <c>none</c>.</summary>
    public TargetAbi? Abi { get; init; }

    /// <summary>Which order it is for.</summary>
    public required OrderChoice Order { get; init; }

    /// <summary>For each subgraph, the file's index of the operator that runs i-th.</summary>
    public required ModelOrder Orders { get; init; }

    /// <summary>Who places the tensors: <see cref="PlanChoice.Own"/>, <see cref="PlanChoice.Offline"/> or <see cref="PlanChoice.Device"/>.</summary>
    public required PlanChoice Plan { get; init; }

    /// <summary>What shares memory.</summary>
    public required OverlapChoice Overlap { get; init; }

    /// <summary>The highest of the subgraphs' peaks in this order: live bytes, and what overlaps counted once.</summary>
    public long PeakBytes { get; init; }

    /// <summary>Height of the planned tensors.</summary>
    public required long PlannedBytes { get; init; }

    /// <summary>What scratch buffers add to that height.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>The persistent part.</summary>
    public required long PersistentBytes { get; init; }

    /// <summary>What the planner itself needs while it runs, persistent part included; only counts where it exceeds the rest.</summary>
    public required long PlannerBytes { get; init; }

    /// <summary>What kernels need while they prepare, persistent part so far included; only counts where it exceeds the rest.</summary>
    public long PrepareBytes { get; init; }

    /// <summary>The arena, a multiple of 16.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>
    /// What <c>arena_used_bytes()</c> answers once the tensors are allocated, without resource variables; 0 where the arena is the plan alone.
    /// </summary>
    public long UsedBytes { get; init; }

    /// <summary>The same where the program creates its resource variables in the arena.</summary>
    public long SharedUsedBytes { get; init; }

    /// <summary>Whether it is the plan of a rewritten model, in which regions run as loops.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Whether it is the plan of a rewritten model that was simplified and has no loops.</summary>
    public bool IsSimplified { get; init; }

    /// <summary>Whether it is the plan of another model than the file as it is.</summary>
    public bool IsRewritten => IsStreamed || IsSimplified;

    /// <summary>What reports call the rewritten model; null for a plan of the file as it is.</summary>
    public string? RewriteWord => IsStreamed ? "streamed" : IsSimplified ? "simplified" : null;

    /// <summary>Whether <see cref="ArenaBytes"/> and <see cref="UsedBytes"/> were measured on a device, with just these bytes of the model.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>The number of resource variables that the program has to provide for.</summary>
    public int ResourceVariableCount { get; init; }

    /// <summary>The smallest arena that holds the resource variables alone; 0 without any.</summary>
    public long ResourceVariableArenaBytes { get; init; }

    /// <summary>What the arena grows by when the program creates its resource variables in it; not in <see cref="ArenaBytes"/>. 0 without any.</summary>
    public long ResourceVariableBytes { get; init; }

    /// <summary>
    /// The arena for tensors, scratch and planner where a program gives two arenas (MicroAllocator::Create with two); null where that is not known.
    /// </summary>
    public long? NonPersistentArenaBytes { get; init; }

    /// <summary>The arena for what is kept where a program gives two arenas; null where that is not known.</summary>
    public long? PersistentArenaBytes { get; init; }

    /// <summary>What <see cref="PersistentArenaBytes"/> grows by when the program creates its resource variables there.</summary>
    public long SplitResourceVariableBytes { get; init; }

    /// <summary>What offsets and the arena's size are a multiple of.</summary>
    public required long AlignmentBytes { get; init; }

    /// <summary>
    /// Whether <see cref="ArenaBytes"/> is what the interpreter needs to the byte: nothing in it is an allowance, and version and ABI are those of the
    /// device.
    /// </summary>
    public required bool Exact { get; init; }

    /// <summary>Whether nothing in it is an allowance, with the version and the ABI that are assumed.</summary>
    internal bool AllocationIsExact { get; init; } = true;

    /// <summary>Whether the plan holds on the device for all that is promised beyond what its planner knows, such as inputs that are kept.</summary>
    internal bool KeepsPromises { get; init; } = true;

    /// <summary>Bytes of <see cref="ArenaBytes"/> that only keep the device's planner off what it does not know to be needed.</summary>
    public long PromiseBytes { get; init; }

    /// <summary>The height of our own placement, scratch included; 0 when the device plans.</summary>
    public long PlacementBytes { get; init; }

    /// <summary>No placement of this order is lower; 0 when the device plans.</summary>
    public long PlacementBoundBytes { get; init; }

    /// <summary>
    /// No placement of this order gives a smaller arena: the placement's bound with the persistent part, or what planner and kernels need before the first
    /// run.
    /// </summary>
    public long ArenaBoundBytes =>
        Math.Min(ArenaBytes, Math.Max(Math.Max(PlannerBytes, PrepareBytes), Rounding.Up(PlacementBoundBytes + PersistentBytes, AlignmentBytes)));

    /// <summary>Every planned buffer with its lifetime and offset.</summary>
    public required IReadOnlyList<TflmBuffer> Buffers { get; init; }

    /// <summary>Offsets of all tensors of all subgraphs for the model's metadata; null when the device plans.</summary>
    public required OfflinePlan? OfflinePlan { get; init; }
}
