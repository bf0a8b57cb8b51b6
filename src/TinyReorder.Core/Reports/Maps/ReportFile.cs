namespace TinyReorder.Reports.Maps;

/// <summary>A report as a file.</summary>
/// <param name="Name">The file's name, without a folder.</param>
/// <param name="Content">Its text, to be written in UTF-8 without a byte order mark.</param>
internal sealed record ReportFile(string Name, string Content);
