namespace TinyReorder.Scheduling;

/// <summary>A step of the search.</summary>
/// <param name="Operators">What runs, in order: <paramref name="Target"/> last, before it what only it needs now.</param>
/// <param name="Target">The operator that the step is for.</param>
/// <param name="RunningBytes">The most that is held while one of them runs.</param>
/// <param name="Growth">What the step adds to the live bytes.</param>
internal sealed record Move(int[] Operators, int Target, long RunningBytes, long Growth);
