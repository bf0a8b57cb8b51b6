namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>Something read bytes that are no longer, or not yet, what it takes them for.</summary>
internal sealed class ReplayFaultException(string message) : Exception(message);
