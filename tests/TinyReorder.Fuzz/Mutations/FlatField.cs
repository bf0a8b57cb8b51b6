namespace TinyReorder.Fuzz.Mutations;

/// <summary>A place of a FlatBuffer whose meaning is known.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Width">Its bytes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">For an offset, what it leads to: equal types can stand for each other.</param>
internal readonly record struct FlatField(int At, int Width, FieldKind Kind, string Type = "");
