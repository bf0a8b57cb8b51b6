namespace TinyReorder.Arenas;

/// <summary>A row of a <see cref="MinimallocCsv"/>.</summary>
/// <param name="Id">Its name there.</param>
/// <param name="Item">The buffer to place; its number is that of the row, from 0.</param>
/// <param name="OffsetBytes">The offset in the file, or null. Whether it is to stay is for the caller to say.</param>
internal sealed record MinimallocBuffer(string Id, PlacementItem Item, long? OffsetBytes);
