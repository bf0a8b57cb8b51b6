namespace TinyReorder.Cli.Consoles;

/// <summary>A column of a <see cref="TableWriter"/> table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">Whether its cells are aligned at the right.</param>
/// <param name="MayWrap">Whether its cells may go on in the next line where a terminal is narrow.</param>
internal sealed record TableColumn(string Title, bool IsNumber = false, bool MayWrap = false);
