namespace TinyReorder.Tests.Shared;

/// <summary>Options of an operator: the number in the schema's union BuiltinOptions (or BuiltinOptions2 where <see cref="Second"/>), and the table.</summary>
public sealed record OptionsTable(int Union, FlatTableNode Table)
{
    /// <summary>Whether the table belongs to the union that was added when the first was full.</summary>
    public bool Second { get; init; }
}
