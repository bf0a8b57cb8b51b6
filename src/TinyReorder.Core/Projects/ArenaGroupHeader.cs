using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Projects;

/// <summary>
/// Writes the header of an arena group, such as <c>audio_arena.h</c>: valid C11 and C++, UTF-8, line feeds, the same on every machine. It says nothing of
/// the members' own sizes, so that it changes, and what includes it compiles again, only when the group's does.
/// </summary>
internal static class ArenaGroupHeader
{
    /// <summary>Writes the header of <paramref name="group"/>.</summary>
    public static void Write(ArenaGroup group, Stream output) => Template.BuiltIn("arena.sbn").Write(Variables(group), output);

    private static Dictionary<string, object?> Variables(ArenaGroup group)
    {
        GeneratedNames names = group.Names;
        return new(StringComparer.Ordinal)
        {
            ["symbol"] = names.Symbol,
            ["symbol_macro"] = names.Macro,
            ["arena_file"] = group.HeaderFile,
            ["arena_constant"] = names.ArenaConstant,
            ["include_guard"] = $"TINYREORDER_{names.Macro}_ARENA_H",
            ["size_macro"] = SizeMacro(names),
            ["is_resident"] = group.Sharing == ArenaSharing.Resident,
            ["constants"] = Constants(group).Select(constant => constant.ToVariables(names)).ToArray(),
            ["members"] = group.Members.Select(member => Variables(new GeneratedNames(member.Symbol))).ToArray(),
            ["member_count_text"] = Quantity.Count(group.Members.Count),
        };
    }

    private static Dictionary<string, object?> Variables(GeneratedNames member) => new(StringComparer.Ordinal)
    {
        ["symbol"] = member.Symbol,
        ["header_file"] = member.HeaderFile,
        ["size_macro"] = SizeMacro(member),
    };

    private static IEnumerable<GeneratedConstant> Constants(ArenaGroup group)
    {
        yield return new("TensorArenaSize", "TENSOR_ARENA_SIZE", group.ArenaBytes, "Bytes of SRAM that the models share.");
        const string part = "The part to share where each model has a second arena for what it keeps, of its own k...PersistentArenaSize.";
        if (group.NonPersistentArenaBytes is { } nonPersistent)
            yield return new("NonPersistentArenaSize", "NON_PERSISTENT_ARENA_SIZE", nonPersistent, part);
    }

    private static string SizeMacro(GeneratedNames names) => names.Macro + "_TENSOR_ARENA_SIZE";
}
