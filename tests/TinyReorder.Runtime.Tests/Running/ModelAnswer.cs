namespace TinyReorder.Tests.Runtime.Running;

/// <summary>What a runtime did.</summary>
/// <param name="Hashes">SHA-256 over all output bytes of each invocation, input by input; empty when it did not run.</param>
/// <param name="OutputBytes">The bytes of one invocation's outputs.</param>
/// <param name="Refusal">Why it did not run, mostly in the runtime's words; empty when it ran.</param>
internal sealed record ModelAnswer(IReadOnlyList<string> Hashes, long OutputBytes, string Refusal)
{
    /// <summary>All output bytes of each invocation, where they were asked for.</summary>
    public IReadOnlyList<byte[]> Values { get; init; } = [];

    public bool Ran => Refusal.Length == 0;
}
