using System.Security.Cryptography;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// What tensors hold, as numbers: two are equal only where the bytes are. The shape is no part of a term, so that a reshape changes nothing; elements that
/// were moved, and images with padding, are told by what they were made of.
/// </summary>
internal sealed class DataTerms
{
    /// <summary>What is made of bytes that are known, up to here, is known as well.</summary>
    public const int MostBytes = 1 << 20;

    private readonly TermTable terms = new();
    private readonly Dictionary<int, ArraySegment<byte>> constants = [];
    private readonly Dictionary<int, (int Source, int[] Shape, int[] From)> moved = [];
    private readonly Dictionary<int, (int Source, int[] Shape, int Top, int Left, int[] Padded)> padded = [];
    private readonly Dictionary<int, (int Source, string Type)> dequantized = [];

    /// <summary>The term of <paramref name="head"/> on others; the head has to name the arithmetic.</summary>
    public int Of(string head, params int[] parts) => terms.Of(head, parts);

    /// <summary>Bytes that are known.</summary>
    public int Constant(ArraySegment<byte> data)
    {
        using var hash = SHA256.Create();
        int term = Of($"bytes {data.Count} {Convert.ToBase64String(hash.ComputeHash(data.Array!, data.Offset, data.Count))}");
        constants[term] = data;
        return term;
    }

    /// <summary>The bytes of a term; null where they are not known.</summary>
    public ArraySegment<byte>? FindBytes(int term) => constants.TryGetValue(term, out ArraySegment<byte> data) ? data : (ArraySegment<byte>?)null;

    /// <summary>Elements in another order: dimension d of the result is dimension <paramref name="from"/>[d] of what was there.</summary>
    public int Moved(int source, int[] shape, int[] from, int elementBytes)
    {
        if (moved.TryGetValue(source, out (int Source, int[] Shape, int[] From) before) && before.From.Length == from.Length
            && before.From.Select(d => before.Shape[d]).SequenceEqual(shape))
            return Moved(before.Source, before.Shape, [.. from.Select(d => before.From[d])], elementBytes);
        if (from.SequenceEqual(Enumerable.Range(0, from.Length)))
            return source;
        if (FindBytes(source) is { Count: <= MostBytes } data)
            return Part(data, shape, new int[shape.Length], [.. from.Select(d => shape[d])], from, elementBytes);
        int term = Of($"moved {elementBytes} {string.Join("x", shape)} {string.Join(",", from)}", source);
        moved[term] = (source, shape, from);
        return term;
    }

    /// <summary>A part of elements that are known; the extents and places of the result's dimension d are those of <paramref name="from"/>[d].</summary>
    public int Part(ArraySegment<byte> data, int[] shape, int[] begin, int[] extent, int[] from, int elementBytes)
    {
        var result = new List<byte>();
        Walk(0, []);
        return Constant(new ArraySegment<byte>([.. result]));

        // Place by place, the last dimension fastest.
        void Walk(int dimension, int[] places)
        {
            if (dimension < extent.Length)
            {
                for (int i = 0; i < extent[dimension]; i++)
                    Walk(dimension + 1, [.. places, i]);
                return;
            }
            int[] at = new int[shape.Length];
            for (int d = 0; d < from.Length; d++)
                at[from[d]] = begin[from[d]] + places[d];
            int element = at.Zip(shape, (place, size) => (place, size)).Aggregate(0, (index, pair) => (index * pair.size) + pair.place);
            result.AddRange(data.Skip(element * elementBytes).Take(elementBytes));
        }
    }

    /// <summary>An image with rows and columns of zeros around it.</summary>
    public int Padded(int source, int[] shape, int top, int left, int[] result, string type)
    {
        int term = Of($"padded {type} {string.Join("x", shape)} {top} {left} {string.Join("x", result)}", source);
        padded[term] = (source, shape, top, left, result);
        return term;
    }

    /// <summary>The image without the zeros around it, and how many rows and columns of them are before it.</summary>
    public (int Source, int[] Shape, int Top, int Left) Unpadded(int term, int[] shape) =>
        padded.TryGetValue(term, out (int Source, int[] Shape, int Top, int Left, int[] Padded) image) && image.Padded.SequenceEqual(shape)
            ? (image.Source, image.Shape, image.Top, image.Left) : (term, shape, 0, 0);

    /// <summary>What a DEQUANTIZE makes of whole numbers of a type and quantization.</summary>
    public int Dequantized(int source, string type, string head)
    {
        int term = Of(head, source);
        dequantized[term] = (source, type);
        return term;
    }

    /// <summary>The whole numbers of <paramref name="type"/> that floats were made of; null where they were not.</summary>
    public int? FindQuantized(int term, string type) =>
        dequantized.TryGetValue(term, out (int Source, string Type) before) && before.Type == type ? before.Source : null;
}
