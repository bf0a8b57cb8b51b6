using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>A graph whose order is searched.</summary>
/// <param name="Name">What tells it from the others.</param>
/// <param name="Create">Makes it.</param>
internal sealed record SearchCase(string Name, Func<Graph> Create)
{
    /// <summary>The row of the paper's table that it is made after.</summary>
    public ZooNetwork? Published { get; init; }
}
