namespace TinyReorder.Tests.Runtime.Models;

/// <summary>A form of a model.</summary>
/// <param name="Name">What was done to the model.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Memory">What the runtime's fresh memory holds when it runs.</param>
internal sealed record ModelVariant(string Name, byte[] Bytes, byte Memory = 0x3C);
