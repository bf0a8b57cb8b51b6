using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Planning;

/// <summary>The plans that were found for one model, and the one to take.</summary>
internal sealed record ModelPlan
{
    /// <summary>The model whose operators the orders index.</summary>
    public required TfliteModel Model { get; init; }

    /// <summary>How its arena was planned.</summary>
    public required ArenaPlanning Planning { get; init; }

    /// <summary>The plan to take.</summary>
    public required ArenaResult Chosen { get; init; }

    /// <summary>All plans, the first of them that of the file as it is.</summary>
    public required IReadOnlyList<ArenaResult> Plans { get; init; }

    /// <summary>The orders and graphs with as much overlap as the chosen plan has.</summary>
    public required OverlapStage Stage { get; init; }

    /// <summary>The same for the file as it is.</summary>
    public required OverlapStage AsItIs { get; init; }

    /// <summary>Whether the file stays as it is.</summary>
    public required bool KeepsFile { get; init; }

    /// <summary>What to tell about the model and its plan.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
