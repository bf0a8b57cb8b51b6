using TinyReorder.Arenas;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Arenas;

public class SectionMaximumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    public void Every_section_has_the_maximum_of_its_values(int count)
    {
        var random = new Pcg32((ulong)count);
        for (int round = 0; round < 20; round++)
        {
            long[] values = Enumerable.Range(0, count).Select(_ => (long)random.Below(100)).ToArray();
            var sections = new SectionMaximum(values);
            for (int low = 0; low < count; low++)
            {
                for (int high = low; high < count; high++)
                    Assert.Equal(values[low..(high + 1)].Max(), sections.Over(low, high));
            }
        }
    }
}
