namespace TinyReorder.Output;

/// <summary>An output in its place.</summary>
/// <param name="Path">Where, as the caller named it.</param>
/// <param name="Changed">Whether its content was another one before.</param>
/// <param name="Sha256">Its content, as <see cref="ContentHash"/> has it.</param>
internal sealed record WrittenOutput(string Path, bool Changed, string Sha256);
