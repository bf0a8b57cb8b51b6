using System.Runtime.InteropServices;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>A tensor and the bytes that it has at the moment, wherever they lie; two tensors may lie on each other.</summary>
internal sealed class TensorView(TfliteTensor tensor, byte[] memory, int address)
{
    // Read for each element, so that they are worked out once.
    private readonly int[] shape = [.. tensor.Shape];

    public TfliteTensor Tensor => tensor;

    public TensorType Type => tensor.Type;

    public IReadOnlyList<int> Shape => shape;

    /// <summary>The number of elements.</summary>
    public int Count { get; } = (int)tensor.ElementCount;

    /// <summary>The bytes of all elements.</summary>
    public int ByteCount { get; } = (int)tensor.Bytes;

    public int ElementBytes { get; } = tensor.Type.ElementBytes();

    /// <summary>The real number that a step of the integers stands for; 0 where the file gives none.</summary>
    public float Scale => tensor.Scales.Count == 0 ? 0 : tensor.Scales[0];

    /// <summary>The integer that stands for the real number 0.</summary>
    public int ZeroPoint { get; } = (int)tensor.ZeroPoint;

    public Span<byte> Bytes => memory.AsSpan(address, ByteCount);

    /// <summary>The elements in place: what is written to them, others who lie there see.</summary>
    public Span<T> Values<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>The size of dimension <paramref name="dimension"/>.</summary>
    public int Size(int dimension) => shape[dimension];

    /// <summary>The product of the dimensions from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public int Product(int first, int end)
    {
        int product = 1;
        for (int i = first; i < end; i++)
            product *= shape[i];
        return product;
    }

    /// <summary>Whether both lie at the same place.</summary>
    public bool IsAt(TensorView other) => address == other.Start;

    /// <summary>The whole numbers of a tensor of INT32 or INT64.</summary>
    public long[] WholeNumbers() => Type switch
    {
        TensorType.Int32 => Values<int>().ToArray().Select(value => (long)value).ToArray(),
        TensorType.Int64 => Values<long>().ToArray(),
        TensorType.Int16 => Values<short>().ToArray().Select(value => (long)value).ToArray(),
        _ => throw new NotSupportedException($"{tensor.Name} has the type {Type} where whole numbers are read"),
    };

    /// <summary>
    /// One call of memcpy: nothing where both are the same place. Its order is its own: where source and target overlap otherwise, no result is defined.
    /// </summary>
    /// <exception cref="InvalidOperationException">Source and target overlap.</exception>
    public void CopyBytes(int from, TensorView target, int to, int count)
    {
        int source = address + from, destination = target.Start + to;
        if (source == destination)
            return;
        if (Math.Abs(source - destination) < count)
        {
            throw new InvalidOperationException(
                $"a copy of {count} bytes from {tensor.Name} at {source} to {target.Tensor.Name} at {destination} overlaps itself");
        }
        Bytes.Slice(from, count).CopyTo(target.Bytes.Slice(to, count));
    }

    /// <summary>Copies an element.</summary>
    public void CopyElement(int from, TensorView target, int to) =>
        Bytes.Slice(from * ElementBytes, ElementBytes).CopyTo(target.Bytes.Slice(to * ElementBytes, ElementBytes));

    private int Start => address;
}
