namespace TinyReorder.Runtimes.Kernels;

/// <summary>An operator is not of the form that its formula speaks of, so that its figures are unknown.</summary>
internal sealed class KernelMismatchException(string message) : Exception(message);
