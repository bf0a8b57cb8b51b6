using TinyReorder.Planning;

namespace TinyReorder.Optimization;

/// <summary>The arena as the generated code names it and the board is checked for it: the computed one, and what the user wants on top.</summary>
internal sealed record ArenaConstant
{
    /// <summary>The computed arena, <see cref="ArenaResult.ArenaBytes"/>.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>Where resource variables are kept.</summary>
    public required ResourceVariableChoice ResourceVariables { get; init; }

    /// <summary>What resource variables add to the constant; 0 where they are kept elsewhere.</summary>
    public required long ResourceVariableBytes { get; init; }

    /// <summary>
    /// What the plan needs more than <see cref="ArenaBytes"/> with an ABI or a version that the device may have instead; 0 where both are known.
    /// </summary>
    public required long OtherTargetBytes { get; init; }

    /// <summary>The margin.</summary>
    public required long MarginBytes { get; init; }

    /// <summary>
    /// What of <see cref="Bytes"/> is not known but allowed for operators that the profile does not know, with the margin for it; it breaks no build.
    /// </summary>
    public long AllowanceBytes { get; init; }

    /// <summary>The first of two arenas, for tensors, scratch and planner, with a margin of its own; null where that is not known.</summary>
    public required long? NonPersistentBytes { get; init; }

    /// <summary>The second of two arenas, for what is kept, with a margin of its own and shared resource variables; null where that is not known.</summary>
    public required long? PersistentBytes { get; init; }

    /// <summary>The arena for resource variables alone, the largest of what the device may have; 0 without any.</summary>
    public long ResourceVariableArenaBytes { get; init; }

    /// <summary>
    /// What <c>arena_used_bytes()</c> answers, shared resource variables included: the largest of what the device may have; 0 where the arena is the plan
    /// alone.
    /// </summary>
    public long UsedBytes { get; init; }

    /// <summary>
    /// How many bytes from the arena's start hold nothing between two inferences, once the outputs are read, a multiple of 16; null where inputs are kept, and
    /// where it is not known to the byte what the interpreter keeps.
    /// </summary>
    public long? LendableBytes { get; init; }

    /// <summary>All of it, a multiple of 16: <c>kKwsTensorArenaSize</c>.</summary>
    public long Bytes => ArenaBytes + ResourceVariableBytes + OtherTargetBytes + MarginBytes;
}
