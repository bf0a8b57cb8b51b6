using TinyReorder.Boards;
using TinyReorder.Diagnostics;

namespace TinyReorder.Projects;

/// <summary>All models of one firmware, after each was optimized by itself: the arenas that they share, and what they take of their boards together.</summary>
internal sealed record ProjectBudget
{
    /// <summary>The groups that share an arena.</summary>
    public required IReadOnlyList<ArenaGroup> Groups { get; init; }

    /// <summary>Boards that several models are meant for.</summary>
    public required IReadOnlyList<BoardTotal> Boards { get; init; }

    /// <summary>What does not fit together.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Adds up the models of a project.</summary>
    /// <param name="models">Every model, in the project's order.</param>
    /// <param name="catalog">The boards.</param>
    /// <exception cref="TinyReorderException">A group is at fault (<see cref="ArenaGroup.Of"/>), or a board is not known.</exception>
    public static ProjectBudget Of(IReadOnlyList<ModelFootprint> models, BoardCatalog catalog)
    {
        IReadOnlyList<ArenaGroup> groups = ArenaGroup.Of(models);
        BoardTotal[] boards = models.Where(model => model.Board is not null)
            .GroupBy(model => catalog.Find(model.Board!))
            .Select(onBoard => Total(onBoard.Key, onBoard.ToArray(), groups))
            .Where(total => total.Models.Count > 1)
            .ToArray();
        return new ProjectBudget { Groups = groups, Boards = boards, Diagnostics = boards.SelectMany(total => total.Diagnose(catalog)).ToArray() };
    }

    private static BoardTotal Total(Board board, ModelFootprint[] models, IReadOnlyList<ArenaGroup> groups) =>
        new(board, models, groups.Where(group => models.Any(model => model.ArenaGroup == group.Name)).ToArray());
}
