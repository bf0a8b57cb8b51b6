using System.Globalization;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

/// <summary>docs/arena.md tells a real model's arena in numbers, which have to be the ones that we compute.</summary>
public class ArenaPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.PathOf("docs", "arena.md"));

    [Fact]
    public void Each_step_of_the_tail_follows_from_the_one_before()
    {
        long t = 0;
        int steps = 0;
        foreach (string[] row in Page.Split('\n').Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()))
        {
            if (row.Length != 4 || !long.TryParse(row[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long size) || row[2].Length == 0)
                continue;
            long alignment = long.Parse(row[2], CultureInfo.InvariantCulture);
            long each = row[0].StartsWith("eight more", StringComparison.Ordinal) ? 8 : 1;
            t = each * Up(size / each, each > 1 ? alignment : 1) + t;
            t = Up(t, alignment);
            Assert.Equal(row[3], t.ToString("N0", CultureInfo.InvariantCulture));
            steps++;
        }
        Assert.Equal(18, steps);

        static long Up(long bytes, long alignment) => (bytes + alignment - 1) / alignment * alignment;
    }

    [SkippableFact]
    public void The_parts_are_those_of_the_model()
    {
        string path = Path.Combine(MeasuredArena.Models, "mlperf_kws.tflite");
        Skip.IfNot(File.Exists(path), "shared/models is not there");
        var allocator = new TflmAllocator(TfliteModel.Load(File.ReadAllBytes(path), "mlperf_kws.tflite"), RuntimeProfile.Find("reference"));

        TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());

        string[] figures = new[] { allocation.HeadBytes, allocation.PersistentBytes, allocation.PlannerBytes, allocation.PrepareBytes, allocation.ArenaBytes }
            .Select(bytes => bytes.ToString("N0", CultureInfo.InvariantCulture)).ToArray();
        Assert.Contains($"arena = max(A16({figures[0]} + {figures[1]}), {figures[2]}, {figures[3]}) = {figures[4]} ", Page, StringComparison.Ordinal);
        Assert.Contains($"| **{allocation.TailAtPlanningBytes.ToString("N0", CultureInfo.InvariantCulture)}** |", Page, StringComparison.Ordinal);
        Assert.Contains($"here {allocation.NonPersistentArenaBytes!.Value.ToString("N0", CultureInfo.InvariantCulture)} B; `kKwsPersistentArenaSize`", Page,
            StringComparison.Ordinal);
        Assert.Contains($"here {allocation.PersistentArenaBytes!.Value.ToString("N0", CultureInfo.InvariantCulture)} B. Each", Page, StringComparison.Ordinal);
    }
}
