namespace TinyReorder.Rewrites.Regions;

/// <summary>What an operator does in one band.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Read">The rows of its inputs that it gets, all of them inside of the image.</param>
/// <param name="Before">Rows of padding that are put before them.</param>
/// <param name="Behind">Rows of padding that are put behind them.</param>
/// <param name="Made">The rows of its output that it makes. Those that are not among <paramref name="Right"/> are read by nobody who counts on them.</param>
/// <param name="Right">The rows that are what the whole image has there.</param>
internal sealed record BandStep(int Operator, RowRange Read, int Before, int Behind, RowRange Made, RowRange Right);
