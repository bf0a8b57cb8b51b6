namespace TinyReorder.Cli.Tests;

/// <summary>What a report of a defect names.</summary>
public sealed class DefectTests
{
    [Fact]
    public void The_place_is_the_method_that_threw()
    {
        Exception thrown = Assert.Throws<InvalidOperationException>(Throw);
        Assert.Equal("DefectTests.Throw", CommandLineTool.PlaceOf(thrown));
        Assert.Equal("an unknown place", CommandLineTool.PlaceOf(new InvalidOperationException()));
    }

    private static void Throw() => throw new InvalidOperationException("for the test");
}
