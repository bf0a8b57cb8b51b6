namespace TinyReorder.Runtimes.Resolvers;

/// <summary>How an operator is registered with a <c>MicroMutableOpResolver</c>.</summary>
/// <param name="Name">The method, such as <c>AddConv2D</c>.</param>
/// <param name="HighestVersion">The highest version of the operator that there is; null for custom operators, whose versions mean nothing.</param>
/// <param name="Since">The day since which TensorFlow Lite Micro has the method, such as <c>2023-09-06</c>; null where it always had it.</param>
internal sealed record ResolverMethod(string Name, int? HighestVersion, string? Since);
