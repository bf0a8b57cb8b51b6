namespace TinyReorder.Web.Messages;

/// <summary>The name of a file that was made, or why there is none.</summary>
internal sealed record MadeFile
{
    public string? Name { get; init; }

    public Trouble? Trouble { get; init; }
}
