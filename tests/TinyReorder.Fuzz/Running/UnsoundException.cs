namespace TinyReorder.Fuzz.Running;

/// <summary>Something came back that should not have.</summary>
internal sealed class UnsoundException(string message) : Exception(message);
