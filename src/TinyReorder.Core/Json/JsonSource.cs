namespace TinyReorder.Json;

/// <summary>Where a tree of values came from.</summary>
/// <param name="FileName">The file as the user named it.</param>
/// <param name="DiagnosticCode">The code under which its faults are reported.</param>
internal sealed record JsonSource(string FileName, string DiagnosticCode);
