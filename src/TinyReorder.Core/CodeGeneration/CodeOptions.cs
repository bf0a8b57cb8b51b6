using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>What is generated for a model besides the defaults, checked.</summary>
public sealed class CodeOptions
{
    private static readonly (string Word, SourceFormat Value)[] s_formats = [("c", SourceFormat.C), ("incbin", SourceFormat.Incbin)];
    private static readonly (string Word, bool Value)[] s_truths = [("true", true), ("false", false)];

    private CodeOptions(CodeRequest request)
    {
        bool isTflm = !Is(request.Runtime, "none");
        Format = Choose(request.Format, "Format", s_formats, SourceFormat.C);
        EmitsOpResolver = Choose(request.OpResolver, "OpResolver", s_truths, isTflm) && isTflm;
        EmitsArena = Choose(request.EmitArena, "EmitArena", s_truths, false);
        ModelPlacement = Placement.Parse(request.ModelSection, "ModelSection");
        ArenaPlacement = Placement.Parse(request.ArenaSection, "ArenaSection");
        if (ArenaPlacement is not null && !EmitsArena)
            throw Bad("ArenaSection is about the arena that EmitArena=\"true\" defines; add that, or leave it out");
        if (ModelPlacement is not null && ModelPlacement.Section == ArenaPlacement?.Section && ModelPlacement.Macro == ArenaPlacement?.Macro)
            throw Bad($"ModelSection and ArenaSection are both {Quote.Text(request.ModelSection!)}, but a section holds constants or variables, not both; "
                + "name two");
        foreach (Placement? placement in new[] { ModelPlacement, ArenaPlacement })
        {
            if (Format == SourceFormat.Incbin && placement?.Macro is { } macro)
                throw Bad($"{macro} is a macro of C, which the assembler source of Format=\"incbin\" cannot use; name the section itself");
        }
    }

    /// <summary>What is generated where nothing is asked for.</summary>
    public static CodeOptions Default { get; } = new(new CodeRequest());

    /// <summary>How the model's bytes come into the program.</summary>
    public SourceFormat Format { get; }

    /// <summary>Whether a header that registers the operators is generated; only ever for TensorFlow Lite Micro.</summary>
    public bool EmitsOpResolver { get; }

    /// <summary>Whether the source defines the arena.</summary>
    public bool EmitsArena { get; }

    /// <summary>Where the model lies; null for where constants lie.</summary>
    public Placement? ModelPlacement { get; }

    /// <summary>Where the arena lies; null for where variables lie.</summary>
    public Placement? ArenaPlacement { get; }

    /// <summary>Reads a user's words.</summary>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadOption"/>: a word is not allowed, or two contradict each other.</exception>
    public static CodeOptions Resolve(CodeRequest request) => new(request);

    private static T Choose<T>(string? word, string option, (string Word, T Value)[] choices, T byDefault)
    {
        if (string.IsNullOrWhiteSpace(word))
            return byDefault;
        foreach ((string known, T value) in choices)
        {
            if (Is(word, known))
                return value;
        }
        throw Bad($"{option} is \"{Quote.Text(word!.Trim())}\", but must be one of: {string.Join(", ", choices.Select(choice => choice.Word))}");
    }

    private static bool Is(string? word, string known) => string.Equals(word?.Trim(), known, StringComparison.OrdinalIgnoreCase);

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}
