using System.Globalization;

namespace TinyReorder.Cli.Tests.Running;

/// <summary>A row of the table that an independent exact solver made: the peaks of one subgraph in bytes, plain and with each tensor rounded up to 16, and the lowest arena.</summary>
public sealed record ExpectedPeaks(string Model, int Subgraph, int Operators, long Default, long Optimal, long Default16, long Optimal16, long ArenaBest)
{
    public static ExpectedPeaks Parse(string line)
    {
        string[] cells = line.Split('\t');
        long Number(int column) => long.Parse(cells[column], CultureInfo.InvariantCulture);
        return new ExpectedPeaks(cells[0], (int)Number(1), (int)Number(2), Number(4), Number(5), Number(6), Number(7), Number(11));
    }
}
