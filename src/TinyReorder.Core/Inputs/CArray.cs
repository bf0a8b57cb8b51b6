namespace TinyReorder.Inputs;

/// <summary>An array of numbers in C source.</summary>
/// <param name="Name">Its name; empty where the file is nothing but the list.</param>
/// <param name="Offset">Where the name stands in the source.</param>
internal sealed record CArray(string Name, int Offset)
{
    /// <summary>How many values it has.</summary>
    public long Count { get; init; }

    /// <summary>The bytes; null unless it holds a model.</summary>
    public byte[]? Model { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>Where that is in the source.</summary>
    public int FaultOffset { get; init; }

    /// <summary>Whether its bytes 4 to 7 are those of a model.</summary>
    public bool HoldsModel => Model is not null;
}
