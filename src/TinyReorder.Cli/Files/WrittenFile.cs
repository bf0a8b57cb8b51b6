namespace TinyReorder.Cli.Files;

/// <summary>A file that a command was asked to write.</summary>
/// <param name="Path">Its path as the user named it.</param>
/// <param name="Changed">Whether it was written; not when it already held just that.</param>
internal sealed record WrittenFile(string Path, bool Changed);
