namespace TinyReorder.Tflite;

/// <summary>The bytes are no FlatBuffer; <see cref="TfliteModel"/> adds where in the model that was met.</summary>
internal sealed class FlatBufferException(string message) : Exception(message);
