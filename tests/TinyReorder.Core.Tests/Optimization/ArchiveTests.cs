using System.IO.Compression;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Optimization;

/// <summary>Archives behind a model, when metadata is put before everything.</summary>
public class ArchiveTests
{
    [Fact]
    public void Positions_that_count_from_the_start_of_the_file_follow()
    {
        byte[] file = Model([]);
        using var grown = new MemoryStream();
        grown.Write(file);
        using (var archive = new ZipArchive(grown, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "labels.txt", "cat\ndog\n");
            Add(archive, "vocabulary.txt", "one two three");
        }
        byte[] whole = grown.ToArray();

        byte[] moved = WithMetadata(whole);

        Assert.True(moved.Length > whole.Length);
        Assert.Equal([("labels.txt", "cat\ndog\n"), ("vocabulary.txt", "one two three")], ArchivedFiles.Read(moved));
    }

    [Fact]
    public void Positions_that_count_from_the_start_of_the_archive_stay()
    {
        using var alone = new MemoryStream();
        using (var archive = new ZipArchive(alone, ZipArchiveMode.Create, leaveOpen: true))
            Add(archive, "labels.txt", "cat\ndog\n");
        byte[] trailing = alone.ToArray();

        byte[] moved = WithMetadata(Model(trailing));

        Assert.Equal(trailing, moved[^trailing.Length..]);
    }

    [Fact]
    public void An_archive_that_is_cut_or_changed_anywhere_is_carried_over_as_it_is_or_as_an_archive()
    {
        using var grown = new MemoryStream();
        grown.Write(Model([]));
        int start = (int)grown.Length;
        using (var archive = new ZipArchive(grown, ZipArchiveMode.Create, leaveOpen: true))
            Add(archive, "labels.txt", "cat\ndog\n");
        byte[] whole = grown.ToArray();
        for (int at = start; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0xFF;
            byte[] moved = WithMetadata(damaged);
            int differing = Enumerable.Range(start, damaged.Length - start).Count(i => damaged[i] != moved[moved.Length - damaged.Length + i]);
            Assert.InRange(differing, 0, 8);
            Assert.NotEmpty(WithMetadata(whole[..at]));
        }
    }

    private static void Add(ZipArchive archive, string name, string content)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(content);
    }

    private static byte[] Model(byte[] trailing)
    {
        var b = new ModelBuilder { Layout = new ModelLayout { TrailingBytes = trailing } };
        b.Output(b.Relu(b.Input("x", [1, 8])));
        return b.Build();
    }

    private static byte[] WithMetadata(byte[] file) => TfliteRewriter.Rewrite(TfliteModel.Load(file, "built.tflite"), [[0]], [("added", new byte[100])]);
}
