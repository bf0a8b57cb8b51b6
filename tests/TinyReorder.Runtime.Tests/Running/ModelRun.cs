namespace TinyReorder.Tests.Runtime.Running;

/// <summary>What a runtime is asked to do.</summary>
/// <param name="Engine"><c>tflite</c> or <c>litert</c>.</param>
/// <param name="Model">The file.</param>
/// <param name="Memory">What fresh memory holds.</param>
/// <param name="Invocations">Consecutive invocations of one interpreter, for each of the inputs.</param>
internal sealed record ModelRun(string Engine, byte[] Model, byte Memory, int Invocations)
{
    /// <summary>Whether the answer shall hold the outputs themselves.</summary>
    public bool WithValues { get; init; }
}
