using System.Text;
using TinyReorder.Projects;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Projects;

public class ArenaGroupHeaderTests
{
    [Theory]
    [InlineData("audio", nameof(ArenaSharing.Recreate), 16_000L)]
    [InlineData("resident", nameof(ArenaSharing.Resident), null)]
    public void What_is_generated_is_the_golden_file(string name, string sharingName, long? nonPersistentBytes)
    {
        ArenaSharing sharing = Enum.Parse<ArenaSharing>(sharingName);
        ModelFootprint[] members = [Model("kws", 22_784, 6_772), Model("person_v2", 100_672, 26_932) with { NonPersistentArenaBytes = nonPersistentBytes },
            Model("vad", 3_008, 1_000)];
        using MemoryStream stream = new();
        ArenaGroupHeader.Write(new ArenaGroup(name, sharing, members), stream);
        string generated = new UTF8Encoding(false, true).GetString(stream.ToArray());
        string path = RepositoryFiles.PathOf("tests/TinyReorder.Core.Tests/CodeGeneration/golden", name + "_arena.h");

        if (Environment.GetEnvironmentVariable("TINYREORDER_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, generated);
        Assert.Equal(File.ReadAllText(path), generated);

        ModelFootprint Model(string symbol, long arenaBytes, long persistentBytes) => new()
        {
            Model = symbol + ".tflite",
            Symbol = symbol,
            ArenaBytes = arenaBytes,
            PersistentBytes = persistentBytes,
            NonPersistentArenaBytes = nonPersistentBytes is null ? null : arenaBytes - persistentBytes,
            FlashBytes = 10_000,
        };
    }
}
