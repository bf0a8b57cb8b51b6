namespace TinyReorder.CompareBuilds.Running;

/// <summary>What a run of the tool gave.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Time">How long it took.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Errors, RunTime Time)
{
    /// <summary>The content of each file that lies in its folder afterwards, by relative path with slashes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();
}
