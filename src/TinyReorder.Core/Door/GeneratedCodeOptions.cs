namespace TinyReorder;

/// <summary>What <see cref="ReorderedModel.Generate"/> shall make.</summary>
public sealed record GeneratedCodeOptions
{
    /// <summary>What files and identifiers are made of: letters, digits and underscores, a letter first. Null for the model's name.</summary>
    public string? Symbol { get; init; }

    /// <summary>How the model's bytes come into the program.</summary>
    public SourceKind Source { get; init; }

    /// <summary>Whether a header registers just the model's operators; there is none where no interpreter runs the model.</summary>
    public bool OpResolver { get; init; } = true;

    /// <summary>Whether the source defines the arena too.</summary>
    public bool DefinesArena { get; init; }

    /// <summary>Where the model lies: a section such as <c>.qspi</c>, or an attribute macro of ESP-IDF or Zephyr; null for where constants lie.</summary>
    public string? ModelSection { get; init; }

    /// <summary>Where the arena lies, in the same words; null for where variables lie. Only with <see cref="DefinesArena"/>.</summary>
    public string? ArenaSection { get; init; }
}
