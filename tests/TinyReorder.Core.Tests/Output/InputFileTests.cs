using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Tests.Output;

/// <summary>No more is read than a file may have.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_file_has_at_most_what_it_may_have(int bytes, bool isRead)
    {
        byte[] content = [.. Enumerable.Range(0, bytes).Select(i => (byte)i)];
        File.WriteAllBytes(path, content);
        if (isRead)
        {
            Assert.Equal(content, InputFile.Read(path, "x.json", DiagnosticCodes.BadBoardFile, mostBytes: 100));
            return;
        }
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() =>
            InputFile.Read(path, "x.json", DiagnosticCodes.BadBoardFile, mostBytes: 100)).Diagnostic;
        Assert.Equal((DiagnosticCodes.BadBoardFile, "x.json"), (diagnostic.Code, diagnostic.File));
        Assert.Contains("more than 100 B", diagnostic.Message);
    }

    [SkippableTheory]
    [InlineData(BoardCatalog.MaxFileBytes)]
    [InlineData(InputFile.LargestModelBytes)]
    public void A_device_without_an_end_is_refused_early(long mostBytes)
    {
        Skip.IfNot(File.Exists("/dev/zero"), "there is no /dev/zero");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<TinyReorderException>(() => InputFile.Read("/dev/zero", "zero", DiagnosticCodes.BadBoardFile, mostBytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 20);
    }
}
