namespace TinyReorder.Runtimes.Measuring;

/// <summary>The smallest arena in which a model ran on a device.</summary>
/// <param name="ModelSha256">The SHA-256 of the model's bytes as they ran there, plan included, in lower-case hexadecimal digits.</param>
/// <param name="ArenaBytes">The arena, a multiple of 16.</param>
/// <param name="UsedBytes">What <c>arena_used_bytes()</c> answered.</param>
internal sealed record MeasuredArena(string ModelSha256, long ArenaBytes, long UsedBytes);
