using System.Text;
using TinyReorder.Runtimes;

namespace TinyReorder.Tests.Runtimes;

public class ReleaseCatalogTests
{
    [Fact]
    public void Every_release_has_profiles_a_day_and_a_source_and_no_two_share_a_name()
    {
        Assert.All(ReleaseCatalog.All, release =>
        {
            Assert.NotEmpty(release.Profiles);
            Assert.Equal(release.Profiles, release.Kernels.Select(profile => profile.Id));
            Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", release.Date);
            Assert.NotEmpty(release.Source);
        });
        Assert.All(ReleaseCatalog.Libraries, library =>
        {
            string[] names = [.. library.Releases.SelectMany(release => release.Names.Append(release.Version))];
            Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        });
    }

    [Fact]
    public void Releases_stand_newest_first() =>
        Assert.All(ReleaseCatalog.Libraries, library =>
            Assert.Equal(library.Releases.OrderByDescending(release => release.Date, StringComparer.Ordinal), library.Releases));

    [Theory]
    [InlineData("2024-12", "2024-12")]
    [InlineData("2025-03", "2024-12")]
    [InlineData("2019-01", "2021-12")]
    [InlineData("2023-12-31", "2023-12")]
    [InlineData("main", "2026-08")]
    public void The_nearest_release_is_the_last_that_is_not_later(string version, string nearest) =>
        Assert.Equal(nearest, ReleaseCatalog.FindLibrary("tflm")!.Nearest(version).Version);

    [Theory]
    [InlineData("zephyr", "3.7")]
    [InlineData("cmsis-pack", "1.24.8")]
    [InlineData("silabs", "4.4")]
    [InlineData("edge-impulse", "1.93")]
    [InlineData("gecko-sdk", "4.3.2")]
    [InlineData("Arduino_TensorFlowLite", "7948B85")]
    public void Libraries_are_found_by_the_names_that_people_know(string library, string version) =>
        Assert.NotNull(ReleaseCatalog.FindLibrary(library)!.Find(version));

    [Fact]
    public void A_folder_is_recognised_only_when_all_of_its_files_are_those_of_a_release()
    {
        var files = new Dictionary<string, byte[]> { ["a.h"] = Encoding.ASCII.GetBytes("one\n"), ["src/b.h"] = Encoding.ASCII.GetBytes("two\r\nlines\n") };
        Release release = ReleaseCatalog.Libraries[0].Newest;
        // SHA-256 of "one\n" and of "two\nlines\n".
        (Release, IReadOnlyList<(string, string)>)[] known =
        [
            (release, [("b.h", "6ad2dd9a8d56fa1bd2d0c2f87fc0e87e9a4a49ca7d8ce2ca2fea94fb4e0b1e5c"), ("c.h", "00")]),
            (release, [("a.h", "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806")]),
        ];

        Assert.Equal(release, SourceFingerprint.Recognise(path => files.GetValueOrDefault(path), known));
        Assert.Null(SourceFingerprint.Recognise(path => files.GetValueOrDefault(path), [known[0]]));
        files["a.h"] = Encoding.ASCII.GetBytes("One\n");
        Assert.Null(SourceFingerprint.Recognise(path => files.GetValueOrDefault(path), known));
        Assert.Null(ReleaseCatalog.Recognise(_ => null));
    }

    [Fact]
    public void Line_ends_of_a_checkout_make_no_difference()
    {
        string hash = string.Concat(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes("two\nlines\n"))
            .Select(value => value.ToString("x2")));
        (Release, IReadOnlyList<(string, string)>)[] known = [(ReleaseCatalog.Libraries[0].Newest, [("b.h", hash)])];

        Assert.NotNull(SourceFingerprint.Recognise(path => path == "src/b.h" ? Encoding.ASCII.GetBytes("two\r\nlines\n") : null, known));
    }
}
