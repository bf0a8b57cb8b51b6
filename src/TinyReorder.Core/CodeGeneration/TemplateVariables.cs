using System.Globalization;
using System.Security.Cryptography;
using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.CodeGeneration;

/// <summary>What a template can refer to: docs/templates.md lists it.</summary>
internal static class TemplateVariables
{
    // The largest array of avr-gcc, whose ptrdiff_t has 16 bits.
    private const int MaxAvrArrayBytes = 32767;

    /// <summary>The variables of a model, by name.</summary>
    public static Dictionary<string, object?> Of(GeneratedModel model)
    {
        GeneratedNames names = new(model.Symbol);
        Dictionary<string, object?> variables = new(StringComparer.Ordinal)
        {
            ["symbol"] = names.Symbol,
            ["symbol_camel"] = names.Camel,
            ["symbol_macro"] = names.Macro,
            ["header_file"] = names.HeaderFile,
            ["source_file"] = names.SourceFileOf(model.Code.Format),
            ["include_guard"] = names.IncludeGuard,
            ["model_array"] = names.ModelArray,
            ["model_length_name"] = names.ModelLength,
            ["arena_constant"] = names.ArenaConstant,
            ["arena_array"] = names.ArenaArray,
            ["emits_arena"] = model.Code.EmitsArena,
            ["arena_array_bytes"] = Math.Max(1, model.ArenaBytes),
            ["resolver_file"] = model.OpResolver is null ? null : names.OpResolverFile,
            ["is_incbin"] = model.Code.Format == SourceFormat.Incbin,
            ["model_file"] = names.ModelFile,
            ["model_sha256"] = model.Code.Format == SourceFormat.Incbin ? Sha256(model.Model) : null,
            ["runtime"] = ForeignText.Comment(model.Runtime),
            ["runtime_name"] = model.Runtime == "tflm" ? "TensorFlow Lite Micro" : ForeignText.Comment(model.Runtime),
            ["library"] = model.Library is null ? null : ForeignText.Comment(model.Library),
            ["abi"] = model.Abi is null ? null : ForeignText.Comment(model.Abi),
            ["crashes_on_short_arena"] = model.CrashesOnShortArena,
            ["has_runtime"] = model.Runtime != ArenaResult.NoRuntime,
            ["kernels"] = ForeignText.Comment(model.KernelLibrary),
            ["profile"] = model.Profile is null ? null : ForeignText.Comment(model.Profile),
            ["plan"] = ChoiceWords.Of(model.Plan),
            ["plan_is_offline"] = model.Plan is PlanChoice.Offline or PlanChoice.Own,
            ["overlap"] = ChoiceWords.Of(model.Overlap),
            ["has_overlap"] = model.Overlap != OverlapChoice.None,
            ["board"] = model.Board is null ? null : ForeignText.Comment(model.Board),
            ["arena_region"] = model.ArenaRegion?.Name,
            ["arena_region_text"] = model.ArenaRegion is { } region ? Quantity.Bytes(region.Bytes) : null,
            ["arena_attribute"] = Attribute(model.ArenaRegion),
            ["persistent_region"] = model.PersistentRegion?.Name,
            ["persistent_region_text"] = model.PersistentRegion is { } kept ? Quantity.Bytes(kept.Bytes) : null,
            ["persistent_attribute"] = Attribute(model.PersistentRegion),
            ["arena_heap_capability"] = model.ArenaRegion?.HeapCapability,
            ["arena_zephyr_section"] = model.Code.ArenaPlacement?.ZephyrSection,
            ["arena_zephyr_macro"] = model.Code.ArenaPlacement?.ZephyrMacro,
            ["arena_is_exact"] = model.ArenaIsExact,
            ["arena_is_measured"] = model.ArenaIsMeasured,
            ["arena_used_constant"] = names.ArenaUsedConstant,
            ["lendable_constant"] = names.LendableConstant,
            ["keeps_inputs"] = model.KeepsInputs,
            ["resource_variable_count"] = (long)model.ResourceVariableCount,
            ["resource_variable_count_constant"] = names.ResourceVariableCountConstant,
            ["resource_variable_arena_constant"] = names.ResourceVariableArenaConstant,
            ["has_margin"] = model.MarginBytes > 0,
            ["has_resource_variables"] = model.ResourceVariableBytes > 0,
            ["resource_variables_are_shared"] = model.ResourceVariablesAreShared,
            ["order_is_proven"] = model.OrderIsProven,
            ["exceeds_avr_array"] = model.Model.Length > MaxAvrArrayBytes,
            ["model_length"] = (long)model.Model.Length,
            ["model_text"] = Quantity.Bytes(model.Model.Length),
            ["model_bytes"] = model.Model,
            ["comments"] = model.Comments.Select(ForeignText.Comment).ToArray(),
            ["constants"] = GeneratedConstant.Of(model).Select(constant => constant.ToVariables(names)).ToArray(),
        };
        AddPlacement("model", model.Code.ModelPlacement);
        AddPlacement("arena", model.Code.ArenaPlacement);
        AddSize("arena", model.ArenaBytes);
        AddSize("computed_arena", model.ArenaBytes - model.MarginBytes - model.OtherTargetBytes);
        AddSize("margin", model.MarginBytes);
        AddSize("other_target", model.OtherTargetBytes > 0 ? model.OtherTargetBytes : null);
        AddSize("resource_variables", model.ResourceVariableBytes);
        AddSize("resource_variable_arena", model.ResourceVariableArenaBytes);
        AddSize("arena_used", model.ArenaUsedBytes);
        AddSize("peak_before", model.PeakBeforeBytes);
        AddSize("peak_after", model.PeakAfterBytes);
        AddSize("planned", model.PlannedBytes);
        AddSize("scratch", model.ScratchBytes);
        AddSize("persistent", model.PersistentBytes);
        AddSize("lendable", model.LendableBytes);
        AddSize("reserved_sram", model.ReservedSramBytes);
        AddSize("nonpersistent_arena", model.NonPersistentArenaBytes);
        AddSize("persistent_arena", model.PersistentArenaBytes);
        return variables;

        void AddPlacement(string name, SectionPlacement? placement)
        {
            variables[name + "_section"] = placement?.Section;
            variables[name + "_macro"] = placement?.Macro;
            variables[name + "_macro_guard"] = placement?.Guard;
            variables[name + "_macro_header"] = placement?.Header;
        }

        void AddSize(string name, long? bytes)
        {
            if (bytes < 0)
                throw new ArgumentOutOfRangeException(nameof(model), $"{name} is negative");
            variables[name + "_bytes"] = bytes;
            variables[name + "_text"] = bytes is { } shown ? Quantity.Bytes(shown) : null;
        }
    }

    /// <summary>
    /// What a program writes behind an array of its own so that the usual linker script places it in <paramref name="region"/>; null for nothing.
    /// </summary>
    private static string? Attribute(MemoryRegion? region) => region is not null && SectionPlacement.Of(region) is { } placement
        ? placement.Macro ?? (placement.Section is { } section ? $"__attribute__((section(\"{section}\")))" : null)
        : null;

    private static string Sha256(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
