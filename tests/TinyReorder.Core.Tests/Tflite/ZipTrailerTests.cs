using System.IO.Compression;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

/// <summary>Positions in an archive are told from bytes that only look like them.</summary>
public class ZipTrailerTests
{
    private const int Before = 100;

    [Theory]
    [InlineData("")]
    [InlineData("a note")]
    public void The_positions_of_an_archive_that_was_written_in_place_are_found(string comment)
    {
        byte[] file = WithArchive(comment, inPlace: true);
        int[] fields = [.. ZipTrailer.PositionFields(file)];

        // One of the directory, and one of each entry, which leads to the entry's own header.
        Assert.Equal(3, fields.Length);
        Assert.Equal(file.Length - comment.Length - 6, fields[0]);
        Assert.Equal(0x02014b50u, At(file, (int)At(file, fields[0])));
        Assert.Equal(0x04034b50u, At(file, (int)At(file, fields[1])));
        Assert.Equal((uint)Before, At(file, fields[1]));
        Assert.Equal(0x04034b50u, At(file, (int)At(file, fields[2])));
    }

    [Fact]
    public void Positions_that_count_from_the_archives_own_start_are_none() => Assert.Empty(ZipTrailer.PositionFields(WithArchive("", inPlace: false)));

    [Fact]
    public void An_archive_of_nothing_has_the_position_of_its_directory_alone()
    {
        byte[] file = [.. new byte[Before], .. EndRecord(0, Before, [])];
        Assert.Equal([Before + 16], ZipTrailer.PositionFields(file));
    }

    [Fact]
    public void A_comment_may_be_as_long_as_its_length_can_say()
    {
        byte[] file = [.. new byte[Before], .. EndRecord(0, Before, new byte[0xFFFF])];
        Assert.Equal([Before + 16], ZipTrailer.PositionFields(file));
        Assert.Empty(ZipTrailer.PositionFields([.. file, 0]));
        Assert.Equal([16], ZipTrailer.PositionFields(EndRecord(0, 0, [])));
        Assert.Empty(ZipTrailer.PositionFields(EndRecord(0, 0, [])[1..]));
        Assert.Empty(ZipTrailer.PositionFields([]));
    }

    /// <summary>Whatever is not as it should be leaves the whole archive alone.</summary>
    [Theory]
    [InlineData(0, -22)] // the end's mark
    [InlineData(0, -10)] // the bytes of the directory
    [InlineData(0, -6)] // where the directory starts
    [InlineData(0, -2)] // the length of the comment
    [InlineData(1, 0)] // an entry's mark
    [InlineData(1, 28)] // the length of its name
    [InlineData(1, 30)] // of its extra field
    [InlineData(1, 32)] // of its comment
    [InlineData(1, 42)] // where it starts
    [InlineData(2, 0)] // the mark there
    public void A_damaged_archive_has_no_positions(int part, int offset)
    {
        byte[] file = WithArchive("", inPlace: true);
        int directory = (int)At(file, file.Length - 6);
        int[] starts = [file.Length, directory, (int)At(file, directory + 42)];
        file[starts[part] + offset] ^= 1;
        Assert.Empty(ZipTrailer.PositionFields(file));
    }

    [Fact]
    public void The_last_entry_ends_where_the_directory_does()
    {
        byte[] local = [0x50, 0x4B, 3, 4, .. new byte[26]];
        byte[] Central(int at, int comment) => [0x50, 0x4B, 1, 2, .. new byte[28], (byte)comment, 0, .. new byte[8], .. BitConverter.GetBytes(at)];
        byte[] File(byte[] directory) => [.. new byte[Before], .. local, .. directory, .. EndRecord(directory.Length, Before + 30, [])];

        Assert.Equal([Before + 30 + 46 + 16, Before + 30 + 42], ZipTrailer.PositionFields(File(Central(Before, 0))));
        Assert.Empty(ZipTrailer.PositionFields(File(Central(Before, 0)[..45])));
        Assert.Empty(ZipTrailer.PositionFields(File([.. Central(Before, 0), .. Central(Before, 0)[..45]])));
        // The header of what is packed must end before the directory, though the mark of one stands there.
        local = [.. local[..10], .. local[..20]];
        Assert.Empty(ZipTrailer.PositionFields(File(Central(Before + 10, 0))));
        Assert.Empty(ZipTrailer.PositionFields(File(Central(Before + 1, 0))));
        Assert.Empty(ZipTrailer.PositionFields(File(Central(-1, 0))));
        Assert.Equal(2, ZipTrailer.PositionFields(File([.. Central(Before, 3), 1, 2, 3])).Count);
    }

    private static uint At(byte[] file, int at) => BitConverter.ToUInt32(file, at);

    private static byte[] EndRecord(int bytes, int directory, byte[] comment) =>
        [0x50, 0x4B, 5, 6, .. new byte[8], .. BitConverter.GetBytes(bytes), .. BitConverter.GetBytes(directory), (byte)comment.Length,
            (byte)(comment.Length >> 8), .. comment];

    private static byte[] WithArchive(string comment, bool inPlace)
    {
        using var stream = new MemoryStream();
        if (inPlace)
            stream.Write(new byte[Before]);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true) { Comment = comment })
        {
            foreach (string name in new[] { "labels.txt", "words.txt" })
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(name);
            }
        }
        return inPlace ? stream.ToArray() : [.. new byte[Before], .. stream.ToArray()];
    }
}
