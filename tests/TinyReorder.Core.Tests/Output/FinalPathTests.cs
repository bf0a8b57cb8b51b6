using TinyReorder.Output;

namespace TinyReorder.Tests.Output;

public sealed class FinalPathTests : IDisposable
{
    private readonly string directory = FinalPath.Of(Directory.CreateTempSubdirectory("tinyreorder-").FullName);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [SkippableFact]
    public void Links_of_files_and_of_folders_are_followed_to_their_end_whether_or_not_a_file_is_there()
    {
        Skip.If(OperatingSystem.IsWindows(), "links take rights on Windows");
        Directory.CreateDirectory(PathOf("real", "sub"));
        Directory.CreateSymbolicLink(PathOf("link"), "real");
        Directory.CreateSymbolicLink(PathOf("real", "again"), "sub");
        File.CreateSymbolicLink(PathOf("file"), PathOf("link", "again", "kws.h"));
        foreach (string path in new[] { PathOf("link", "again", "kws.h"), PathOf("link", "sub", ".", "kws.h"), PathOf("real", "again", "..", "again", "kws.h"),
            PathOf("file") })
            Assert.Equal(PathOf("real", "sub", "kws.h"), FinalPath.Of(path));
        Assert.True(FinalPath.AreSame(PathOf("file"), PathOf("real", "sub", "kws.h")));
        Assert.False(FinalPath.AreSame(PathOf("file"), PathOf("real", "kws.h")));
        // A ring of links leads nowhere, and whoever opens it will say so.
        File.CreateSymbolicLink(PathOf("a"), PathOf("b"));
        File.CreateSymbolicLink(PathOf("b"), PathOf("a"));
        Assert.Equal(PathOf("a"), FinalPath.Of(PathOf("a")));
    }

    private string PathOf(params string[] parts) => Path.Combine([directory, .. parts]);
}
