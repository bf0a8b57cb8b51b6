namespace TinyReorder.Json;

/// <summary>What a <see cref="JsonValue"/> is.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
