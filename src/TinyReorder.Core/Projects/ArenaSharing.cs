namespace TinyReorder.Projects;

/// <summary>How the models of an <see cref="ArenaGroup"/> share one arena. They never run at the same time either way.</summary>
internal enum ArenaSharing
{
    /// <summary>Each interpreter is made anew in the whole arena before its model runs: the arena is the largest of them.</summary>
    Recreate,

    /// <summary>All interpreters stay, made with one <c>MicroAllocator</c>: they share the tensors' memory, and what each keeps adds up.</summary>
    Resident,
}
