namespace TinyReorder.CodeGeneration;

/// <summary>A size that the header offers as a constant and as a macro.</summary>
/// <param name="Camel">The end of the constant's name, such as <c>TensorArenaSize</c>.</param>
/// <param name="Macro">The end of the macro's name, such as <c>TENSOR_ARENA_SIZE</c>.</param>
/// <param name="Bytes">The size.</param>
/// <param name="Meaning">What it is, in a few words.</param>
internal sealed record GeneratedConstant(string Camel, string Macro, long Bytes, string Meaning)
{
    /// <summary>The constants of a model.</summary>
    public static IEnumerable<GeneratedConstant> Of(GeneratedModel model)
    {
        yield return new("TensorArenaSize", "TENSOR_ARENA_SIZE", model.ArenaBytes, "Bytes of SRAM that the interpreter is handed.");
        if (model.NonPersistentArenaBytes is { } nonPersistent)
            yield return new("NonPersistentArenaSize", "NON_PERSISTENT_ARENA_SIZE", nonPersistent, "The arena's part for tensors, where it is split in two.");
        if (model.PersistentArenaBytes is { } persistent)
            yield return new("PersistentArenaSize", "PERSISTENT_ARENA_SIZE", persistent, "The arena's part for persistent data, where it is split in two.");
        yield return new("PeakBytesBefore", "PEAK_BYTES_BEFORE", model.PeakBeforeBytes, "Peak of live tensors in the file's order.");
        yield return new("PeakBytesAfter", "PEAK_BYTES_AFTER", model.PeakAfterBytes, "Peak of live tensors in this order.");
        yield return new("PlannedBytes", "PLANNED_BYTES", model.PlannedBytes, "Height of the planned tensors.");
        yield return new("ScratchBytes", "SCRATCH_BYTES", model.ScratchBytes, "Scratch buffers of the kernels.");
        yield return new("PersistentBytes", "PERSISTENT_BYTES", model.PersistentBytes, "What the interpreter keeps as long as it lives.");
        if (model.LendableBytes is { } lendable)
            yield return new("LendableBytes", "LENDABLE_BYTES", lendable, "From the arena's start, what is free between two runs, once the outputs are read.");
        yield return new("ArenaMarginBytes", "ARENA_MARGIN_BYTES", model.MarginBytes, "What of the arena is margin.");
        if (model.ResourceVariableBytes > 0)
        {
            yield return new("ResourceVariableBytes", "RESOURCE_VARIABLE_BYTES", model.ResourceVariableBytes, "What the resource variables take.");
            yield return new("ResourceVariableCount", "RESOURCE_VARIABLE_COUNT", model.ResourceVariableCount, "How many resource variables there are.");
            yield return new("ResourceVariableArenaSize", "RESOURCE_VARIABLE_ARENA_SIZE", model.ResourceVariableArenaBytes,
                "The arena for the resource variables alone.");
        }
        if (model.ArenaUsedBytes is { } used)
            yield return new("ArenaUsedBytes", "ARENA_USED_BYTES", used,
                model.ArenaIsExact ? "What arena_used_bytes() answers." : "What arena_used_bytes() answers at most.");
        yield return new("ModelLen", "MODEL_LEN", model.Model.Length, "Bytes of flash that the model takes.");
    }

    /// <summary>What a template sees of it.</summary>
    public Dictionary<string, object?> ToVariables(GeneratedNames names) => new(StringComparer.Ordinal)
    {
        ["constant"] = $"k{names.Camel}{Camel}",
        ["macro"] = $"{names.Macro}_{Macro}",
        ["value"] = Bytes,
        ["meaning"] = Meaning,
    };
}
