using TinyReorder.Diagnostics;

namespace TinyReorder.Tflite;

/// <summary>
/// The fields of an operator's options by their slot in the schema's table (the order of the fields in schema.fbs, a union counting two).
/// Each read is checked; a field that lies outside the file throws <see cref="TinyReorderException"/> with TINY2002.
/// </summary>
internal sealed class OperatorOptions
{
    private readonly FlatTable? table;
    private readonly string where;

    internal OperatorOptions(int unionType, FlatTable? table, byte[] customOptions, string where)
    {
        UnionType = unionType;
        this.table = table;
        CustomOptions = customOptions;
        this.where = where;
    }

    /// <summary>The number of the table in the schema's union BuiltinOptions, 0 for none.</summary>
    public int UnionType { get; }

    /// <summary>Where the table stands in the file; null where there is none.</summary>
    internal int? TablePosition => table?.Position;

    /// <summary>The raw options of a custom operator; empty when there are none.</summary>
    public byte[] CustomOptions { get; }

    /// <summary>Whether the file has an options table.</summary>
    public bool Exist => table is not null;

    /// <summary>An 8-bit field (enum or bool).</summary>
    public int Byte(int slot, byte absent = 0) => Read(options => options.Byte(slot, absent), absent);

    /// <summary>A bool field.</summary>
    public bool Bool(int slot, bool absent = false) => Byte(slot, absent ? (byte)1 : (byte)0) != 0;

    /// <summary>A 32-bit integer field.</summary>
    public int Int32(int slot, int absent = 0) => Read(options => options.Int32(slot, absent), absent);

    /// <summary>A float field.</summary>
    public float Single(int slot, float absent = 0) =>
        Read(options => options.Field(slot) == 0 ? absent : BitConverter.ToSingle(BitConverter.GetBytes(options.Int32(slot)), 0), absent);

    /// <summary>A string field, or null when it is absent.</summary>
    public string? FindText(int slot) => Read(options => options.Field(slot) == 0 ? null : options.Text(slot), null);

    /// <summary>A vector of 32-bit integers, empty when it is absent.</summary>
    public int[] Int32Array(int slot) => Read(options => options.Int32Array(slot), []);

    private T Read<T>(Func<FlatTable, T> field, T absent)
    {
        if (table is null)
            return absent;
        try
        {
            return field(table.Value);
        }
        catch (FlatBufferException e)
        {
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CorruptFile, $"the options of {where} are damaged: {e.Message}"), e);
        }
    }
}
