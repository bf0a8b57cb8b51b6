namespace TinyReorder.CodeGeneration;

/// <summary>A template that a user supplies.</summary>
/// <param name="FileName">The file as the user named it, for diagnostics.</param>
/// <param name="Utf8">The file's bytes.</param>
internal sealed record TemplateFile(string FileName, byte[] Utf8);
