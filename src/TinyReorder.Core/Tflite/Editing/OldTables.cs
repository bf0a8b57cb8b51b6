namespace TinyReorder.Tflite.Editing;

/// <summary>Where the tables of a file stand that new ones refer to.</summary>
internal sealed class OldTables(TfliteModel model)
{
    /// <summary>The number of operator codes.</summary>
    public int CodeCount => model.Root.Vector(Schema.Root.OperatorCodes, 4)?.Length ?? 0;

    /// <summary>Whether a table can be written anew: it has no field beyond those that are known.</summary>
    public static bool CanCopy(FlatTable table, int knownSlots) =>
        Enumerable.Range(knownSlots, Math.Max(0, table.SlotCount - knownSlots)).All(slot => table.Field(slot) == 0);

    /// <summary>Where what the field in <paramref name="slot"/> refers to stands; 0 where the field is absent.</summary>
    public int Target(FlatTable table, int slot) => table.Field(slot) is var field and not 0 ? Follow(field) : 0;

    /// <summary>Where each element of the vector of offsets in <paramref name="slot"/> stands.</summary>
    public IEnumerable<int> Targets(FlatTable table, int slot)
    {
        if (table.Vector(slot, 4) is not { } vector)
            yield break;
        for (int i = 0; i < vector.Length; i++)
            yield return Follow(vector.Slot(i));
    }

    /// <summary>The tables in the vector of <paramref name="slot"/>.</summary>
    public static IEnumerable<FlatTable> Tables(FlatTable table, int slot)
    {
        FlatVector? vector = table.Vector(slot, 4);
        for (int i = 0; i < (vector?.Length ?? 0); i++)
            yield return vector!.Value.TableAt(i);
    }

    /// <summary>The table of a subgraph.</summary>
    public FlatTable Subgraph(int index) => model.Root.Vector(Schema.Root.Subgraphs, 4)!.Value.TableAt(index);

    /// <summary>The table of a tensor.</summary>
    public FlatTable Tensor(int subgraph, int index) => Subgraph(subgraph).Vector(Schema.Subgraph.Tensors, 4)!.Value.TableAt(index);

    /// <summary>The table of an operator, by its index in the file's order.</summary>
    public FlatTable Operator(int subgraph, int index) => Subgraph(subgraph).Vector(Schema.Subgraph.Operators, 4)!.Value.TableAt(index);

    /// <summary>The index of the operator code of a built-in operator, or -1.</summary>
    public int FindCode(int code, int version)
    {
        if (model.Root.Vector(Schema.Root.OperatorCodes, 4) is not { } codes)
            return -1;
        for (int i = 0; i < codes.Length; i++)
        {
            FlatTable table = codes.TableAt(i);
            // One that only stands in the older field is not seen by the interpreter's planner.
            if (table.Int32(Schema.OperatorCode.Code) == code && table.Int32(Schema.OperatorCode.Version, 1) == version
                && table.Field(Schema.OperatorCode.CustomCode) == 0)
                return i;
        }
        return -1;
    }

    private int Follow(int field) => (int)(field + LittleEndian.ReadUInt32(model.Bytes, field));
}
