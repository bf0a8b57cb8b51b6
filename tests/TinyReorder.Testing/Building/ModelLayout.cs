namespace TinyReorder.Tests.Shared;

/// <summary>Odd but valid ways to lay out a file, each of which some writer uses or may use.</summary>
public sealed record ModelLayout
{
    /// <summary>Puts all vtables at the end of the flatbuffer, where the offsets from the tables to them are negative.</summary>
    public bool VtablesBehindTables { get; init; }

    /// <summary>Operators that are equal share one table, so that several slots point to the same place.</summary>
    public bool EqualOperatorsShareTable { get; init; }

    /// <summary>Lists of tensor indices that are equal share one vector.</summary>
    public bool EqualIndexListsShareVector { get; init; }

    /// <summary>Adds this many fields behind the last slot that the schema knows to the Model table: numbers and vectors by turns.</summary>
    public int UnknownModelFields { get; init; }

    /// <summary>The same for every Operator table.</summary>
    public int UnknownOperatorFields { get; init; }

    /// <summary>Gives each activation an empty buffer of its own, as converters do, instead of buffer 0.</summary>
    public bool EmptyBufferPerTensor { get; init; }

    /// <summary>
    /// Puts the data of constants behind the flatbuffer, named by absolute offsets, as in files above 2 GB. TensorFlow Lite Micro does not read such files.
    /// </summary>
    public bool BuffersOutside { get; init; }

    /// <summary>Bytes behind everything, such as a zip archive with associated files.</summary>
    public byte[] TrailingBytes { get; init; } = [];
}
