using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace TinyReorder.Fuzz.Repeatable;

/// <summary>A run that is killed leaves every file as it was or as it should be, never half of one.</summary>
public sealed class KilledTests(ITestOutputHelper output) : IDisposable
{
    private const int FewKills = 3, UsualKills = 8, LongestRunMilliseconds = 800;

    private readonly Folder folder = new();

    /// <summary>TINYREORDER_KILLS runs more: 200 take some minutes.</summary>
    private static int ManyKills =>
        int.TryParse(Environment.GetEnvironmentVariable("TINYREORDER_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : UsualKills;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_file_is_an_old_or_a_new_one() => Kill(FewKills);

    [Fact]
    [Trait("Category", "Slow")]
    public void Each_file_is_an_old_or_a_new_one_after_many_kills() => Kill(ManyKills);

    private void Kill(int kills)
    {
        string a = folder.Write("a/kws.tflite", Tool.Model(0)), b = folder.Write("b/kws.tflite", Tool.Model(1)), outputs = folder.Sub("outputs");
        SortedDictionary<string, byte[]>[] whole = new[] { a, b }.Select(model =>
        {
            string clean = folder.Sub("clean " + Path.GetFileName(Path.GetDirectoryName(model)));
            Assert.Equal(0, Tool.WriteAll(model, clean, Console.Error));
            return Tool.Read(clean);
        }).ToArray();
        var random = new Random(8);
        int leftovers = 0, mixed = 0, changes = 0;
        SortedDictionary<string, byte[]> before = [];
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = Tool.Start(["write-for-ever", a, b, outputs]);
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(LongestRunMilliseconds));
            process.Kill();
            process.WaitForExit();

            SortedDictionary<string, byte[]> found = Tool.Read(outputs);
            string[] temporary = [.. found.Keys.Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))];
            leftovers += temporary.Length;
            foreach (string name in temporary)
            {
                File.Delete(Path.Combine(outputs, name));
                found.Remove(name);
            }
            Assert.All(found,
                file => Assert.True(whole.Any(version => version[file.Key].AsSpan().SequenceEqual(file.Value)),
                $"kill {kill}: {file.Key} is neither old nor new"));
            bool[] isA = [.. found.Select(file => whole[0][file.Key].AsSpan().SequenceEqual(file.Value))];
            mixed += isA.Distinct().Count() > 1 ? 1 : 0;
            changes += before.Count == found.Count && before.All(file => file.Value.AsSpan().SequenceEqual(found[file.Key])) ? 0 : 1;
            before = found;
        }
        output.WriteLine($"{kills} kills: every file whole; {changes} found other files than the kill before, {mixed} files of two runs side by side, "
            + $"{leftovers} temporary files left");
        Assert.True(changes > 0, "no kill came after something was written");
        // The next run that is let go to its end sets everything right.
        string both = Tool.PathOfBoth(outputs);
        File.Copy(a, both, overwrite: true);
        Assert.Equal(0, Tool.WriteAll(both, outputs, Console.Error));
        Assert.All(Tool.Read(outputs), file => Assert.True(whole[0][file.Key].AsSpan().SequenceEqual(file.Value), file.Key));
    }

    [Fact]
    public void Runs_side_by_side_leave_whole_files()
    {
        string model = folder.Write("kws.tflite", Tool.Model(0)), outputs = folder.Sub("outputs"), clean = folder.Sub("clean");
        Assert.Equal(0, Tool.WriteAll(model, clean, Console.Error));

        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ => Assert.Equal(0, Tool.WriteAll(model, outputs, Console.Error)));

        SortedDictionary<string, byte[]> expected = Tool.Read(clean), found = Tool.Read(outputs);
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(found[file.Key]), file.Key));
    }
}
