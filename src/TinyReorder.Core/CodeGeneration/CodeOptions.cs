using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;

namespace TinyReorder.CodeGeneration;

/// <summary>What is generated for a model besides the defaults, checked.</summary>
internal sealed class CodeOptions
{
    /// <summary>The words for formats; before <see cref="Default"/>, which needs them.</summary>
    internal static Choice<SourceFormat> Formats { get; } = new([("c", SourceFormat.C), ("incbin", SourceFormat.Incbin)]);

    private CodeOptions(CodeRequest request)
    {
        Style = request.Style;
        bool isTflm = !Word.Is(request.Runtime, ArenaResult.NoRuntime);
        Format = Formats.Parse(request.Format, request.Style.Name("Format"));
        EmitsOpResolver = ChoiceWords.Truths.Parse(request.OpResolver, request.Style.Name("OpResolver"), isTflm) && isTflm;
        EmitsArena = ChoiceWords.Truths.Parse(request.EmitArena, request.Style.Name("EmitArena"));
        ModelPlacement = SectionPlacement.Parse(request.ModelSection, request.Style.Name("ModelSection"));
        ArenaPlacement = SectionPlacement.Parse(request.ArenaSection, request.Style.Name("ArenaSection"));
        if (ArenaPlacement is not null && !EmitsArena)
            throw Bad($"{request.Style.Name("ArenaSection")} is about the arena that {request.Style.Setting("EmitArena", "true")} defines; add that, or "
                + "leave it out");
        if (ModelPlacement is not null && ModelPlacement.Section == ArenaPlacement?.Section && ModelPlacement.Macro == ArenaPlacement?.Macro)
            throw Bad($"{request.Style.Name("ModelSection")} and {request.Style.Name("ArenaSection")} are both {Quote.Text(request.ModelSection!)}, but a "
                + "section holds constants or variables, not both; name two");
        foreach (SectionPlacement? placement in new[] { ModelPlacement, ArenaPlacement })
            CheckMacro(placement);
    }

    private CodeOptions(CodeOptions options, SectionPlacement arenaPlacement)
    {
        Style = options.Style;
        Format = options.Format;
        EmitsOpResolver = options.EmitsOpResolver;
        EmitsArena = options.EmitsArena;
        ModelPlacement = options.ModelPlacement;
        ArenaPlacement = arenaPlacement;
        CheckMacro(arenaPlacement);
    }

    /// <summary>What is generated where nothing is asked for.</summary>
    public static CodeOptions Default { get; } = new(new CodeRequest());

    /// <summary>How options are called in diagnostics.</summary>
    private OptionStyle Style { get; }

    /// <summary>How the model's bytes come into the program.</summary>
    public SourceFormat Format { get; }

    /// <summary>Whether a header that registers the operators is generated; only ever for TensorFlow Lite Micro.</summary>
    public bool EmitsOpResolver { get; }

    /// <summary>Whether the source defines the arena.</summary>
    public bool EmitsArena { get; }

    /// <summary>Where the model lies; null for where constants lie.</summary>
    public SectionPlacement? ModelPlacement { get; }

    /// <summary>Where the arena lies; null for where variables lie.</summary>
    public SectionPlacement? ArenaPlacement { get; }

    /// <summary>Reads a user's words.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>: a word is not allowed, or two contradict each other.</exception>
    public static CodeOptions Resolve(CodeRequest request) => new(request);

    /// <summary>The same with the arena that the source defines in <paramref name="region"/>, unless a section was named for it.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>: nothing is known to place it there.</exception>
    public CodeOptions WithArenaIn(MemoryRegion region)
    {
        if (!EmitsArena || ArenaPlacement is not null)
            return this;
        SectionPlacement? placement = SectionPlacement.Of(region);
        if (placement is null || (Format == SourceFormat.Incbin && placement.Section is null && placement.Macro is null))
            throw Bad($"{Style.Name("ArenaRegion")} is '{region.Name}', but no section is known by which its usual linker script would place an array there; "
                + $"name that of yours with {Style.Name("ArenaSection")}");
        return new CodeOptions(this, placement);
    }

    /// <summary>Refuses to define one arena where the program gives the interpreter two.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>.</exception>
    public void RefuseOneArena()
    {
        if (EmitsArena)
            throw Bad($"{Style.Setting("EmitArena", "true")} defines one arena, and {Style.Name("PersistentRegion")} says that the program gives two; leave "
                + "one of both out");
    }

    private void CheckMacro(SectionPlacement? placement)
    {
        if (Format == SourceFormat.Incbin && placement?.Macro is { } macro)
            throw Bad($"{macro} is a macro of C, which the assembler source of {Style.Setting("Format", "incbin")} cannot use; name the section itself");
    }

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
