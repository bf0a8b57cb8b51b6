using TinyReorder.Optimization;

namespace TinyReorder.Tests.Shared;

/// <summary>What tests ask for that need a model with loops, whatever these cost.</summary>
internal static class StreamRequests
{
    /// <summary>Loops with generous limits, reference kernels and all overlap on a version that is known to the byte.</summary>
    public static OptimizationRequest Generous => new()
    {
        Rewrite = "stream",
        MaxWork = "1.5",
        MaxFlash = "65536",
        Kernels = "reference",
        Overlap = "diagonal",
        Runtime = "tflm@2026-08",
        Abi = "short-enums",
    };
}
