namespace TinyReorder.Fuzz.Running;

/// <summary>One hostile input.</summary>
/// <param name="Kind">What was done to it, as the tables name it.</param>
/// <param name="Make">Makes the file.</param>
/// <param name="Run">Takes it the whole way; gives how it ended: <c>valid</c>, or the code of the one diagnostic. Anything thrown is a fault.</param>
internal sealed record Mutant(string Kind, Func<byte[]> Make, Func<byte[], string> Run);
