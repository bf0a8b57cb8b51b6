using TinyReorder.Diagnostics;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>What a model's last good run came to.</summary>
internal sealed class KeptRun(ModelFootprint footprint, IReadOnlyList<(string Path, string Sha256)> outputs, IReadOnlyList<Diagnostic> warnings)
{
    /// <summary>What the model takes of its board.</summary>
    public ModelFootprint Footprint { get; } = footprint;

    /// <summary>The files, as the project names them, and the SHA-256 of what was written.</summary>
    public IReadOnlyList<(string Path, string Sha256)> Outputs { get; } = outputs;

    /// <summary>The warnings about the model.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; } = warnings;
}
