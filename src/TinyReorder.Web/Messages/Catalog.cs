using System.Reflection;

namespace TinyReorder.Web.Messages;

/// <summary>What can be chosen.</summary>
/// <param name="Version">The library's version.</param>
/// <param name="Boards">The boards.</param>
/// <param name="Runtimes">The ids of the libraries with their versions.</param>
internal sealed record Catalog(string Version, IReadOnlyList<BoardEntry> Boards, IReadOnlyList<string> Runtimes)
{
    public static Catalog BuiltIn() => new(
        typeof(Reorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        [.. Reorder.Boards.Select(board => new BoardEntry(board))],
        [.. Reorder.Runtimes.Select(runtime => runtime.Id)]);
}
