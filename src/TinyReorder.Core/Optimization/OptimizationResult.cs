using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Planning.Streaming;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Optimization;

/// <summary>Everything that was found for a model: what the task, the command line tool and the tests read.</summary>
internal sealed record OptimizationResult
{
    /// <summary>The model as it was given.</summary>
    public required TfliteModel Model { get; init; }

    /// <summary>The model whose operators the orders index: <see cref="Model"/>, or one that was made from it.</summary>
    public required TfliteModel PlannedModel { get; init; }

    /// <summary>The bytes of the reordered model; the very bytes of <see cref="Model"/> where the plan that it carries is kept.</summary>
    public required byte[] OptimizedModel { get; init; }

    /// <summary>The model whose tensors a plan places: the rewritten one for its own plan, else the model as it was.</summary>
    internal TfliteModel ModelOf(ArenaResult plan) => plan.IsRewritten ? PlannedModel : Model;

    /// <summary>What rewriting brought; null where none was asked for.</summary>
    public RewriteOutcome? Rewrite { get; init; }

    /// <summary>One result for each subgraph.</summary>
    public required IReadOnlyList<SubgraphResult> Subgraphs { get; init; }

    /// <summary>The arena of the chosen plan.</summary>
    public required ArenaResult Arena { get; init; }

    /// <summary>The arena as the generated code names it: that of the chosen plan, with what the user wants on top.</summary>
    public required ArenaConstant Constant { get; init; }

    /// <summary>The runtime's profile; null where the arena is the plan alone.</summary>
    public RuntimeProfile? Profile { get; init; }

    /// <summary>Whether the model's inputs stay whole until its last operator has run.</summary>
    public bool KeepsInputs { get; init; }

    /// <summary>
    /// The alternatives: the plan that the file carries, if any, file's order on the device, best order on the device, best order with our plan, and what
    /// overlap gives. The first is <see cref="Baseline"/>.
    /// </summary>
    public required IReadOnlyList<ArenaResult> Plans { get; init; }

    /// <summary>What the interpreter needs for the file as it is: what is saved is saved against this.</summary>
    public ArenaResult Baseline => Plans[0];

    /// <summary>The board, or null when none was named.</summary>
    public required BoardResult? Board { get; init; }

    /// <summary>Everything worth telling; an overflow of the board is an error among them.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Those of <see cref="Plans"/> that could have been chosen: not those which only tell what a known version would allow.</summary>
    public IEnumerable<ArenaResult> AllowedPlans => Plans.Where(plan => plan.Plan == PlanChoice.Own || plan.Overlap <= MostOverlap);

    /// <summary>How far tensors were allowed to share memory.</summary>
    public OverlapChoice MostOverlap { get; init; } = OverlapChoice.Diagonal;

    /// <summary>What is assumed of version and ABI, and which line in the project would make it known: a sentence each.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Whether a too small arena makes the program crash with the assumed version, where others only fail.</summary>
    public bool CrashesOnShortArena { get; init; }

    /// <summary>Whether there is no error: without a board always, with one when the result fits.</summary>
    public bool Succeeded => Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
}
