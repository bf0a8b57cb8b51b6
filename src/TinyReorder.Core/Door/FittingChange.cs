using TinyReorder.Fitting;

namespace TinyReorder;

/// <summary>Other settings for some of the models, and what all models need then.</summary>
public sealed class FittingChange
{
    internal FittingChange(FitChange change)
    {
        Settings = change.Settings;
        Models = [.. change.Models.Select(model => model.Name)];
        ArenaBytes = change.ArenaBytes;
        ModelBytes = change.FlashBytes;
        WorkRatio = change.WorkRatio;
    }

    /// <summary>The settings, such as <c>Rewrite = RewriteKind.Stream</c>.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>The names of the models that need them; the others stay as they are.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>The bytes of the arenas of all models.</summary>
    public long ArenaBytes { get; }

    /// <summary>The bytes of all models in flash.</summary>
    public long ModelBytes { get; }

    /// <summary>The largest predicted work of a model that is changed, in parts of what it was; 1 where nothing is rewritten.</summary>
    public double WorkRatio { get; }
}
