using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Architecture;

/// <summary>Compares the arrows between the rooms of the library with those that docs/design.md allows.</summary>
public class ArrowTests
{
    private const string Root = "TinyReorder.";

    private static readonly Lazy<SortedSet<string>> Compiled = new(OfLibrary);

    [Fact]
    public void The_page_lists_every_arrow_and_no_other()
    {
        SortedSet<string> allowed = OfPage();
        Assert.NotEmpty(allowed);
        string[] differences = [.. Compiled.Value.Except(allowed).Select(arrow => "not on the page: " + arrow),
            .. allowed.Except(Compiled.Value).Select(arrow => "only on the page: " + arrow)];
        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    [Fact]
    public void No_arrow_closes_a_circle()
    {
        Dictionary<string, string[]> targets = Compiled.Value.Select(Ends).GroupBy(arrow => arrow.From)
            .ToDictionary(room => room.Key, room => room.Select(arrow => arrow.To).ToArray());
        var left = new HashSet<string>(targets.Keys);
        while (left.FirstOrDefault(room => !targets[room].Any(left.Contains)) is { } leaf)
            left.Remove(leaf);
        Assert.Empty(left);
    }

    [Theory]
    [InlineData("Microsoft.Build")]
    [InlineData("System.Net")]
    [InlineData("System.Console")]
    public void The_library_does_without(string name) =>
        Assert.DoesNotContain(typeof(TfliteModel).Assembly.GetReferencedAssemblies(), reference => reference.Name!.StartsWith(name, StringComparison.Ordinal));

    private static SortedSet<string> OfLibrary()
    {
        var architecture = new ArchLoader().LoadAssemblies(typeof(TfliteModel).Assembly).Build();
        IEnumerable<string> arrows =
            from type in architecture.Types
            from dependency in type.Dependencies
            let room = RoomOf(type)
            let other = RoomOf(dependency.Target)
            where room is not null && other is not null && room != other
            select Arrow(room, other);
        return new SortedSet<string>(arrows, StringComparer.Ordinal);
    }

    /// <summary>The rows of the table: a room, and what it uses.</summary>
    private static SortedSet<string> OfPage()
    {
        string page = File.ReadAllText(RepositoryFiles.PathOf("docs", "design.md"));
        string table = page[page.IndexOf("## Arrows", StringComparison.Ordinal)..page.IndexOf("## Words", StringComparison.Ordinal)];
        IEnumerable<string> arrows =
            from line in table.Split('\n')
            where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Room", StringComparison.Ordinal)
            let cells = line.Trim('|', ' ').Split(" | ")
            from other in cells[1].Split(", ")
            where other != "nothing"
            select Arrow(cells[0].Trim(), other.Trim());
        return new SortedSet<string>(arrows, StringComparer.Ordinal);
    }

    private static string? RoomOf(IType type) => type.Namespace.FullName switch
    {
        // The namespace above the rooms is the door's; what every room reads its data with lies there too and is of none.
        "TinyReorder" => type.Name == nameof(EmbeddedFile) ? null : "Door",
        var name => name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Replace('.', '/') : null,
    };

    private static string Arrow(string from, string to) => $"{from} -> {to}";

    private static (string From, string To) Ends(string arrow) => arrow.Split(" -> ") is [var from, var to] ? (from, to) : throw new FormatException(arrow);
}
