using TinyReorder.Tflite;

namespace TinyReorder.Verification;

/// <summary>
/// Replays the kernel of <paramref name="running"/> with an output that lies on an input: what is read after it was overwritten, or null when nothing is.
/// </summary>
internal delegate string? OverlapCheck(TfliteOperator running, PlacedBuffer input, PlacedBuffer output);
