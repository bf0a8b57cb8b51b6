using TinyReorder.Runtimes;

namespace TinyReorder.Measuring;

/// <summary>One run of a self test, as its log tells it.</summary>
internal sealed class SelfTestLog
{
    private readonly Dictionary<string, ObjectSize> sizes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> build = new(StringComparer.Ordinal);

    /// <summary>What the model is called in the code.</summary>
    public required string Symbol { get; init; }

    /// <summary>How often each model was to run in a row.</summary>
    public required long Invocations { get; init; }

    /// <summary>The arena that both models had.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>The id of the profile that the predictions are of.</summary>
    public string Profile { get; internal set; } = "";

    /// <summary>The library with its version that the profile stands for; empty where the log names none.</summary>
    public string Library { get; internal set; } = "";

    /// <summary>The model as it was given.</summary>
    public SelfTestModelLog Original { get; } = new();

    /// <summary>The model as it was generated.</summary>
    public SelfTestModelLog Generated { get; } = new();

    /// <summary>Sizes of objects by the names of their types; <c>enum</c> and <c>pointer</c> among them.</summary>
    public IReadOnlyDictionary<string, ObjectSize> Sizes => sizes;

    /// <summary>What is known of compiler, board and library.</summary>
    public IReadOnlyDictionary<string, string> Build => build;

    /// <summary>How many runs were compared.</summary>
    public int Compared { get; internal set; }

    /// <summary>How many of them were equal in every byte.</summary>
    public int Equal { get; internal set; }

    /// <summary>The first byte that differed, in words; null for none.</summary>
    public string? FirstDifference { get; internal set; }

    /// <summary>What the resource variables took in an arena of their own; null where there are none.</summary>
    public long? VariablesUsedBytes { get; internal set; }

    /// <summary>What they were computed to need there.</summary>
    public long? VariablesPredictedBytes { get; internal set; }

    /// <summary>Whether the test came to its end.</summary>
    public bool HasEnded { get; internal set; }

    /// <summary>How many lines of the test lost some of their characters.</summary>
    public int DamagedLines { get; internal set; }

    /// <summary>The ABI that the sizes tell, by its word; null where they tell none that is known.</summary>
    public string? Abi =>
        sizes.TryGetValue("enum", out ObjectSize size)
        ? size.Bytes switch { 1 => AbiWords.Of(TargetAbi.ShortEnums), 4 => AbiWords.Of(TargetAbi.IntEnums), _ => null } : null;

    /// <summary>How many lines tell something.</summary>
    internal int Records { get; set; }

    internal void AddSize(string name, ObjectSize size) => sizes[name] = size;

    internal void AddBuild(string key, string value) => build[key] = value;
}
