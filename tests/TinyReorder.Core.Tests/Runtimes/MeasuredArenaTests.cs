using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class MeasuredArenaTests
{
    public static TheoryData<string, string> Rows => MeasuredArena.Rows(_ => true);

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void Every_part_of_the_arena_is_what_was_measured(string model, string variant)
    {
        var row = MeasuredArena.Find(model, variant);
        var allocator = new TflmAllocator(TfliteModel.Load(File.ReadAllBytes(Path.Combine(MeasuredArena.Models, model)), model), RuntimeProfile.Find(variant));

        TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());

        Assert.Equal(string.Join(",", row.Scratch), string.Join(",", Scratch(allocator, allocation)));
        Assert.Equal(row.PlannedBuffers, allocation.Buffers.Count);
        Assert.Equal(row.HeadBytes, allocation.HeadBytes);
        Assert.Equal(row.TailAtPlanningBytes, allocation.TailAtPlanningBytes);
        Assert.Equal(row.TailBytes, allocation.PersistentBytes);
        Assert.Equal(row.ArenaBytes, allocation.ArenaBytes);
        Assert.True(allocation.Exact);
    }

    private static IEnumerable<string> Scratch(TflmAllocator allocator, TflmAllocation allocation) =>
        allocation.Buffers.Where(buffer => buffer.IsScratch).Select(buffer => (buffer.Subgraph, buffer.Operator)).Distinct()
            .SelectMany(at => allocator.ScratchBytes(at.Subgraph, at.Operator).Select(bytes => $"{at.Subgraph}:{at.Operator}:{bytes}"));
}
