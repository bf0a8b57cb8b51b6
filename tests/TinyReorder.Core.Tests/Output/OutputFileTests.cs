using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Tests.Output;

public sealed class OutputFileTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string directory = Directory.CreateTempSubdirectory("tinyreorder-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_new_file_is_written_with_the_directories_above_it()
    {
        string path = Path.Combine(directory, "a", "b", "kws.h");
        Assert.True(Write(path, "text"));
        Assert.Equal("text", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_same_content_keeps_the_time_stamp_and_another_does_not()
    {
        string path = Path.Combine(directory, "kws.h"), text = new('x', 200_000);
        Write(path, text);
        File.SetLastWriteTimeUtc(path, LongAgo);
        Assert.False(Write(path, text));
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(path));

        Assert.True(Write(path, text[..^1] + "y"));
        Assert.NotEqual(LongAgo, File.GetLastWriteTimeUtc(path));
        Assert.EndsWith("xy", File.ReadAllText(path));

        Assert.True(Write(path, ""));
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it()
    {
        string path = Path.Combine(directory, "kws.h");
        Write(path, "before");
        Assert.Throws<InvalidOperationException>(() => OutputFile.WriteIfChanged(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(directory));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_one_diagnostic()
    {
        string path = Path.Combine(directory, "kws.h");
        Directory.CreateDirectory(path);
        Assert.Equal(DiagnosticCodes.CannotWrite, Assert.Throws<TinyReorderException>(() => Write(path, "text")).Diagnostic.Code);
        Assert.Equal(DiagnosticCodes.CannotWrite, Assert.Throws<TinyReorderException>(() => Write(Path.Combine(directory, "a\0b"), "text")).Diagnostic.Code);
        Assert.Empty(Directory.GetFiles(directory));
    }

    [Fact]
    public void Deleting_what_is_not_there_is_nothing()
    {
        string path = Path.Combine(directory, "kws.h");
        Write(path, "text");
        OutputFile.Delete(path);
        Assert.False(File.Exists(path));
        OutputFile.Delete(path);
        OutputFile.Delete(Path.Combine(directory, "no", "such", "directory"));
    }

    [Fact]
    public void An_input_that_is_missing_is_named_as_the_user_wrote_it()
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => InputFile.Read(Path.Combine(directory, "kws.tflite"), "kws.tflite")).Diagnostic;
        Assert.Equal("kws.tflite : error TINY2010: cannot read 'kws.tflite': the file does not exist.", diagnostic.ToString());
        Assert.Equal(DiagnosticCodes.CannotRead, Assert.Throws<TinyReorderException>(() => InputFile.Read(directory, "a directory")).Diagnostic.Code);
    }

    private static bool Write(string path, string text) => OutputFile.WriteIfChanged(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
