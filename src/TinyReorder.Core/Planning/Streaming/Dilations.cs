namespace TinyReorder.Planning.Streaming;

/// <summary>What a dilation of each convolution of one pixel brings where the kernels share no memory there without it.</summary>
/// <param name="OfOperator">For each operator that may have one, in the file's order: the bytes held while it runs then.</param>
/// <param name="Work">For each operator, the work in addition.</param>
internal sealed record Dilations(IReadOnlyDictionary<int, long> OfOperator, IReadOnlyList<double> Work)
{
    /// <summary>None.</summary>
    public static Dilations None { get; } = new(new Dictionary<int, long>(), []);
}
