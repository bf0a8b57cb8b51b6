using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>The arena as terms: what each range of bytes holds, by whoever wrote it last. A range that was written over in part holds nothing that is known.</summary>
internal sealed class TermMemory(TfliteModel model, TermTable terms, TermIdentity identity, IReadOnlyList<PlacedBuffer> buffers)
{
    private const int Rank = 4, Height = 1, Width = 2;

    private readonly ArenaReplay arena = new();
    private readonly Dictionary<(int Subgraph, int Tensor), PlacedBuffer> places = buffers.Where(buffer => buffer.Tensor >= 0)
        .ToDictionary(buffer => (buffer.Subgraph, buffer.Tensor));

    /// <summary>Where a tensor lies; null where it has no place.</summary>
    public PlacedBuffer? Find(int subgraph, int tensor) => places.TryGetValue((subgraph, tensor), out PlacedBuffer? place) ? place : null;

    /// <summary>Writes scratch, about which nothing is known.</summary>
    public void WriteScratch(PlacedBuffer scratch) => arena.Write(new Cell(terms.Unknown()), scratch.OffsetBytes, scratch.Bytes);

    /// <summary>What a tensor holds.</summary>
    public int Whole(int subgraph, TfliteTensor tensor)
    {
        if (tensor.IsConstant)
            return identity.Constant(tensor);
        if (tensor.Bytes == 0)
            return terms.Nothing;
        if (Find(subgraph, tensor.Index) is not { } place)
            return terms.Unknown();
        if (Held(place.OffsetBytes, tensor.Bytes) is { } whole)
            return whole;
        if (tensor.Shape.Count != Rank)
            return terms.Unknown();
        foreach (int axis in new[] { Height, Width }.Where(axis => IsInOnePiece(tensor, axis)))
        {
            int?[] rows = Pieces(place, tensor, axis);
            if (Array.TrueForAll(rows, row => row is not null))
                return terms.Join(axis, [.. rows.Select(row => row!.Value)]);
        }
        return terms.Unknown();
    }

    /// <summary>The rows of an image along an axis.</summary>
    public int[] Rows(int subgraph, TfliteTensor tensor, int axis)
    {
        int count = tensor.Shape[axis];
        if (tensor.IsConstant)
        {
            int constant = identity.Constant(tensor);
            return [.. Enumerable.Range(0, count).Select(row => terms.Row(constant, axis, count, row))];
        }
        if (Find(subgraph, tensor.Index) is not { } place)
            return [.. Enumerable.Range(0, count).Select(_ => terms.Unknown())];
        int? whole = Held(place.OffsetBytes, tensor.Bytes);
        return [.. Pieces(place, tensor, axis).Select((row, i) => whole is { } all ? terms.Row(all, axis, count, i) : row ?? terms.Unknown())];
    }

    /// <summary>What one row holds.</summary>
    public int Row(int subgraph, TfliteTensor tensor, int axis, int row)
    {
        int count = tensor.Shape[axis];
        if (tensor.IsConstant || Find(subgraph, tensor.Index) is not { } place)
            return Rows(subgraph, tensor, axis)[row];
        long bytes = RowBytes(tensor, axis);
        return Held(place.OffsetBytes + (row * bytes), bytes) ?? (Held(place.OffsetBytes, tensor.Bytes) is { } whole
            ? terms.Row(whole, axis, count, row) : terms.Unknown());
    }

    /// <summary>Lets a tensor hold a term.</summary>
    public void Write(int subgraph, TfliteTensor tensor, int term)
    {
        // What has no bytes has no place either.
        if (tensor.Bytes > 0)
            arena.Write(new Cell(term), Place(subgraph, tensor).OffsetBytes, tensor.Bytes);
    }

    /// <summary>Writes one row of a tensor.</summary>
    public void WriteRow(int subgraph, TfliteTensor tensor, int axis, int row, int term)
    {
        long bytes = RowBytes(tensor, axis);
        arena.Write(new Cell(term), Place(subgraph, tensor).OffsetBytes + (row * bytes), bytes);
    }

    /// <summary>Tells the same of a tensor in rows, so that rows can be written over one by one; nothing where it holds nothing that is known.</summary>
    public void Split(int subgraph, TfliteTensor tensor, int axis)
    {
        if (Held(Place(subgraph, tensor).OffsetBytes, tensor.Bytes) is not { } whole)
            return;
        int count = tensor.Shape[axis];
        for (int row = 0; row < count; row++)
            WriteRow(subgraph, tensor, axis, row, terms.Row(whole, axis, count, row));
    }

    /// <summary>Whether two tensors have bytes in common.</summary>
    public static bool Meet(PlacedBuffer a, long bytesOfA, PlacedBuffer b, long bytesOfB) =>
        a.OffsetBytes < b.OffsetBytes + bytesOfB && b.OffsetBytes < a.OffsetBytes + bytesOfA;

    private PlacedBuffer Place(int subgraph, TfliteTensor tensor)
    {
        PlacedBuffer place = Find(subgraph, tensor.Index) ?? throw new PlanFaultException($"tensor {tensor.Index} of subgraph {subgraph} has no place");
        return place.Bytes >= tensor.Bytes ? place
            : throw new PlanFaultException($"tensor {tensor.Index} of subgraph {subgraph} of {model.Name} has less than it needs");
    }

    private static bool IsInOnePiece(TfliteTensor tensor, int axis) => tensor.Shape.Take(axis).All(dimension => dimension == 1);

    private static long RowBytes(TfliteTensor tensor, int axis) => IsInOnePiece(tensor, axis) && tensor.Bytes > 0 ? tensor.Bytes / tensor.Shape[axis]
        : throw new PlanFaultException($"rows of tensor {tensor.Index} are not in one piece each");

    private int?[] Pieces(PlacedBuffer place, TfliteTensor tensor, int axis)
    {
        long bytes = RowBytes(tensor, axis);
        return [.. Enumerable.Range(0, tensor.Shape[axis]).Select(row => Held(place.OffsetBytes + (row * bytes), bytes))];
    }

    private int? Held(long start, long bytes)
    {
        object? owner = arena.OwnersWithin(start, bytes).FirstOrDefault();
        return owner is Cell cell && arena.Holds(cell, start, bytes) ? cell.Term : null;
    }

    private sealed class Cell(int term)
    {
        public int Term => term;
    }
}
