using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Tests.Output;

public sealed class OutputSetTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string directory = Directory.CreateTempSubdirectory("tinyreorder-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Files_take_their_places_together_and_those_that_stay_are_not_touched()
    {
        string header = Old("kws.h", "old"), same = Old("kws_ops.h", "same"), added = PathOf("sub", "kws.c");
        using (var outputs = new OutputSet())
        {
            outputs.Add(header, Bytes("new"));
            outputs.Add(same, Bytes("same"));
            outputs.Add(added, stream => stream.WriteByte((byte)'c'));
            Assert.Equal(("old", false), (File.ReadAllText(header), File.Exists(added)));

            Assert.Equal([(header, true), (same, false), (added, true)], outputs.TakePlace());
        }

        Assert.Equal(("new", "same", "c"), (File.ReadAllText(header), File.ReadAllText(same), File.ReadAllText(added)));
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(same));
        Assert.Equal([header, same, added], Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_later_file_that_cannot_be_written_leaves_all_as_they_were()
    {
        string header = Old("kws.h", "old"), blocked = PathOf("kws.c");
        Directory.CreateDirectory(blocked);
        var failure = Assert.Throws<TinyReorderException>(() =>
        {
            using var outputs = new OutputSet();
            outputs.Add(header, Bytes("new"));
            outputs.Add(blocked, Bytes("new"));
            outputs.TakePlace();
        });

        Assert.Equal(DiagnosticCodes.CannotWrite, failure.Diagnostic.Code);
        Assert.Contains(blocked, failure.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(header));
        Assert.Equal([header], Directory.GetFiles(directory));
    }

    [Fact]
    public void What_does_not_take_its_place_leaves_nothing()
    {
        string header = Old("kws.h", "old");
        using (var outputs = new OutputSet())
            outputs.Add(header, Bytes("new"));

        Assert.Equal("old", File.ReadAllText(header));
        Assert.Equal([header], Directory.GetFiles(directory));
    }

    private string PathOf(params string[] parts) => Path.Combine([directory, .. parts]);

    private string Old(string name, string text)
    {
        string path = PathOf(name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, LongAgo);
        return path;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
