namespace TinyReorder.Rewrites.Regions;

/// <summary>What a loop spares where something has to be dear.</summary>
/// <param name="IsSmall">Whether the file is to be small at the cost of some of the arena.</param>
/// <param name="IsFast">
/// Whether padding is put into rows of one channel as if each were one piece: SELECT_V2 would go through them element by element (micro/kernels/select.cc);
/// for two operators more it copies rows.
/// </param>
internal sealed record LoopStyle(bool IsSmall, bool IsFast);
