namespace TinyReorder.Planning;

/// <summary>Which order of the operators the result has.</summary>
internal enum OrderChoice
{
    /// <summary>An order of minimal peak.</summary>
    Best,

    /// <summary>The file's order.</summary>
    File,
}
