namespace TinyReorder.Output;

/// <summary>One output as a record tells of it.</summary>
/// <param name="Name">The file's name in the record's folder.</param>
/// <param name="Sha256">What was written, as <see cref="ContentHash"/> has it.</param>
/// <param name="Owner">Who wrote it, as <see cref="OutputOwner.NameIn"/> has it.</param>
internal sealed record OwnershipEntry(string Name, string Sha256, string Owner);
