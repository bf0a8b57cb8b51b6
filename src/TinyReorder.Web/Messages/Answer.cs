using TinyReorder.Diagnostics;

namespace TinyReorder.Web.Messages;

/// <summary>What was found for a model, or why nothing was.</summary>
internal sealed record Answer
{
    /// <summary>The model cannot be worked with.</summary>
    public Answer(Diagnostic trouble) => Diagnostics = [new Trouble(trouble)];

    /// <param name="model">The result.</param>
    /// <param name="file">What it was found for.</param>
    public Answer(ReorderedModel model, byte[] file)
    {
        Figures = new Figures(model, file);
        Diagnostics = [.. model.Diagnostics.Select(diagnostic => new Trouble(diagnostic))];
        Hints = model.Hints;
        Succeeded = model.Succeeded;
    }

    /// <summary>Null where the model cannot be worked with.</summary>
    public Figures? Figures { get; }

    public IReadOnlyList<Trouble> Diagnostics { get; }

    public IReadOnlyList<string> Hints { get; } = [];

    /// <summary>Whether a device may get the result.</summary>
    public bool Succeeded { get; }
}
