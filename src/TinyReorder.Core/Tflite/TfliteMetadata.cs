namespace TinyReorder.Tflite;

/// <summary>An entry of the model's metadata.</summary>
/// <param name="Name">Its name, such as <c>OfflineMemoryAllocation</c>.</param>
/// <param name="Buffer">The index of the buffer with its bytes.</param>
internal sealed record TfliteMetadata(string Name, int Buffer)
{
    /// <summary>The name of TensorFlow Lite Micro's offline memory plan (micro/micro_allocation_info.cc).</summary>
    public const string OfflinePlanName = "OfflineMemoryAllocation";

    /// <summary>The name of the list of operator pairs that must keep their order (lite/experimental/remat/metadata_util.h).</summary>
    public const string ControlDependenciesName = "model_control_dependencies";
}
