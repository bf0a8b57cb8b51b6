namespace TinyReorder.Tflite.Editing;

/// <summary>An operator in an edited subgraph: one of the file, untouched, or a new one.</summary>
internal sealed class EditedOperator
{
    /// <summary>The operator of the file that stood at <paramref name="index"/>.</summary>
    public EditedOperator(int index) => Kept = index;

    /// <summary>A new operator.</summary>
    public EditedOperator(NewOperator added) => Added = added;

    /// <summary>The index of one that is kept, else null.</summary>
    public int? Kept { get; }

    /// <summary>The new one, else null.</summary>
    public NewOperator? Added { get; }
}
