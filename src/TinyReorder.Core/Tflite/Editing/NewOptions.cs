namespace TinyReorder.Tflite.Editing;

/// <summary>A table of options.</summary>
/// <param name="UnionType">Which table of the schema's union it is.</param>
/// <param name="Fields">Its fields: their slots, whether each is one byte or an int32, and their values.</param>
internal sealed record NewOptions(byte UnionType, IReadOnlyList<(int Slot, bool IsByte, int Value)> Fields);
